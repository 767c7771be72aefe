using TradingBot.Backtesting;

namespace TradingBot.Reporting.Workbook;

/// <summary>The equity at every close beside that of buying and holding, with a chart of both.</summary>
internal static class BalanceSheet
{
    private const string Name = "Balance";

    // Of the columns, the last ones.
    private const int SeriesCount = 2;

    /// <summary>Gets how many closes a row stands for.</summary>
    public static int ClosesPerRow(int closes) => ((closes - 1) / SheetWriter.MaxRows) + 1;

    public static void Write(WorkbookBuilder workbook, BacktestResult result)
    {
        var bars = result.Bars;
        var held = (double)result.Options.InitialBalance / bars.Opens[0];
        Write(
            workbook, bars.Count, bars.CloseTimeAt, ("Close", i => bars.Closes[i]), ("Equity", i => result.Equity.Span[i]), ("Buy and hold", i => held * bars.Closes[i]));
    }

    public static void Write(WorkbookBuilder workbook, PortfolioResult result) => Write(
        workbook, result.CloseTimes.Length, result.CloseTimeAt, ("Equity", i => result.Equity.Span[i]), ("Held in equal parts", i => result.BuyAndHold.Span[i]));

    private static void Write(WorkbookBuilder workbook, int closes, Func<int, DateTimeOffset> timeOf, params (string Heading, Func<int, double> Of)[] columns)
    {
        var size = ClosesPerRow(closes);
        var rows = ((closes - 1) / size) + 1;
        string[] headings = ["Time", .. columns.Select(column => column.Heading)];
        using var sheet = workbook.AddSheet(Name, headings, drawings => BalanceChart.AddTo(drawings, Name, headings, headings.Length - SeriesCount, rows + 1));
        for (var row = 0; row < rows; row++)
        {
            var last = Math.Min(closes, (row + 1) * size) - 1;
            sheet.BeginRow();
            sheet.Time(timeOf(last));
            foreach (var column in columns)
            {
                sheet.Number(column.Of(last));
            }
        }
    }
}
