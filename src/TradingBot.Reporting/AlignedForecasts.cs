using TradingBot.Prediction;

namespace TradingBot.Reporting;

/// <summary>Puts forecasts beside the closes that they were made for.</summary>
internal static class AlignedForecasts
{
    /// <summary>Gets for each bar the forecast of its close, made at the bar that lies the horizon before it in time; NaN where there is none.</summary>
    /// <param name="forecasts">The forecasts.</param>
    /// <param name="from">Forecasts made at closes before this instant are left out; <see langword="null"/> for none.</param>
    public static double[] Of(ForecastSeries forecasts, DateTimeOffset? from = null)
    {
        var bars = forecasts.Bars;
        var ahead = (long)(forecasts.Horizon * bars.Interval.Length).TotalMilliseconds;
        var aligned = new double[bars.Count];
        aligned.AsSpan().Fill(double.NaN);
        for (var i = 0; i < bars.Count; i++)
        {
            var target = bars.OpenTimes.BinarySearch(bars.OpenTimes[i] + ahead);
            if (target >= 0 && (from is not { } earliest || bars.CloseTimeAt(i) >= earliest))
            {
                aligned[target] = forecasts.Prices[i];
            }
        }

        return aligned;
    }
}
