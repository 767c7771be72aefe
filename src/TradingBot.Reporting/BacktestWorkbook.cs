using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using TradingBot.Backtesting;
using TradingBot.Reporting.Workbook;

namespace TradingBot.Reporting;

/// <summary>Writes a backtest as an Excel workbook: the history of positions, the balance with its chart, and the figures.</summary>
/// <remarks>
/// <para>The sheet "Positions" has a row for each trade, "Balance" a row for each bar with the equity at its close and a line chart of it, "Statistics" the figures.
/// Numbers are written as numbers, decimals with all their digits; what cannot be computed is an empty cell. Times are UTC.</para>
/// <para>A portfolio's workbook has the same three sheets, "Positions" with the market of each trade, "Balance" with a row for each close of any market, and "Markets" with a row for
/// each market: what it brought in and what it cost.</para>
/// <para>A sheet holds at most 1,048,576 rows. Of more trades the first are written; more bars are put together, each row the last of its bars. The sheet
/// "Statistics" says so; <see cref="BacktestFiles"/> writes all of them.</para>
/// </remarks>
public static class BacktestWorkbook
{
    /// <summary>Writes the workbook.</summary>
    /// <param name="result">The backtest.</param>
    /// <param name="path">The file, .xlsx; it is replaced. Its folder is made if there is none.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(BacktestResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        Write(path, workbook =>
        {
            PositionSheet.Write(workbook, result.Trades, symbolOf: null);
            BalanceSheet.Write(workbook, result);
            StatisticsSheet.Write(workbook, result);
        });
    }

    /// <summary>Writes the workbook of a portfolio.</summary>
    /// <param name="result">The portfolio's backtest.</param>
    /// <param name="path">The file, .xlsx; it is replaced. Its folder is made if there is none.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(PortfolioResult result, string path)
    {
        ArgumentNullException.ThrowIfNull(result);
        Write(path, workbook =>
        {
            var (trades, symbols) = PortfolioTables.TradesOf(result);
            PositionSheet.Write(workbook, trades, index => symbols[index]);
            BalanceSheet.Write(workbook, result);
            MarketSheet.Write(workbook, result);
            StatisticsSheet.Write(workbook, result);
        });
    }

    private static void Write(string path, Action<WorkbookBuilder> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        using var document = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook);
        var workbook = new WorkbookBuilder(document.AddWorkbookPart());
        write(workbook);
        workbook.Finish();
    }
}
