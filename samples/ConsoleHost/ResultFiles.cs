using Spectre.Console;
using TradingBot.Backtesting;
using TradingBot.Reporting;

namespace ConsoleHost;

/// <summary>Writes a backtest's files: the report, the workbook, trades and equity.</summary>
internal static class ResultFiles
{
    public static void Write(IAnsiConsole console, BacktestResult result, DirectoryInfo folder, BacktestReportOptions options)
    {
        Write(console, folder, "Trades", "trades.csv", path => BacktestFiles.WriteTrades(result, path));
        Write(console, folder, "Equity", "equity.csv", path => BacktestFiles.WriteEquity(result, path));
        Write(console, folder, "Workbook", "workbook.xlsx", path => BacktestWorkbook.Write(result, path));
        Write(console, folder, "Report", "report.html", path => BacktestReport.Write(result, path, options));
    }

    public static void Write(IAnsiConsole console, PortfolioResult result, DirectoryInfo folder, PortfolioReportOptions options)
    {
        Write(console, folder, "Trades", "trades.csv", path => BacktestFiles.WriteTrades(result, path));
        Write(console, folder, "Equity", "equity.csv", path => BacktestFiles.WriteEquity(result, path));
        Write(console, folder, "Workbook", "workbook.xlsx", path => BacktestWorkbook.Write(result, path));
        Write(console, folder, "Report", "report.html", path => PortfolioReport.Write(result, path, options));
    }

    private static void Write(IAnsiConsole console, DirectoryInfo folder, string name, string file, Action<string> write)
    {
        folder.Create();
        var path = Path.Combine(folder.FullName, file);
        write(path);
        console.WriteLine($"{name}: {path}");
    }
}
