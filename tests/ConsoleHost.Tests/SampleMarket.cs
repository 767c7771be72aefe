using TradingBot.Market;

namespace ConsoleHost.Tests;

/// <summary>A made-up market as a file of bars.</summary>
internal static class SampleMarket
{
    public const string Symbol = "SYNTHUSDT";

    public static string Write(TemporaryFolder folder, int bars = 1_000, int seed = 7, string file = "bars.csv")
    {
        var path = folder.File(file);
        BarCsv.Write(path, SyntheticMarket.Create(seed, bars));
        return path;
    }
}
