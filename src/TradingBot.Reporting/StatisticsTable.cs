using TradingBot.Backtesting;

namespace TradingBot.Reporting;

/// <summary>Writes a backtest's figures beside those of buying and holding.</summary>
internal static class StatisticsTable
{
    public static void Write(HtmlWriter html, BacktestResult result, HoldingShare? holding)
    {
        var statistics = result.Statistics;
        html.Markup("<div class=\"scroll\" tabindex=\"0\"><table class=\"figures\"><thead><tr><th scope=\"col\">Figure</th><th scope=\"col\">Strategy</th><th scope=\"col\">Buy and hold</th></tr></thead><tbody>\n");
        Row(html, "Total return", Figures.Share(result, figures => figures.TotalReturn), Figures.Percent(statistics.BuyAndHoldReturn));
        Row(html, "Annualised return", Figures.Share(result, figures => figures.AnnualizedReturn));
        Row(html, "Sharpe ratio (yearly)", Figures.Ratio(result, figures => figures.Sharpe), Figures.Number(statistics.BuyAndHoldSharpe));
        Row(html, "Sortino ratio (yearly)", Figures.Ratio(result, figures => figures.Sortino));
        Row(html, "Largest fall from a peak", Figures.Share(result, figures => figures.MaxDrawdown), Figures.Percent(statistics.BuyAndHoldMaxDrawdown));
        Row(html, "Length of that fall", Figures.Between(result, figures => (TimeSpan?)figures.MaxDrawdownLength, Figures.Days));
        Row(html, "Time in market", Figures.Share(result, figures => figures.Exposure), Figures.Percent(1));
        Row(html, "Share of the return that holding explains", Figures.Percent(holding?.Share, 0));
        Row(html, "Moves with the asset (beta, R²)", $"{Figures.Number(holding?.Beta)}, {Figures.Number(holding?.RSquared)}");
        Row(html, "Initial balance", Figures.Money(result.Options.InitialBalance));
        Row(html, "Final balance", Figures.Amount(result, figures => figures.FinalBalance));
        Row(html, "Trades", Figures.Between(result, figures => (long?)figures.TradeCount, Figures.Count));
        Row(html, "Win rate", Figures.Share(result, figures => figures.WinRate));
        Row(html, "Average win / average loss", Figures.Ratio(result, figures => figures.ProfitLossRatio));
        Row(html, "Profit factor", Figures.Ratio(result, figures => figures.ProfitFactor));
        Row(html, "Largest win", Figures.Amount(result, figures => figures.LargestWin));
        Row(html, "Largest loss", Figures.Amount(result, figures => figures.LargestLoss));
        Row(html, "Earned before costs", Figures.Money(result.Trades.Sum(trade => trade.GrossProfit) + statistics.TotalSlippage));
        Row(html, "Fees", Figures.Amount(result, figures => figures.TotalFees, sign: -1));
        Row(html, "Slippage", Figures.Amount(result, figures => figures.TotalSlippage, sign: -1));
        Row(html, "Funding", Figures.Amount(result, figures => figures.TotalFunding));
        html.Markup("</tbody></table></div>\n<p class=\"note\">").Text($"Money in {result.Bars.Symbol.SettleAsset}. Buying and holding pays no costs here. The risk-free rate is 0; a year has 365 days.").Markup("</p>\n");
        if (result.Optimistic is not null)
        {
            html.Element("p", $"{Note(result)} Where two figures are given, the true one depends on that order. What earned before costs, the share that holding explains, and all other sections are of the result in which what hurts came first.", "class=\"note\"");
        }

    }

    private static string Note(BacktestResult result) => result.AmbiguousBars.Count == 1
        ? $"1 bar, that of {Figures.Time(result.AmbiguousBars[0])}, hides the order of what happened in it."
        : $"{Figures.Count(result.AmbiguousBars.Count)} bars, the first of {Figures.Time(result.AmbiguousBars[0])}, hide the order of what happened in them.";

    private static void Row(HtmlWriter html, string name, string value, string? hold = null) =>
        html.Markup("<tr>").Element("th", name, "scope=\"row\"").Element("td", value).Element("td", hold).Markup("</tr>\n");
}
