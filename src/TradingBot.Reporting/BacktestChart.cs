using TradingBot.Backtesting;

namespace TradingBot.Reporting;

/// <summary>Draws a backtest: candles with trades and forecasts, equity beside buying and holding, drawdown.</summary>
internal static class BacktestChart
{
    public static Chart Of(BacktestResult result)
    {
        var bars = result.Bars;
        var thinning = new Thinning(bars.Count);
        var initial = (double)result.Options.InitialBalance;
        var drawdown = Drawdown(initial, result.Equity.Span);
        var decimals = Figures.DecimalsOf(bars.Closes[^1]);
        List<ChartSeries> prices =
        [
            new("candles", bars.Symbol.Id, "candle", decimals, thinning.Last(i => bars.Closes[i]))
            {
                Opens = thinning.First(i => bars.Opens[i]),
                Highs = thinning.Highest(i => bars.Highs[i]),
                Lows = thinning.Lowest(i => bars.Lows[i]),
            },
        ];
        if (result.Forecasts is { } forecasts)
        {
            var targets = AlignedForecasts.Of(forecasts);
            prices.Add(new ChartSeries("line", "Forecast for this bar", "forecast", decimals, thinning.Last(i => targets[i])));
        }

        return new Chart(
            "prices",
            $"Candlesticks of {bars.Symbol} with entries and exits, equity beside buying and holding, and drawdown",
            thinning.First(i => bars.OpenTimes[i] / 1000d),
            IsTime: true,
            [
                new ChartPane(340, prices),
                new ChartPane(200,
                [
                    new ChartSeries("line", "Equity", "equity", 2, thinning.Last(i => result.Equity.Span[i])),
                    new ChartSeries("line", "Buy and hold", "hold", 2, thinning.Last(i => initial * bars.Closes[i] / bars.Opens[0])),
                ]),
                new ChartPane(130, [new ChartSeries("area", "Drawdown", "drawdown", null, thinning.Lowest(i => drawdown[i]))]),
            ])
        {
            Marks = Marks(result, thinning),
        };
    }

    /// <summary>Says how to read the chart, and what was left out of it.</summary>
    public static IEnumerable<string> Notes(BacktestResult result)
    {
        var thinning = new Thinning(result.Bars.Count);
        yield return "Arrows are entries (up: long, down: short), squares are exits. A bar stands at its open time; equity and drawdown are those at its close."
            + (result.Forecasts is { } forecasts ? $" A forecast stands at the bar it was made for, {forecasts.Horizon} bar(s) after the one it was made at." : string.Empty);
        if (result.Optimistic is not null)
        {
            yield return "Trades, equity and drawdown are those in which, inside a bar that hides the order of events, what hurts came first.";
        }

        if (thinning.Size > 1)
        {
            yield return $"Thinned for display: each point stands for up to {thinning.Size} bars, {Figures.Count(result.Bars.Count)} bars in {Figures.Count(thinning.Points)} points. Candles are merged; equity and forecast are the last of their bars, drawdown the deepest. All figures are computed from every bar.";
        }

        if (result.Trades.Count > TradeTable.MaxRows)
        {
            yield return $"Marked are the {Figures.Count(TradeTable.MaxRows)} of {Figures.Count(result.Trades.Count)} trades that the table shows.";
        }
    }

    private static double[] Drawdown(double initial, ReadOnlySpan<double> equity)
    {
        var (peak, drawdown) = (initial, new double[equity.Length]);
        for (var i = 0; i < equity.Length; i++)
        {
            peak = Math.Max(peak, equity[i]);
            drawdown[i] = (equity[i] / peak) - 1;
        }

        return drawdown;
    }

    private static List<ChartMark> Marks(BacktestResult result, Thinning thinning)
    {
        var bars = result.Bars;
        var marks = new List<ChartMark>();
        foreach (var (_, trade) in TradeTable.Shown(result.Trades))
        {
            // The last bar that opened by then: the bar of the fill.
            var entry = bars.IndexAtOrAfter(trade.EntryTime + TimeSpan.FromTicks(1)) - 1;
            var isLong = trade.EntrySide == Market.Side.Buy;
            marks.Add(new ChartMark(At(entry), IsEntry: true, isLong));
            if (!trade.IsOpen)
            {
                marks.Add(new ChartMark(At(entry + trade.BarsHeld), IsEntry: false, isLong));
            }
        }

        return [.. marks.OrderBy(mark => mark.X)];

        double At(int bar) => bars.OpenTimes[thinning.PointOf(bar) * thinning.Size] / 1000d;
    }
}
