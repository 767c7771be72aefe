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
        html.Markup("<div class=\"scroll\" tabindex=\"0\"><table class=\"figures\"><thead><tr><th scope=\"col\">Figure</th><th scope=\"col\">Account</th><th scope=\"col\">Held in equal parts</th></tr></thead><tbody>\n");
        StatisticsTable.Row(html, "Total return", Figures.Percent(statistics.TotalReturn), Figures.Percent(statistics.BuyAndHoldReturn));
        StatisticsTable.Row(html, "Annualised return", Figures.Percent(statistics.AnnualizedReturn));
        StatisticsTable.Row(html, "Sharpe ratio (yearly)", Figures.Number(statistics.Sharpe), Figures.Number(statistics.BuyAndHoldSharpe));
        StatisticsTable.Row(html, "Sortino ratio (yearly)", Figures.Number(statistics.Sortino));
        StatisticsTable.Row(html, "Largest fall from a peak", Figures.Percent(statistics.MaxDrawdown), Figures.Percent(statistics.BuyAndHoldMaxDrawdown));
        StatisticsTable.Row(html, "Length of that fall", Figures.Days(statistics.MaxDrawdownLength));
        StatisticsTable.Row(html, "Initial balance", Figures.Money(result.Options.InitialBalance));
        StatisticsTable.Row(html, "Final balance", Figures.Money(statistics.FinalBalance));
        StatisticsTable.Row(html, "Average win / average loss", Figures.Number(statistics.ProfitLossRatio));
        StatisticsTable.Row(html, "Largest win", Figures.Money(statistics.LargestWin));
        StatisticsTable.Row(html, "Largest loss", Figures.Money(statistics.LargestLoss));
        html.Markup("</tbody></table></div>\n").Element(
            "p",
            $"Money in {AssetOf(result)}. Holding splits the initial balance equally; each part buys at the first open of its market, without costs, and is money until then. The risk-free rate is 0; a year has 365 days.",
            "class=\"note\"");
    }

    public static void Trades(HtmlWriter html, PortfolioResult result)
    {
        var trades = result.Markets.SelectMany(market => market.Trades, (market, trade) => (market.Market.Bars.Symbol.Id, Trade: trade)).OrderBy(entry => entry.Trade.EntryTime).ToArray();
        TradeTable.Write(html, Array.ConvertAll(trades, entry => entry.Trade), index => trades[index].Id, AssetOf(result));
        foreach (var market in result.Markets)
        {
            TradeTable.Denials(html, $"Decisions of {market.Market.Bars.Symbol} that did not become fills", market.Denials);
        }
    }

    private static void Money(HtmlWriter html, params ReadOnlySpan<decimal> amounts)
    {
        foreach (var amount in amounts)
        {
            html.Element("td", Figures.Money(amount));
        }
    }

    private static string AssetOf(PortfolioResult result) => result.Markets[0].Market.Bars.Symbol.SettleAsset;
}
