using TradingBot.Backtesting;

namespace TradingBot.Reporting.Workbook;

/// <summary>The figures of a backtest beside those of buying and holding.</summary>
internal static class StatisticsSheet
{
    public const string Name = "Statistics";

    private const string OptimisticHeading = "Strategy, if what helps came first inside a bar";

    public static void Write(WorkbookBuilder workbook, BacktestResult result)
    {
        string[] headings = ["Figure", "Strategy", "Buy and hold"];
        using var sheet = workbook.AddSheet(Name, result.Optimistic is null ? headings : [.. headings, OptimisticHeading]);
        Share(sheet, "Total return", result, figures => figures.TotalReturn, result.Statistics.BuyAndHoldReturn);
        Share(sheet, "Annualised return", result, figures => figures.AnnualizedReturn);
        Ratio(sheet, "Sharpe ratio (yearly)", result, figures => figures.Sharpe, result.Statistics.BuyAndHoldSharpe);
        Ratio(sheet, "Sortino ratio (yearly)", result, figures => figures.Sortino);
        Share(sheet, "Largest fall from a peak", result, figures => figures.MaxDrawdown, result.Statistics.BuyAndHoldMaxDrawdown);
        Ratio(sheet, "Length of that fall in days", result, figures => figures.MaxDrawdownLength.TotalDays);
        Share(sheet, "Time in market", result, figures => figures.Exposure, 1);
        Money(sheet, "Initial balance", result, _ => result.Options.InitialBalance);
        Money(sheet, "Final balance", result, figures => figures.FinalBalance);
        Money(sheet, "Trades", result, figures => figures.TradeCount);
        Share(sheet, "Win rate", result, figures => figures.WinRate);
        Ratio(sheet, "Average win / average loss", result, figures => figures.ProfitLossRatio);
        Ratio(sheet, "Profit factor", result, figures => figures.ProfitFactor);
        Money(sheet, "Largest win", result, figures => figures.LargestWin);
        Money(sheet, "Largest loss", result, figures => figures.LargestLoss);
        Money(sheet, "Fees", result, figures => figures.TotalFees);
        Money(sheet, "Funding", result, figures => figures.TotalFunding);
        Money(sheet, "Slippage", result, figures => figures.TotalSlippage);
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

    private static void Share(SheetWriter sheet, string name, BacktestResult result, Func<BacktestStatistics, double?> figure, double? hold = null) =>
        Numbers(sheet, name, result, figure, hold, CellStyles.Percent);

    private static void Ratio(SheetWriter sheet, string name, BacktestResult result, Func<BacktestStatistics, double?> figure, double? hold = null) =>
        Numbers(sheet, name, result, figure, hold, CellStyles.Plain);

    private static void Numbers(SheetWriter sheet, string name, BacktestResult result, Func<BacktestStatistics, double?> figure, double? hold, uint style)
    {
        sheet.BeginRow();
        sheet.Text(name);
        sheet.Number(figure(result.Statistics), style);
        sheet.Number(hold, style);
        if (result.Optimistic is { } optimistic)
        {
            sheet.Number(figure(optimistic.Statistics), style);
        }
    }

    private static void Money(SheetWriter sheet, string name, BacktestResult result, Func<BacktestStatistics, decimal?> figure)
    {
        sheet.BeginRow();
        sheet.Text(name);
        sheet.Number(figure(result.Statistics));
        if (result.Optimistic is { } optimistic)
        {
            sheet.Text(null);
            sheet.Number(figure(optimistic.Statistics));
        }
    }

    private static void Text(SheetWriter sheet, string name, string text)
    {
        sheet.BeginRow();
        sheet.Text(name);
        sheet.Text(text);
    }
}
