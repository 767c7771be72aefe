using TradingBot.Backtesting;

namespace TradingBot.Reporting.Workbook;

/// <summary>The equity at every bar's close beside that of buying and holding, with a chart of both.</summary>
internal static class BalanceSheet
{
    public const string Name = "Balance";

    private static readonly string[] Headings = ["Time", "Close", "Equity", "Buy and hold"];

    /// <summary>Gets how many bars a row stands for.</summary>
    public static int BarsPerRow(int bars) => ((bars - 1) / SheetWriter.MaxRows) + 1;

    public static void Write(WorkbookBuilder workbook, BacktestResult result)
    {
        var bars = result.Bars;
        var size = BarsPerRow(bars.Count);
        var rows = ((bars.Count - 1) / size) + 1;
        using var sheet = workbook.AddSheet(Name, Headings, drawings => BalanceChart.AddTo(drawings, Name, [Headings[2], Headings[3]], rows + 1));
        var held = (double)result.Options.InitialBalance / bars.Opens[0];
        for (var row = 0; row < rows; row++)
        {
            var last = Math.Min(bars.Count, (row + 1) * size) - 1;
            sheet.BeginRow();
            sheet.Time(bars.CloseTimeAt(last));
            sheet.Number(bars.Closes[last]);
            sheet.Number(result.Equity.Span[last]);
            sheet.Number(held * bars.Closes[last]);
        }
    }
}
