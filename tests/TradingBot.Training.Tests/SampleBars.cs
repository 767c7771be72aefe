using TradingBot.Market;

namespace TradingBot.Training.Tests;

/// <summary>Daily bars made of closes.</summary>
internal static class SampleBars
{
    public static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Makes flat bars; those at the indices in <paramref name="missing"/> are left out as a flagged gap.</summary>
    public static BarSeries FromCloses(IEnumerable<double> closes, params int[] missing) => BarSeries.Create(
        Symbol.Parse("BTCUSDT"),
        Interval.OneDay,
        GapPolicy.Flag,
        closes.Select((close, i) => (close, i))
            .Where(pair => !missing.Contains(pair.i))
            .Select(pair => new Bar(Start.AddDays(pair.i), TimeSpan.FromDays(1), pair.close, pair.close, pair.close, pair.close, 1)));

    /// <summary>Makes closes from log returns, starting at 100.</summary>
    public static double[] Closes(IEnumerable<double> logReturns)
    {
        List<double> closes = [100];
        closes.AddRange(logReturns.Select(logReturn => closes[^1] * Math.Exp(logReturn)));
        return [.. closes];
    }

    /// <summary>Makes log returns that follow an autoregression of order 2 with normal noise.</summary>
    public static IEnumerable<double> Autoregression(int count, double intercept, double first, double second, double deviation, int seed)
    {
        var random = new Random(seed);
        var (one, two) = (0d, 0d);
        for (var i = 0; i < count; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            (one, two) = (intercept + (first * one) + (second * two) + (deviation * normal), one);
            yield return one;
        }
    }
}
