using TradingBot.Backtesting;
using TradingBot.Statistics;

namespace TradingBot.Reporting;

/// <summary>Writes a backtest's results in falling and rising, calm and restless markets.</summary>
internal static class RegimeTable
{
    private static readonly string[] Trends = ["Falling market", "Sideways market", "Rising market"];
    private static readonly string[] Volatilities = ["Calm market", "Ordinary market", "Restless market"];

    public static void Write(HtmlWriter html, BacktestResult result)
    {
        if (RegimeReport.Of(result) is not { } report)
        {
            html.Element("p", "There are too few bars to tell one kind of market from another.");
            return;
        }

        html.Markup("<div class=\"scroll\" tabindex=\"0\"><table class=\"figures\"><thead><tr><th scope=\"col\">Bars in a</th><th scope=\"col\">Bars</th><th scope=\"col\">Return</th><th scope=\"col\">Sharpe ratio</th><th scope=\"col\">Market</th></tr></thead><tbody>\n");
        Rows(html, Trends, report.ByTrend);
        Rows(html, Volatilities, report.ByVolatility);
        html.Markup("</tbody></table></div>\n").Element(
            "p",
            $"The kind is the third in which the last 30 bars' trend and volatility lie among all such values up to the bar before, so that it could have been known. The first {Figures.Count(report.UnknownBarCount)} bars have none.",
            "class=\"note\"");
    }

    private static void Rows(HtmlWriter html, string[] names, IReadOnlyList<RegimeResult> results)
    {
        foreach (var (name, result) in names.Zip(results))
        {
            html.Markup("<tr>").Element("th", name, "scope=\"row\"").Element("td", Figures.Count(result.BarCount)).Element("td", Figures.Percent(result.TotalReturn))
                .Element("td", Figures.Number(result.Sharpe)).Element("td", Figures.Percent(result.MarketReturn)).Markup("</tr>\n");
        }
    }
}
