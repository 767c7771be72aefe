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

    /// <summary>Writes thirds of the days in a file, of which the first has all that happens, and gets their path.</summary>
    public static string WriteParts(TemporaryFolder folder, string file)
    {
        var days = BarCsv.Read(folder.File(file), new BarCsvOptions { Symbol = TradingBot.Market.Symbol.Parse(Symbol), GapPolicy = GapPolicy.Reject });
        var path = folder.File($"parts-{file}");
        BarCsv.Write(path, BarSeries.Create(days.Symbol, Interval.EightHours, GapPolicy.Reject, days.SelectMany(day =>
        {
            Bar Part(int index, double open, double high, double low) => new(day.OpenTime.AddHours(8 * index), TimeSpan.FromHours(8), open, high, low, day.Close, 1);
            return (Bar[])[Part(0, day.Open, day.High, day.Low), Part(1, day.Close, day.Close, day.Close), Part(2, day.Close, day.Close, day.Close)];
        })));
        return path;
    }
}
