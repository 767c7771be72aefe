using Spectre.Console;
using TradingBot.Backtesting;
using TradingBot.Reporting;

namespace ConsoleHost;

/// <summary>Writes a backtest's files: the report, the workbook, trades and equity.</summary>
internal static class ResultFiles
{
    public static void Write(IAnsiConsole console, BacktestResult result, DirectoryInfo folder, BacktestReportOptions options)
    {
        folder.Create();
        Write("Trades", "trades.csv", path => BacktestFiles.WriteTrades(result, path));
        Write("Equity", "equity.csv", path => BacktestFiles.WriteEquity(result, path));
        Write("Workbook", "workbook.xlsx", path => BacktestWorkbook.Write(result, path));
        Write("Report", "report.html", path => BacktestReport.Write(result, path, options));

        void Write(string name, string file, Action<string> write)
        {
            var path = Path.Combine(folder.FullName, file);
            write(path);
            console.WriteLine($"{name}: {path}");
        }
    }
}
