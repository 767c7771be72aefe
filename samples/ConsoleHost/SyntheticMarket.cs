using TradingBot.Market;

namespace ConsoleHost;

/// <summary>Makes up a market whose returns carry a momentum, so that there is something for a model to find. It is not real data.</summary>
internal static class SyntheticMarket
{
    private const int StepsPerBar = 24;
    private const double DailyDeviation = 0.025;
    private const double Momentum = 0.2;

    /// <summary>Makes bars whose log returns follow r(t) = 0.2 r(t-1) + noise, the noise normal with a deviation of 2.5 per cent a day.</summary>
    /// <param name="seed">The same seed gives the same bars.</param>
    /// <param name="count">The number of daily bars.</param>
    public static BarSeries Create(int seed, int count)
    {
        var random = new Random(seed);
        var interval = Interval.OneDay;
        var builder = new BarSeriesBuilder(Symbol.Parse("SYNTHUSDT"), interval, GapPolicy.Reject, count);
        var start = new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var close = 20_000d;
        var lastReturn = 0d;
        for (var i = 0; i < count; i++)
        {
            var open = close;
            var (high, low) = (open, open);
            var drift = Momentum * lastReturn / StepsPerBar;
            for (var step = 0; step < StepsPerBar; step++)
            {
                close *= Math.Exp(drift + (DailyDeviation / Math.Sqrt(StepsPerBar) * NextNormal(random)));
                (high, low) = (Math.Max(high, close), Math.Min(low, close));
            }

            lastReturn = Math.Log(close / open);
            builder.Add(new Bar(start + (i * interval.Length), interval.Length, open, high, low, close, 1_000 + (random.NextDouble() * 500)));
        }

        return builder.Build();
    }

    // Box and Muller (1958): two uniform numbers give a normal one.
    private static double NextNormal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
