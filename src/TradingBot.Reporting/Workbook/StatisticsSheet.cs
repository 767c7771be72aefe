using TradingBot.Backtesting;

namespace TradingBot.Reporting.Workbook;

/// <summary>The figures of a backtest beside those of buying and holding.</summary>
internal sealed class StatisticsSheet : IDisposable
{
    private readonly SheetWriter _sheet;
    private readonly BacktestStatistics _statistics;
    private readonly BacktestStatistics? _optimistic;

    private StatisticsSheet(WorkbookBuilder workbook, string subject, string hold, BacktestStatistics statistics, OptimisticResult? optimistic)
    {
        (_statistics, _optimistic) = (statistics, optimistic?.Statistics);
        string[] headings = ["Figure", subject, hold];
        _sheet = workbook.AddSheet("Statistics", optimistic is null ? headings : [.. headings, $"{subject}, if what helps came first inside a bar"]);
    }

    public static void Write(WorkbookBuilder workbook, BacktestResult result)
    {
        using var sheet = new StatisticsSheet(workbook, "Strategy", "Buy and hold", result.Statistics, result.Optimistic);
        sheet.WriteFigures(result.Options.InitialBalance);
        sheet.Text("Market", result.Bars.ToString());
        sheet.Text("Hash of the bars", Fingerprint.Of(result.Bars));
        sheet.Notes(result.Warnings, result.Trades.Count, result.Bars.Count);
    }

    public static void Write(WorkbookBuilder workbook, PortfolioResult result)
    {
        using var sheet = new StatisticsSheet(workbook, "Account", "Held in equal parts", result.Statistics, result.Optimistic);
        sheet.WriteFigures(result.Options.InitialBalance);
        foreach (var market in result.Markets)
        {
            sheet.Text("Market", market.Market.Bars.ToString());
        }

        sheet.Notes(result.Warnings, result.Statistics.TradeCount, result.CloseTimes.Length);
    }

    public void Dispose() => _sheet.Dispose();

    private void WriteFigures(decimal initialBalance)
    {
        Share("Total return", figures => figures.TotalReturn, _statistics.BuyAndHoldReturn);
        Share("Annualised return", figures => figures.AnnualizedReturn);
        Ratio("Sharpe ratio (yearly)", figures => figures.Sharpe, _statistics.BuyAndHoldSharpe);
        Ratio("Sortino ratio (yearly)", figures => figures.Sortino);
        Share("Largest fall from a peak", figures => figures.MaxDrawdown, _statistics.BuyAndHoldMaxDrawdown);
        Ratio("Length of that fall in days", figures => figures.MaxDrawdownLength.TotalDays);
        Share("Time in market", figures => figures.Exposure, 1);
        Money("Initial balance", _ => initialBalance);
        Money("Final balance", figures => figures.FinalBalance);
        Money("Trades", figures => figures.TradeCount);
        Share("Win rate", figures => figures.WinRate);
        Ratio("Average win / average loss", figures => figures.ProfitLossRatio);
        Ratio("Profit factor", figures => figures.ProfitFactor);
        Money("Largest win", figures => figures.LargestWin);
        Money("Largest loss", figures => figures.LargestLoss);
        Money("Fees", figures => figures.TotalFees);
        Money("Funding", figures => figures.TotalFunding);
        Money("Slippage", figures => figures.TotalSlippage);
    }

    private void Notes(IEnumerable<string> warnings, int trades, int closes)
    {
        Text("Software", Page.Version);
        foreach (var warning in warnings)
        {
            Text("Warning", warning);
        }

        if (trades > SheetWriter.MaxRows)
        {
            Text("Left out", $"{Figures.Count(trades - SheetWriter.MaxRows)} later trades, as a sheet holds no more rows");
        }

        if (BalanceSheet.ClosesPerRow(closes) is > 1 and var size)
        {
            Text("Put together", $"Each row of the balance is the last of up to {Figures.Count(size)} closes, as a sheet holds no more rows");
        }
    }

    private void Share(string name, Func<BacktestStatistics, double?> figure, double? hold = null) => Numbers(name, figure, hold, CellStyles.Percent);

    private void Ratio(string name, Func<BacktestStatistics, double?> figure, double? hold = null) => Numbers(name, figure, hold, CellStyles.Plain);

    private void Numbers(string name, Func<BacktestStatistics, double?> figure, double? hold, uint style)
    {
        _sheet.BeginRow();
        _sheet.Text(name);
        _sheet.Number(figure(_statistics), style);
        _sheet.Number(hold, style);
        if (_optimistic is not null)
        {
            _sheet.Number(figure(_optimistic), style);
        }
    }

    private void Money(string name, Func<BacktestStatistics, decimal?> figure)
    {
        _sheet.BeginRow();
        _sheet.Text(name);
        _sheet.Number(figure(_statistics));
        if (_optimistic is not null)
        {
            _sheet.Text(null);
            _sheet.Number(figure(_optimistic));
        }
    }

    private void Text(string name, string text)
    {
        _sheet.BeginRow();
        _sheet.Text(name);
        _sheet.Text(text);
    }
}
