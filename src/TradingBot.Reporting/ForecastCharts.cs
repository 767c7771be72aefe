using TradingBot.Prediction;

namespace TradingBot.Reporting;

/// <summary>Draws forecasts beside the close that they were made at, beside the close that they were made for, and their errors.</summary>
internal static class ForecastCharts
{
    private const string Current = "current";
    private const string Actual = "actual";
    private const string Residuals = "residuals";

    public static IEnumerable<Chart> Of(ForecastSeries forecasts, DateTimeOffset? from)
    {
        var bars = forecasts.Bars;
        var thinning = new Thinning(bars.Count);
        var decimals = Figures.DecimalsOf(bars.Closes[^1]);
        var times = thinning.First(i => bars.OpenTimes[i] / 1000d);
        var closes = thinning.Last(i => bars.Closes[i]);
        var aligned = AlignedForecasts.Of(forecasts, from);
        yield return Prices(Current, "Current price against forecast", "Close now", "Forecast made now", i =>
            from is { } earliest && bars.CloseTimeAt(i) < earliest ? double.NaN : forecasts.Prices[i]);
        yield return Prices(Actual, "Actual price against forecast", "Close", "Forecast for this bar", i => aligned[i]);
        yield return new Chart(Residuals, "Errors: forecast less close", times, IsTime: true,
        [
            new ChartPane(200, [new ChartSeries("bars", "Error as a share of the close", "residual", null, thinning.Largest(i => (aligned[i] / bars.Closes[i]) - 1))]),
        ]);

        Chart Prices(string id, string label, string close, string forecast, Func<int, double> value) => new(id, label, times, IsTime: true,
        [
            new ChartPane(300,
            [
                new ChartSeries("line", close, "actual", decimals, closes),
                new ChartSeries("line", forecast, "forecast", decimals, thinning.Last(value)),
            ]),
        ]);
    }

    /// <summary>Says how to read a chart, and what was left out of it.</summary>
    public static IEnumerable<string> Notes(string id, ForecastSeries forecasts, ForecastPageOptions options)
    {
        switch (id)
        {
            case Current:
                yield return "A forecast stands at the bar at whose close it was made. If the two lines lie on one another, the model says little more than the last close.";
                break;
            case Actual:
                yield return $"A forecast stands at the bar that it was made for, {forecasts.Horizon} bar(s) after the one at which it was made. A forecast that repeats the price late is an echo.";
                break;
            case Residuals:
                break;
            default:
                yield return "The loss after each epoch, one line per round. Where a mean is drawn, it is over the rounds that trained so long.";
                yield break;
        }

        if (options.Model?.TrainedTo is { } trainedTo && trainedTo > forecasts.Bars.CloseTimeAt(0))
        {
            yield return $"Forecasts made before {Figures.Instant(trainedTo)}, the end of the training part, are left out.";
        }

        var thinning = new Thinning(forecasts.Bars.Count);
        if (thinning.Size > 1)
        {
            yield return $"Thinned for display: each point stands for up to {thinning.Size} bars, of which it shows {(id == Residuals ? "the largest error" : "the last value")}. All figures are computed from every bar.";
        }
    }
}
