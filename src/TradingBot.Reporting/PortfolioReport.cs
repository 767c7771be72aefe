using TradingBot.Backtesting;

namespace TradingBot.Reporting;

/// <summary>Writes a portfolio as one HTML file that needs nothing but itself: the account's equity and drawdown, what each market brought in, the trades of all, and what it takes to
/// reproduce them.</summary>
/// <remarks>The same result gives the same bytes. The file loads nothing from elsewhere, and what it cannot show in full it says.
/// Charts are drawn by TradingView Lightweight Charts, which is part of the file.</remarks>
public static class PortfolioReport
{
    private const int FewTrades = 30;

    /// <summary>Writes the report.</summary>
    /// <param name="result">The portfolio.</param>
    /// <param name="path">The file; it is replaced. Its folder is made if there is none.</param>
    /// <param name="options">What the result does not know itself; <see langword="null"/> for nothing.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(PortfolioResult result, string path, PortfolioReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= new PortfolioReportOptions();
        var title = options.Title ?? $"Portfolio of {string.Join(", ", result.Markets.Select(market => market.Market.Bars.Symbol))}";
        var chart = ChartOf(result);
        Page.Write(path, title, Body(result, options, title, chart), [chart]);
    }

    private static HtmlWriter Body(PortfolioResult result, PortfolioReportOptions options, string title, Chart chart)
    {
        var html = new HtmlWriter();
        var closes = result.CloseTimes.Length;
        html.Markup("<header>").Element("h1", title)
            .Element("p", $"{result.Markets.Count} markets, one account, {Figures.Count(closes)} closes from {Figures.Time(result.CloseTimeAt(0))} to {Figures.Time(result.CloseTimeAt(closes - 1))}").Markup("</header>\n");
        Headline(html, result);
        BacktestReport.Warnings(html, result.Warnings, [.. FindingsOf(result)]);

        html.Section("chart", "Equity and drawdown").Chart(chart);
        foreach (var note in NotesOf(closes))
        {
            html.Element("p", note, "class=\"note\"");
        }

        html.EndSection().Section("markets", "Markets");
        PortfolioTables.Markets(html, result);
        html.EndSection().Section("months", "Monthly returns");
        MonthlyReturns.Write(html, MonthlyReturns.Of((double)result.Options.InitialBalance, result.Equity.Span, result.CloseTimeAt));
        html.EndSection().Section("statistics", "Statistics");
        PortfolioTables.Statistics(html, result);
        html.EndSection().Section("trades", "Trades");
        PortfolioTables.Trades(html, result);
        html.EndSection();
        PortfolioSettings.Write(html, result, options);
        return html;
    }

    private static void Headline(HtmlWriter html, PortfolioResult result)
    {
        var statistics = result.Statistics;
        html.Markup("<div class=\"tiles\">");
        BacktestReport.Tile(html, "Total return", Share(figures => figures.TotalReturn), BacktestReport.SignOf(result.BoundsOf(figures => (double?)figures.TotalReturn)));
        BacktestReport.Tile(html, "Held in equal parts", Figures.Percent(statistics.BuyAndHoldReturn), statistics.BuyAndHoldReturn);
        BacktestReport.Tile(html, "Largest fall", Share(figures => figures.MaxDrawdown), -statistics.MaxDrawdown);
        BacktestReport.Tile(html, "Sharpe ratio", Figures.Between(result.BoundsOf(figures => figures.Sharpe), static value => Figures.Number(value)), 0);
        BacktestReport.Tile(html, "Trades", Figures.Between(result.BoundsOf(figures => (long?)figures.TradeCount), Figures.Count), 0);
        BacktestReport.Tile(html, "Time in any market", Share(figures => figures.Exposure), 0);
        html.Markup("</div>\n");

        string Share(Func<BacktestStatistics, double?> figure) => Figures.Between(result.BoundsOf(figure), static value => Figures.Percent(value));
    }

    private static IEnumerable<string> FindingsOf(PortfolioResult result)
    {
        var statistics = result.Statistics;
        if (statistics.TradeCount == 0)
        {
            yield return "It never traded, so there is nothing to judge.";
            yield break;
        }

        if (statistics.TradeCount < FewTrades)
        {
            yield return $"{statistics.TradeCount} trades are too few to tell skill from luck.";
        }

        if (statistics.TotalReturn < statistics.BuyAndHoldReturn)
        {
            yield return $"Holding the markets in equal parts returned {Figures.Percent(statistics.BuyAndHoldReturn)}, this {Figures.Percent(statistics.TotalReturn)}.";
        }

        var edge = result.Markets.Sum(market => market.Edge);
        var net = result.Markets.Sum(market => market.NetProfit);
        if (edge > 0 && net < edge / 2)
        {
            yield return $"Fees, slippage and funding took {Figures.Percent((double)((edge - net) / edge), 0)} of what the trades earned before costs.";
        }

        if (result.Markets.Count > 1 && net > 0 && result.Markets.MaxBy(market => market.NetProfit) is { } best && best.NetProfit >= net)
        {
            yield return $"{best.Market.Bars.Symbol} brought in {Figures.Money(best.NetProfit)} of {Figures.Money(net)}: the other markets together earned nothing.";
        }
    }

    private static Chart ChartOf(PortfolioResult result)
    {
        var thinning = new Thinning(result.CloseTimes.Length);
        var drawdown = BacktestChart.Drawdown((double)result.Options.InitialBalance, result.Equity.Span);
        return new Chart(
            "equity",
            "The account's equity beside holding the markets in equal parts, and its drawdown",
            thinning.Last(i => result.CloseTimes.Span[i] / 1000d),
            IsTime: true,
            [
                new ChartPane(320,
                [
                    new ChartSeries("line", "Equity", "equity", 2, thinning.Last(i => result.Equity.Span[i])),
                    new ChartSeries("line", "Held in equal parts", "hold", 2, thinning.Last(i => result.BuyAndHold.Span[i])),
                ]),
                new ChartPane(150, [new ChartSeries("area", "Drawdown", "drawdown", null, thinning.Lowest(i => drawdown[i]))]),
            ]);
    }

    private static IEnumerable<string> NotesOf(int closes)
    {
        yield return "Each point stands at a close of any market. Positions are valued at the last known price of their market.";
        var thinning = new Thinning(closes);
        if (thinning.Size > 1)
        {
            yield return $"Thinned for display: each point stands for up to {thinning.Size} closes, {Figures.Count(closes)} closes in {Figures.Count(thinning.Points)} points. Equity is the last of them, drawdown the deepest. All figures are computed from every close.";
        }
    }
}
