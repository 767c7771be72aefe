using TradingBot.Backtesting;

namespace TradingBot.Reporting.Workbook;

/// <summary>What each market of a portfolio brought in and cost: a row for each, and one for all.</summary>
internal static class MarketSheet
{
    private static readonly string[] Headings =
    [
        "Market", "Interval", "First bar opens", "Last bar closes", "Bars", "Contribution", "Net profit", "Edge", "Fees", "Funding", "Slippage", "Trades", "Win rate",
        "Profit factor", "Liquidations", "Time in market", "Buy and hold", "Bars in doubt", "Hash of the bars", "Finer bars",
    ];

    public static void Write(WorkbookBuilder workbook, PortfolioResult result)
    {
        using var sheet = workbook.AddSheet("Markets", Headings);
        foreach (var market in result.Markets)
        {
            var bars = market.Market.Bars;
            sheet.BeginRow();
            sheet.Text(bars.Symbol.Id);
            sheet.Text(bars.Interval.ToString());
            sheet.Time(bars.OpenTimeAt(0));
            sheet.Time(bars.CloseTimeAt(bars.Count - 1));
            sheet.Number((decimal)bars.Count);
            sheet.Number(market.Contribution, CellStyles.Percent);
            Numbers(sheet, market.NetProfit, market.Edge, market.TotalFees, market.TotalFunding, market.TotalSlippage, market.Trades.Count);
            sheet.Number(market.WinRate, CellStyles.Percent);
            sheet.Number(market.ProfitFactor);
            sheet.Number((decimal)market.Liquidations);
            sheet.Number(market.Exposure, CellStyles.Percent);
            sheet.Number(market.BuyAndHoldReturn, CellStyles.Percent);
            sheet.Number((decimal)market.AmbiguousBars.Count);
            sheet.Text(Fingerprint.Of(bars));
            sheet.Text(BacktestSettings.DescriptionOf(market.Market.FinerBars));
        }

        var all = result.Statistics;
        sheet.BeginRow();
        sheet.Text("All");
        sheet.Text(null);
        sheet.Time(result.Markets.Min(market => market.Market.Bars.OpenTimeAt(0)));
        sheet.Time(result.CloseTimeAt(result.CloseTimes.Length - 1));
        sheet.Number((decimal)result.Markets.Sum(market => market.Market.Bars.Count));
        sheet.Number(all.TotalReturn, CellStyles.Percent);
        Numbers(sheet, result.Markets.Sum(market => market.NetProfit), result.Markets.Sum(market => market.Edge), all.TotalFees, all.TotalFunding, all.TotalSlippage, all.TradeCount);
        sheet.Number(all.WinRate, CellStyles.Percent);
        sheet.Number(all.ProfitFactor);
        sheet.Number((decimal)result.Markets.Sum(market => market.Liquidations));
        sheet.Number(all.Exposure, CellStyles.Percent);
        sheet.Number(all.BuyAndHoldReturn, CellStyles.Percent);
        sheet.Number((decimal)result.Markets.Sum(market => market.AmbiguousBars.Count));
    }

    private static void Numbers(SheetWriter sheet, params ReadOnlySpan<decimal> numbers)
    {
        foreach (var number in numbers)
        {
            sheet.Number((decimal?)number);
        }
    }
}
