using TradingBot.Market;

namespace TradingBot.Core.Tests.Prediction;

/// <summary>Bars for models to read: a random walk from a fixed seed.</summary>
internal static class ModelBars
{
    public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static BarSeries Walk(int count, int seed = 1, Interval? interval = null) =>
        Series(Bars(count, seed, interval ?? Interval.OneDay), interval: interval);

    /// <summary>A walk without the bars at some indices.</summary>
    public static BarSeries WalkWithout(int count, GapPolicy policy, params int[] missing) =>
        Series(Bars(count, 1, Interval.OneDay).Where((_, index) => !missing.Contains(index)), policy);

    public static BarSeries Flat(int count, double close) =>
        Series(Enumerable.Range(0, count).Select(i => new Bar(Start.AddDays(i), TimeSpan.FromDays(1), close, close, close, close, 0)));

    private static BarSeries Series(IEnumerable<Bar> bars, GapPolicy policy = GapPolicy.Reject, Interval? interval = null) =>
        BarSeries.Create(Symbol.Parse("BTCUSDT"), interval ?? Interval.OneDay, policy, bars);

    private static IEnumerable<Bar> Bars(int count, int seed, Interval interval)
    {
        var random = new Random(seed);
        var close = 40_000d;
        for (var i = 0; i < count; i++)
        {
            var open = close;
            close *= 1 + ((random.NextDouble() - 0.5) * 0.05);
            var (high, low) = (Math.Max(open, close) * 1.003, Math.Min(open, close) * 0.996);

            // Now and then nothing is traded, as in the bars of small markets.
            yield return new Bar(Start + (i * interval.Length), interval.Length, open, high, low, close, i % 11 == 4 ? 0 : random.NextDouble() * 1000);
        }
    }
}
