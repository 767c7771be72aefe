using System.Globalization;
using TradingBot.Market;
using TradingBot.Testing;

namespace ConsoleHost.Tests;

/// <summary>A folder with files of bars and of values from outside the market; gone after the test.</summary>
internal sealed class MarketFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MarketFolder(int bars = 300) => Bars = SampleBars.RandomWalk(bars, seed: 5, interval: Interval.OneDay);

    public BarSeries Bars { get; }

    public IEnumerable<string> Files => _folder.Files;

    public string this[string file] => _folder.File(file);

    /// <summary>Writes the first bars, and returns the file.</summary>
    public string WriteBars(int? count = null)
    {
        BarCsv.Write(this["bars.csv"], Bars[..(count ?? Bars.Count)]);
        return this["bars.csv"];
    }

    /// <summary>Writes daily bars of given closes, and returns the file.</summary>
    public string WriteCloses(params IEnumerable<string> closes)
    {
        var rows = closes.Select((close, i) => $"{SampleBars.Start.AddDays(i):yyyy-MM-dd},{close},{close},{close},{close},1");
        File.WriteAllLines(this["bars.csv"], ["timestamp,open,high,low,close,volume", .. rows]);
        return this["bars.csv"];
    }

    /// <summary>Writes what the next bar will return, published so long after the close of each bar, and returns the file.</summary>
    public string WriteHints(string file, TimeSpan delay, Range? bars = null)
    {
        var (first, count) = (bars ?? ..(Bars.Count - 1)).GetOffsetAndLength(Bars.Count - 1);
        var rows = Enumerable.Range(first, count).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{Bars.CloseTimeAt(i) + delay:yyyy-MM-dd HH:mm:ss},{Math.Log(Bars.Closes[i + 1] / Bars.Closes[i]):R}"));
        File.WriteAllLines(this[file], ["published_at,value", .. rows]);
        return this[file];
    }

    public void Dispose() => _folder.Dispose();
}
