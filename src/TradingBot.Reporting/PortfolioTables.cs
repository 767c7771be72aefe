using TradingBot.Backtesting;

namespace TradingBot.Reporting;

/// <summary>Writes a portfolio's tables: its markets, its figures and its trades.</summary>
internal static class PortfolioTables
{
    public static void Markets(HtmlWriter html, PortfolioResult result)
    {
        html.Markup("<div class=\"scroll\" tabindex=\"0\"><table class=\"figures rounds\"><thead><tr>");
        foreach (var heading in (string[])["Market", "Contribution", "Net profit", "Edge", "Fees", "Funding", "Slippage", "Trades", "Win rate", "Profit factor", "Liquidations", "In market", "Buy and hold"])
        {
            html.Element("th", heading, "scope=\"col\"");
        }

        html.Markup("</tr></thead><tbody>\n");
        foreach (var market in result.Markets)
        {
            html.Markup("<tr>").Element("th", $"{market.Market.Bars.Symbol} {market.Market.Bars.Interval}", "scope=\"row\"");
            html.Element("td", Figures.Percent(market.Contribution), $"class=\"{(market.Contribution < 0 ? "loss" : "gain")}\"");
            Money(html, market.NetProfit, market.Edge, -market.TotalFees, market.TotalFunding, -market.TotalSlippage);
            html.Element("td", Figures.Count(market.Trades.Count)).Element("td", Figures.Percent(market.WinRate)).Element("td", Figures.Number(market.ProfitFactor))
                .Element("td", Figures.Count(market.Liquidations)).Element("td", Figures.Percent(market.Exposure)).Element("td", Figures.Percent(market.BuyAndHoldReturn))
                .Markup("</tr>\n");
        }

        var statistics = result.Statistics;
        html.Markup("<tr class=\"mean\">").Element("th", "All", "scope=\"row\"").Element("td", Figures.Percent(statistics.TotalReturn));
        Money(
            html,
            result.Markets.Sum(market => market.NetProfit),
            result.Markets.Sum(market => market.Edge),
            -statistics.TotalFees,
            statistics.TotalFunding,
            -statistics.TotalSlippage);
        html.Element("td", Figures.Count(statistics.TradeCount)).Element("td", Figures.Percent(statistics.WinRate)).Element("td", Figures.Number(statistics.ProfitFactor))
            .Element("td", Figures.Count(result.Markets.Sum(market => market.Liquidations))).Element("td", Figures.Percent(statistics.Exposure))
            .Element("td", Figures.Percent(statistics.BuyAndHoldReturn)).Markup("</tr>\n");
        html.Markup("</tbody></table></div>\n").Element(
            "p",
            $"The contribution is the net profit over the initial balance. The edge is what the decisions earned by the market's prices; with fees, funding and slippage it adds up to the net profit, in {AssetOf(result)}.",
            "class=\"note\"");
    }

    public static void Statistics(HtmlWriter html, PortfolioResult result)
    {
        var statistics = result.Statistics;
        string Share(Func<BacktestStatistics, double?> figure) => Figures.Between(result.BoundsOf(figure), static value => Figures.Percent(value));
        string Ratio(Func<BacktestStatistics, double?> figure) => Figures.Between(result.BoundsOf(figure), static value => Figures.Number(value));
        string Amount(Func<BacktestStatistics, decimal?> figure) => Figures.Between(result.BoundsOf(figure), static value => Figures.Money(value));
        html.Markup("<div class=\"scroll\" tabindex=\"0\"><table class=\"figures\"><thead><tr><th scope=\"col\">Figure</th><th scope=\"col\">Account</th><th scope=\"col\">Held in equal parts</th></tr></thead><tbody>\n");
        StatisticsTable.Row(html, "Total return", Share(figures => figures.TotalReturn), Figures.Percent(statistics.BuyAndHoldReturn));
        StatisticsTable.Row(html, "Annualised return", Share(figures => figures.AnnualizedReturn));
        StatisticsTable.Row(html, "Sharpe ratio (yearly)", Ratio(figures => figures.Sharpe), Figures.Number(statistics.BuyAndHoldSharpe));
        StatisticsTable.Row(html, "Sortino ratio (yearly)", Ratio(figures => figures.Sortino));
        StatisticsTable.Row(html, "Largest fall from a peak", Share(figures => figures.MaxDrawdown), Figures.Percent(statistics.BuyAndHoldMaxDrawdown));
        StatisticsTable.Row(html, "Length of that fall", Figures.Days(statistics.MaxDrawdownLength));
        StatisticsTable.Row(html, "Initial balance", Figures.Money(result.Options.InitialBalance));
        StatisticsTable.Row(html, "Final balance", Amount(figures => figures.FinalBalance));
        StatisticsTable.Row(html, "Average win / average loss", Ratio(figures => figures.ProfitLossRatio));
        StatisticsTable.Row(html, "Largest win", Amount(figures => figures.LargestWin));
        StatisticsTable.Row(html, "Largest loss", Amount(figures => figures.LargestLoss));
        html.Markup("</tbody></table></div>\n").Element(
            "p",
            $"{Doubts(result)}Money in {AssetOf(result)}. Holding splits the initial balance equally; each part buys at the first open of its market, without costs, and is money until then. The risk-free rate is 0; a year has 365 days.",
            "class=\"note\"");
    }

    public static void Trades(HtmlWriter html, PortfolioResult result)
    {
        var (trades, symbols) = TradesOf(result);
        TradeTable.Write(html, trades, index => symbols[index], AssetOf(result));
        foreach (var market in result.Markets)
        {
            TradeTable.Denials(html, $"Decisions of {market.Market.Bars.Symbol} that did not become fills", market.Denials);
        }
    }

    /// <summary>Gets the trades of all markets, oldest first, and the symbol of each.</summary>
    public static (Trade[] Trades, string[] Symbols) TradesOf(PortfolioResult result)
    {
        var trades = result.Markets.SelectMany(market => market.Trades, (market, trade) => (market.Market.Bars.Symbol.Id, Trade: trade)).OrderBy(entry => entry.Trade.EntryTime).ToArray();
        return (Array.ConvertAll(trades, entry => entry.Trade), Array.ConvertAll(trades, entry => entry.Id));
    }

    private static string Doubts(PortfolioResult result) => result.Optimistic is null
        ? string.Empty
        : $"{Figures.Count(result.Markets.Sum(market => market.AmbiguousBars.Count))} bar(s) hide the order of what happened in them; where two figures are given, the true one depends on it. All other sections are of the result in which what hurts came first. ";

    private static void Money(HtmlWriter html, params ReadOnlySpan<decimal> amounts)
    {
        foreach (var amount in amounts)
        {
            html.Element("td", Figures.Money(amount));
        }
    }

    private static string AssetOf(PortfolioResult result) => result.Markets[0].Market.Bars.Symbol.SettleAsset;
}
