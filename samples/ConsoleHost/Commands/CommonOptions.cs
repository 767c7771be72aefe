using System.CommandLine;
using TradingBot.Market;

namespace ConsoleHost.Commands;

/// <summary>The options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<FileInfo> Bars() => new("--bars")
    {
        Description = "A CSV file of bars: this program's own, the exchange's public archive, or timestamp,open,high,low,close,volume.",
        Required = true,
    };

    public static Option<string> Symbol() => new("--symbol")
    {
        Description = "The market, as BTCUSDT or BTC/USDT:USDT.",
        DefaultValueFactory = _ => "BTCUSDT",
    };

    public static Option<string?> Interval() => new("--interval")
    {
        Description = "The length of the bars, 1m to 1w. Left out, it is taken from the file.",
    };

    public static Option<GapPolicy> Gaps() => new("--gaps")
    {
        Description = "What to do about missing bars.",
        DefaultValueFactory = _ => GapPolicy.Flag,
    };

    public static Option<double> Threshold() => new("--threshold")
    {
        Description = "The forecast return beyond which a position is entered.",
        DefaultValueFactory = _ => 0.002,
    };

    public static Option<DirectoryInfo> Output(string folder) => new("--out")
    {
        Description = "The folder for the files that are written.",
        DefaultValueFactory = _ => new DirectoryInfo(folder),
    };
}
