using TradingBot.Backtesting;

namespace TradingBot.Reporting;

/// <summary>Writes a backtest as one HTML file that needs nothing but itself: charts, trades, figures, what speaks against them, and what it takes to reproduce them.</summary>
/// <remarks>The same result gives the same bytes. The file loads nothing from elsewhere, and what it cannot show in full it says.
/// Charts are drawn by TradingView Lightweight Charts, which is part of the file.</remarks>
public static class BacktestReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="result">The backtest.</param>
    /// <param name="path">The file; it is replaced. Its folder is made if there is none.</param>
    /// <param name="options">What the result does not know itself; <see langword="null"/> for nothing.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(BacktestResult result, string path, BacktestReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        options ??= new BacktestReportOptions();
        var title = options.Title ?? $"Backtest of {result.Bars.Symbol} {result.Bars.Interval}";
        var chart = BacktestChart.Of(result);
        Page.Write(path, title, Body(result, options, title, chart), [chart]);
    }

    private static HtmlWriter Body(BacktestResult result, BacktestReportOptions options, string title, Chart chart)
    {
        var html = new HtmlWriter();
        var holding = HoldingShare.Of(result);
        var luck = Luck.Of(result, options.Trials);
        html.Markup("<header>").Element("h1", title).Element("p", result.Bars.ToString()).Markup("</header>\n");
        Headline(html, result);
        Warnings(html, result, [.. LuckFindings.Of(luck), .. Findings.Of(result, holding)]);

        html.Section("chart", "Prices, trades and equity").Chart(chart);
        foreach (var note in BacktestChart.Notes(result))
        {
            html.Element("p", note, "class=\"note\"");
        }

        html.EndSection().Section("months", "Monthly returns");
        MonthlyReturns.Write(html, MonthlyReturns.Of(result));
        html.EndSection().Section("statistics", "Statistics");
        StatisticsTable.Write(html, result, holding);
        html.EndSection().Section("luck", "How much of this is luck?");
        LuckTable.Write(html, luck);
        html.EndSection().Section("regimes", "By kind of market");
        RegimeTable.Write(html, result);
        html.EndSection().Section("trades", "Trades");
        TradeTable.Write(html, result);
        html.EndSection();
        BacktestSettings.Write(html, result, options);
        return html;
    }

    private static void Headline(HtmlWriter html, BacktestResult result)
    {
        var statistics = result.Statistics;
        html.Markup("<div class=\"tiles\">");
        Tile(html, "Total return", Figures.Share(result, figures => figures.TotalReturn), SignOf(result.BoundsOf(figures => (double?)figures.TotalReturn)));
        Tile(html, "Buy and hold", Figures.Percent(statistics.BuyAndHoldReturn), statistics.BuyAndHoldReturn);
        Tile(html, "Largest fall", Figures.Share(result, figures => figures.MaxDrawdown), -statistics.MaxDrawdown);
        Tile(html, "Sharpe ratio", Figures.Ratio(result, figures => figures.Sharpe), 0);
        Tile(html, "Trades", Figures.Between(result, figures => (long?)figures.TradeCount, Figures.Count), 0);
        Tile(html, "Time in market", Figures.Share(result, figures => figures.Exposure), 0);
        html.Markup("</div>\n");
    }

    // An interval across 0 is neither a gain nor a loss.
    private static double SignOf(Bounds<double>? bounds) => bounds is { } ends && Math.Sign(ends.Low) == Math.Sign(ends.High) ? ends.Low : 0;

    private static void Tile(HtmlWriter html, string name, string value, double sign) =>
        html.Markup("<div>").Element("span", name).Element("strong", value, $"class=\"{(sign > 0 ? "gain" : sign < 0 ? "loss" : "plain")}\"").Markup("</div>");

    private static void Warnings(HtmlWriter html, BacktestResult result, string[] findings)
    {
        html.Section("warnings", "Before you believe it");
        if (result.Warnings.Count + findings.Length == 0)
        {
            html.Element("p", "Nothing was found that speaks against the figures; that does not make them true tomorrow.");
        }
        else
        {
            html.Markup("<ul class=\"warnings\">");
            foreach (var warning in result.Warnings)
            {
                html.Element("li", warning, "class=\"grave\"");
            }

            foreach (var finding in findings)
            {
                html.Element("li", finding);
            }

            html.Markup("</ul>\n");
        }

        html.EndSection();
    }
}
