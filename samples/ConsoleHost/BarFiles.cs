using TradingBot.Market;

namespace ConsoleHost;

/// <summary>Reads the bars that a command was given.</summary>
internal static class BarFiles
{
    public static BarSeries Read(FileInfo file, string symbol, string? interval, GapPolicy gaps) => BarCsv.Read(
        file.FullName,
        new BarCsvOptions
        {
            Symbol = Symbol.Parse(symbol),
            Interval = interval is null ? null : Interval.Parse(interval),
            GapPolicy = gaps,
        });
}
