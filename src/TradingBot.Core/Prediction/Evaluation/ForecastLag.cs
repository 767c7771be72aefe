using MathNet.Numerics.Distributions;

namespace TradingBot.Prediction.Evaluation;

/// <summary>The delay with which forecasts follow the price.</summary>
/// <remarks>Prices correlate with themselves at every lag, so bar-to-bar changes of the logarithms are compared: the change of the forecast for a bar with the
/// change of the close that came k bars before it. Lag 0 is a forecast that moves with the price it forecasts; the last close, taken as the forecast, has
/// the horizon as its lag.</remarks>
/// <param name="Bars">The lag with the highest correlation; 0 or more.</param>
/// <param name="Correlation">That correlation, from -1 to 1.</param>
/// <param name="IsSignificant">Whether the correlation is higher than chance explains, at a level of 0.05 over all lags that were tried.</param>
public sealed record ForecastLag(int Bars, double Correlation, bool IsSignificant)
{
    /// <summary>How many lags beyond the horizon are tried.</summary>
    internal const int LagsBeyondHorizon = 20;

    private const double Level = 0.05;
    private const int FewestPairs = 10;

    /// <summary>Finds the lag.</summary>
    /// <param name="closes">The logarithms of the closes, one per bar without a break; NaN where there is none.</param>
    /// <param name="forecasts">The logarithms of the forecasts made at these bars; NaN where there is none.</param>
    /// <param name="horizon">How many bars ahead the forecasts are.</param>
    /// <returns>The lag, or <see langword="null"/> when there are fewer than ten pairs of changes, or no changes, to compare.</returns>
    internal static ForecastLag? Find(ReadOnlySpan<double> closes, ReadOnlySpan<double> forecasts, int horizon)
    {
        ForecastLag? best = null;
        var lags = horizon + LagsBeyondHorizon + 1;
        for (var lag = 0; lag < lags; lag++)
        {
            var (correlation, pairs) = Correlate(closes, forecasts, horizon - lag);
            if (pairs >= FewestPairs && correlation is { } value && (best is null || value > best.Correlation))
            {
                var limit = Normal.InvCDF(0, 1, 1 - (Level / lags)) / Math.Sqrt(pairs);
                best = new ForecastLag(lag, value, value > limit);
            }
        }

        return best;
    }

    // One pass over the pairs that are there, by Welford's recurrence; MathNet's correlation would need them copied for every lag.
    private static (double? Correlation, int Pairs) Correlate(ReadOnlySpan<double> closes, ReadOnlySpan<double> forecasts, int shift)
    {
        var (pairs, meanX, meanY, xx, yy, xy) = (0, 0d, 0d, 0d, 0d, 0d);
        for (var i = Math.Max(1, 1 - shift); i < forecasts.Length && i + shift < closes.Length; i++)
        {
            var x = forecasts[i] - forecasts[i - 1];
            var y = closes[i + shift] - closes[i + shift - 1];
            if (double.IsNaN(x) || double.IsNaN(y))
            {
                continue;
            }

            pairs++;
            var (fromX, fromY) = (x - meanX, y - meanY);
            meanX += fromX / pairs;
            meanY += fromY / pairs;
            xx += fromX * (x - meanX);
            yy += fromY * (y - meanY);
            xy += fromX * (y - meanY);
        }

        return (xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : null, pairs);
    }
}
