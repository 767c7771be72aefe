using TradingBot.Backtesting;

namespace TradingBot.Reporting.Workbook;

/// <summary>The figures of a backtest beside those of buying and holding.</summary>
internal static class StatisticsSheet
{
    public const string Name = "Statistics";

    public static void Write(WorkbookBuilder workbook, BacktestResult result)
    {
        using var sheet = workbook.AddSheet(Name, ["Figure", "Strategy", "Buy and hold"]);
        var figures = result.Statistics;
        Share(sheet, "Total return", figures.TotalReturn, figures.BuyAndHoldReturn);
        Share(sheet, "Annualised return", figures.AnnualizedReturn);
        Ratio(sheet, "Sharpe ratio (yearly)", figures.Sharpe, figures.BuyAndHoldSharpe);
        Ratio(sheet, "Sortino ratio (yearly)", figures.Sortino);
        Share(sheet, "Largest fall from a peak", figures.MaxDrawdown, figures.BuyAndHoldMaxDrawdown);
        Ratio(sheet, "Length of that fall in days", figures.MaxDrawdownLength.TotalDays);
        Share(sheet, "Time in market", figures.Exposure, 1);
        Money(sheet, "Initial balance", result.Options.InitialBalance);
        Money(sheet, "Final balance", figures.FinalBalance);
        Money(sheet, "Trades", figures.TradeCount);
        Share(sheet, "Win rate", figures.WinRate);
        Ratio(sheet, "Average win / average loss", figures.ProfitLossRatio);
        Ratio(sheet, "Profit factor", figures.ProfitFactor);
        Money(sheet, "Largest win", figures.LargestWin);
        Money(sheet, "Largest loss", figures.LargestLoss);
        Money(sheet, "Fees", figures.TotalFees);
        Money(sheet, "Funding", figures.TotalFunding);
        Money(sheet, "Slippage", figures.TotalSlippage);
        Text(sheet, "Market", result.Bars.ToString());
        Text(sheet, "Hash of the bars", Fingerprint.Of(result.Bars));
        Text(sheet, "Software", Page.Version);
        foreach (var warning in result.Warnings)
        {
            Text(sheet, "Warning", warning);
        }

        if (result.Trades.Count > SheetWriter.MaxRows)
        {
            Text(sheet, "Left out", $"{Figures.Count(result.Trades.Count - SheetWriter.MaxRows)} later trades, as a sheet holds no more rows");
        }

        if (BalanceSheet.BarsPerRow(result.Bars.Count) is > 1 and var size)
        {
            Text(sheet, "Put together", $"Each row of the balance is the last of up to {Figures.Count(size)} bars, as a sheet holds no more rows");
        }
    }

    private static void Share(SheetWriter sheet, string name, double? value, double? hold = null) => Numbers(sheet, name, value, hold, CellStyles.Percent);

    private static void Ratio(SheetWriter sheet, string name, double? value, double? hold = null) => Numbers(sheet, name, value, hold, CellStyles.Plain);

    private static void Numbers(SheetWriter sheet, string name, double? value, double? hold, uint style)
    {
        sheet.BeginRow();
        sheet.Text(name);
        sheet.Number(value, style);
        sheet.Number(hold, style);
    }

    private static void Money(SheetWriter sheet, string name, decimal? value)
    {
        sheet.BeginRow();
        sheet.Text(name);
        sheet.Number(value);
    }

    private static void Text(SheetWriter sheet, string name, string text)
    {
        sheet.BeginRow();
        sheet.Text(name);
        sheet.Text(text);
    }
}
