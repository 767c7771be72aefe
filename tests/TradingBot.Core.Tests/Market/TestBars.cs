using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

/// <summary>Bars for tests.</summary>
internal static class TestBars
{
    public static readonly Symbol BtcUsdt = Symbol.Parse("BTCUSDT");

    /// <summary>2024-01-01 was a Monday, so bars of every interval but three days may open then.</summary>
    public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Creates the bar number <paramref name="index"/> after <see cref="Start"/>, closing at a price that tells its number.</summary>
    public static Bar At(int index, Interval interval) =>
        new(Start + (index * interval.Length), interval.Length, 99.5 + index, 101 + index, 99 + index, 100 + index, 10 + index);

    /// <summary>Creates a series of the bars with the given numbers.</summary>
    public static BarSeries Series(GapPolicy policy, params int[] indexes) =>
        BarSeries.Create(BtcUsdt, Interval.OneHour, policy, indexes.Select(index => At(index, Interval.OneHour)));

    /// <summary>Creates a series without gaps.</summary>
    public static BarSeries Hours(int count) => Series(GapPolicy.Reject, [.. Enumerable.Range(0, count)]);

    /// <summary>Draws a random series; its numbers use every digit that a double has.</summary>
    public static BarSeries Random(Random random, Interval interval, GapPolicy policy, int count)
    {
        var builder = new BarSeriesBuilder(BtcUsdt, interval, policy);
        var time = interval.OpenTimeAt(new DateTimeOffset(2019, 9, 8, 0, 0, 0, TimeSpan.Zero)) + (random.Next(100_000) * interval.Length);
        var price = Math.Exp((random.NextDouble() * 24) - 12);
        for (var i = 0; i < count; i++)
        {
            var open = price;
            price *= Math.Exp((random.NextDouble() - 0.5) * 0.2);
            var (low, high) = (Math.Min(open, price) * (1 - (random.NextDouble() * 0.1)), Math.Max(open, price) * (1 + (random.NextDouble() * 0.1)));
            builder.Add(new Bar(time, interval.Length, open, high, low, price, random.NextDouble() * Math.Pow(10, random.Next(-8, 12))));

            // Two bars in a row come first: a series whose bars are all apart looks like one of another interval.
            time += interval.Length * (policy != GapPolicy.Reject && i > 0 && random.Next(5) == 0 ? random.Next(2, 6) : 1);
        }

        return builder.Build();
    }
}
