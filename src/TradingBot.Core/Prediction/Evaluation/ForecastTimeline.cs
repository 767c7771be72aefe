using TradingBot.Market;

namespace TradingBot.Prediction.Evaluation;

/// <summary>Closes and forecasts on a grid without breaks, NaN where there is none, so that places that lie n apart lie n bars apart.</summary>
internal sealed class ForecastTimeline
{
    private ForecastTimeline(double[] closes, double[] forecasts, DateTimeOffset? firstClose, TimeSpan step) =>
        (Closes, Forecasts, FirstClose, Step) = (closes, forecasts, firstClose, step);

    public double[] Closes { get; }

    /// <summary>Gets the forecasts, each at the bar at whose close it was made.</summary>
    public double[] Forecasts { get; }

    private DateTimeOffset? FirstClose { get; }

    private TimeSpan Step { get; }

    public static ForecastTimeline Of(ReadOnlySpan<double> closes, ReadOnlySpan<double> forecasts) =>
        new(closes.ToArray(), forecasts.ToArray(), null, TimeSpan.Zero);

    /// <param name="forecasts">The forecasts.</param>
    /// <param name="from">Forecasts made before this instant are left out; <see langword="null"/> for none.</param>
    public static ForecastTimeline Of(ForecastSeries forecasts, DateTimeOffset? from)
    {
        var bars = forecasts.Bars;
        if (bars.Count == 0)
        {
            return new ForecastTimeline([], [], null, bars.Interval.Length);
        }

        var step = bars.Interval.Length;
        var length = (int)((bars.OpenTimeAt(bars.Count - 1) - bars.OpenTimeAt(0)) / step) + 1;
        var timeline = new ForecastTimeline(NaNs(length), NaNs(length), bars.CloseTimeAt(0), step);
        for (var i = 0; i < bars.Count; i++)
        {
            var place = (int)((bars.OpenTimeAt(i) - bars.OpenTimeAt(0)) / step);
            timeline.Closes[place] = bars.Closes[i];
            timeline.Forecasts[place] = from is { } earliest && bars.CloseTimeAt(i) < earliest ? double.NaN : forecasts.Prices[i];
        }

        timeline.RemoveFilled(bars);
        return timeline;
    }

    public DateTimeOffset? CloseTimeAt(int place) => FirstClose + (place * Step);

    // A flat bar that stands for a missing one repeats the last close, which would make every echo look right.
    private void RemoveFilled(BarSeries bars)
    {
        foreach (var gap in bars.Gaps)
        {
            if (gap.Filled)
            {
                var start = (int)((gap.Start - bars.OpenTimeAt(0)) / Step);
                Closes.AsSpan(start, gap.Count).Fill(double.NaN);
                Forecasts.AsSpan(start, gap.Count).Fill(double.NaN);
            }
        }
    }

    private static double[] NaNs(int length)
    {
        var values = new double[length];
        values.AsSpan().Fill(double.NaN);
        return values;
    }
}
