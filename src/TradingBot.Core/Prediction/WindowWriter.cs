using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>Turns bars into a model's input, with the scaling of its card, and a scaled close back into a price.</summary>
internal sealed class WindowWriter
{
    private readonly BarFeature[] _features;
    private readonly int _width;
    private readonly ModelScaling _scaling;
    private readonly int _window;
    private readonly int _requiredBars;
    private readonly int _close;

    public WindowWriter(ModelCard card)
    {
        (_features, _scaling, _window, _requiredBars) = ([.. card.Features], card.Scaling, card.Window, card.RequiredBars);
        _width = card.InputWidth;
        _close = Array.IndexOf(_features, BarFeature.Close);
    }

    /// <summary>Tells whether all that a forecast at a bar reads is there: enough bars, and none missing between them.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="exogenous">The exogenous values at the bars.</param>
    /// <param name="bar">The last bar of the window.</param>
    public bool IsWhole(BarSeries bars, ExogenousColumns exogenous, int bar)
    {
        var first = bar - _requiredBars + 1;
        return first >= 0
            && exogenous.AreWhole(first, _requiredBars)
            && bars.OpenTimes[bar] - bars.OpenTimes[first] == (_requiredBars - 1) * (bars.Interval.Length.Ticks / TimeSpan.TicksPerMillisecond);
    }

    /// <summary>Writes the window that ends at a bar.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="exogenous">The exogenous values at the bars.</param>
    /// <param name="bar">The last bar of the window; nothing after it is read.</param>
    /// <param name="destination">Window times features numbers: oldest bar first, the features of a bar side by side.</param>
    public void Write(BarSeries bars, ExogenousColumns exogenous, int bar, Span<float> destination)
    {
        for (var feature = 0; feature < _width; feature++)
        {
            var column = feature < _features.Length ? bars.Column(_features[feature]) : exogenous[feature - _features.Length];
            var known = column[..(bar + 1)];
            if (_scaling is ModelScaling.LogReturn)
            {
                WriteLogReturns(known, feature, destination);
            }
            else
            {
                var (shift, unit) = LimitsOf(feature, known);
                WriteScaled(known[^_window..], feature, shift, unit, destination);
            }
        }
    }

    /// <summary>Turns a close in the scale of the inputs back into a price; only for cards that <see cref="OutputReader"/> let pass.</summary>
    public double UnscaleClose(double scaled, BarSeries bars, int bar)
    {
        var known = bars.Closes[..(bar + 1)];
        if (_scaling is ModelScaling.LogReturn)
        {
            return known[^1] * Math.Exp(scaled);
        }

        var (shift, unit) = LimitsOf(_close, known);
        return shift + (scaled * unit);
    }

    private void WriteScaled(ReadOnlySpan<double> window, int feature, double shift, double unit, Span<float> destination)
    {
        for (var i = 0; i < window.Length; i++)
        {
            // Values that are all alike have no scale; they lie at their minimum.
            destination[(i * _width) + feature] = unit == 0 ? 0f : (float)((window[i] - shift) / unit);
        }
    }

    private void WriteLogReturns(ReadOnlySpan<double> known, int feature, Span<float> destination)
    {
        var window = known[^(_window + 1)..];
        for (var i = 1; i < window.Length; i++)
        {
            var (before, now) = (window[i - 1], window[i]);
            destination[((i - 1) * _width) + feature] = before == 0 || now == 0 ? 0f : (float)Math.Log(now / before);
        }
    }

    private (double Shift, double Unit) LimitsOf(int feature, ReadOnlySpan<double> known)
    {
        switch (_scaling)
        {
            case ModelScaling.MinMax limits:
                return (limits.Minimums[feature], limits.Maximums[feature] - limits.Minimums[feature]);
            case ModelScaling.ZScore moments:
                return (moments.Means[feature], moments.Deviations[feature]);
            case ModelScaling.RollingMinMax rolling:
                var (minimum, maximum) = (double.PositiveInfinity, double.NegativeInfinity);
                foreach (var value in known[^rolling.Bars..])
                {
                    minimum = Math.Min(minimum, value);
                    maximum = Math.Max(maximum, value);
                }

                return (minimum, maximum - minimum);
            default:
                return (0, 1);
        }
    }
}
