using System.Globalization;
using CsvHelper;
using Spectre.Console;
using TradingBot.Optimization;

namespace ConsoleHost;

/// <summary>Lists the windows of a walk-forward test.</summary>
internal static class WindowTable
{
    public static void Write(IAnsiConsole console, WalkForwardResult result)
    {
        var table = new Table().Title("Windows").Border(TableBorder.Rounded).AddColumns("Traded from", "to", "Settings");
        foreach (var heading in (string[])["Sharpe when chosen", "when traded", "Return"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (var window in result.Windows)
        {
            table.AddRow(
                Time(window.TradeFrom),
                Time(window.TradeTo),
                Markup.Escape(window.Parameters?.ToString() ?? "none could be judged"),
                window.FitSharpe?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-",
                window.TradeSharpe?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-",
                window.TradeReturn.ToString("0.0 %", CultureInfo.InvariantCulture));
        }

        console.Write(table);
    }

    public static void WriteCsv(WalkForwardResult result, string path)
    {
        using var text = new StreamWriter(path);
        using var csv = CsvWriter.Create(text, new CsvWriterOptions { FormatProvider = CultureInfo.InvariantCulture, NewLine = "\n" }, leaveOpen: true);
        Line("fit_from", "fit_to", "trade_from", "trade_to", "parameters", "fit_sharpe", "trade_sharpe", "trade_return");
        foreach (var window in result.Windows)
        {
            Line(
                Instant(window.FitFrom),
                Instant(window.FitTo),
                Instant(window.TradeFrom),
                Instant(window.TradeTo),
                window.Parameters?.ToString() ?? string.Empty,
                window.FitSharpe?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty,
                window.TradeSharpe?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty,
                window.TradeReturn.ToString("R", CultureInfo.InvariantCulture));
        }

        void Line(params ReadOnlySpan<string> fields)
        {
            foreach (var field in fields)
            {
                csv.WriteField(field);
            }

            csv.EndRecord();
        }
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
