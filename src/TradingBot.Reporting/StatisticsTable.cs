using TradingBot.Backtesting;

namespace TradingBot.Reporting;

/// <summary>Writes a backtest's figures beside those of buying and holding.</summary>
internal static class StatisticsTable
{
    public static void Write(HtmlWriter html, BacktestResult result, HoldingShare? holding)
    {
        var statistics = result.Statistics;
        html.Markup("<div class=\"scroll\" tabindex=\"0\"><table class=\"figures\"><thead><tr><th scope=\"col\">Figure</th><th scope=\"col\">Strategy</th><th scope=\"col\">Buy and hold</th></tr></thead><tbody>\n");
        Row(html, "Total return", Figures.Percent(statistics.TotalReturn), Figures.Percent(statistics.BuyAndHoldReturn));
        Row(html, "Annualised return", Figures.Percent(statistics.AnnualizedReturn));
        Row(html, "Sharpe ratio (yearly)", Figures.Number(statistics.Sharpe), Figures.Number(statistics.BuyAndHoldSharpe));
        Row(html, "Sortino ratio (yearly)", Figures.Number(statistics.Sortino));
        Row(html, "Largest fall from a peak", Figures.Percent(statistics.MaxDrawdown), Figures.Percent(statistics.BuyAndHoldMaxDrawdown));
        Row(html, "Length of that fall", Figures.Days(statistics.MaxDrawdownLength));
        Row(html, "Time in market", Figures.Percent(statistics.Exposure), Figures.Percent(1));
        Row(html, "Share of the return that holding explains", Figures.Percent(holding?.Share, 0));
        Row(html, "Moves with the asset (beta, R²)", $"{Figures.Number(holding?.Beta)}, {Figures.Number(holding?.RSquared)}");
        Row(html, "Initial balance", Figures.Money(result.Options.InitialBalance));
        Row(html, "Final balance", Figures.Money(statistics.FinalBalance));
        Row(html, "Trades", Figures.Count(statistics.TradeCount));
        Row(html, "Win rate", Figures.Percent(statistics.WinRate));
        Row(html, "Average win / average loss", Figures.Number(statistics.ProfitLossRatio));
        Row(html, "Profit factor", Figures.Number(statistics.ProfitFactor));
        Row(html, "Largest win", Figures.Money(statistics.LargestWin));
        Row(html, "Largest loss", Figures.Money(statistics.LargestLoss));
        Row(html, "Earned before costs", Figures.Money(result.Trades.Sum(trade => trade.GrossProfit) + statistics.TotalSlippage));
        Row(html, "Fees", Figures.Money(-statistics.TotalFees));
        Row(html, "Slippage", Figures.Money(-statistics.TotalSlippage));
        Row(html, "Funding", Figures.Money(statistics.TotalFunding));
        html.Markup("</tbody></table></div>\n<p class=\"note\">").Text($"Money in {result.Bars.Symbol.SettleAsset}. Buying and holding pays no costs here. The risk-free rate is 0; a year has 365 days.").Markup("</p>\n");
    }

    internal static void Row(HtmlWriter html, string name, string value, string? hold = null) =>
        html.Markup("<tr>").Element("th", name, "scope=\"row\"").Element("td", value).Element("td", hold).Markup("</tr>\n");
}
