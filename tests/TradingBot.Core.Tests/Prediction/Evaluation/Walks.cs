using MathNet.Numerics.Random;
using NormalDistribution = MathNet.Numerics.Distributions.Normal;

namespace TradingBot.Core.Tests.Prediction.Evaluation;

/// <summary>Seeded series of closes, and forecasters of them that know nothing but the past.</summary>
/// <remarks>Drawn by the Mersenne twister: the sequences of System.Random for two seeds depend on each other.</remarks>
internal static class Walks
{
    /// <summary>Makes closes whose log returns are independent and normal.</summary>
    public static double[] Normal(int seed, int count, double deviation = 0.03) => Autoregressive(seed, count, 0, deviation);

    /// <summary>Makes closes whose log returns r obey r[t] = weight r[t-1] + noise.</summary>
    public static double[] Autoregressive(int seed, int count, double weight, double deviation = 0.03)
    {
        var random = new MersenneTwister(seed);
        var last = 0d;
        return Closes(count, () => last = (weight * last) + (deviation * Gauss(random)));
    }

    /// <summary>Makes closes whose log returns come in calm and wild spells, GARCH(1,1) with a weight of 0.1 and 0.88, and have no direction.</summary>
    public static double[] Garch(int seed, int count)
    {
        var random = new MersenneTwister(seed);
        const double Mean = 0.03 * 0.03;
        var (variance, last) = (Mean, 0d);
        return Closes(
            count,
            () =>
            {
                variance = (Mean * 0.02) + (0.1 * last * last) + (0.88 * variance);
                return last = Math.Sqrt(variance) * Gauss(random);
            });
    }

    /// <summary>Forecasts from the closes up to each bar.</summary>
    public static double[] Forecasts(double[] closes, Func<ReadOnlyMemory<double>, double> forecast) =>
        [.. closes.Select((_, i) => forecast(closes.AsMemory(0, i + 1)))];

    public static double[] LastClose(double[] closes, int seed) => [.. closes];

    public static double[] LastCloseWithNoise(double[] closes, int seed) => Noisy(closes, seed, 0.01);

    public static double[] LastCloseWithLittleNoise(double[] closes, int seed) => Noisy(closes, seed, 1e-4);

    public static double[] MovingAverage(double[] closes, int seed) =>
        Forecasts(closes, known => known.Span[^Math.Min(10, known.Length)..].ToArray().Average());

    /// <summary>Forecasts as a trained network often does: it smooths, and learns a scale that is a little too small.</summary>
    public static double[] Smoothed(double[] closes, int seed)
    {
        var state = closes[0];
        return [.. closes.Select(close => state = state + (0.7 * (close - state)) - (0.001 * close))];
    }

    public static double[] Trend(double[] closes, int seed) =>
        Forecasts(closes, known => known.Length < 2 ? known.Span[^1] : known.Span[^1] * Math.Pow(known.Span[^1] / known.Span[^2], 0.1));

    public static double[] Reversion(double[] closes, int seed) =>
        Forecasts(closes, known => known.Length < 2 ? known.Span[^1] : known.Span[^1] * Math.Pow(known.Span[^1] / known.Span[^2], -0.05));

    public static double[] CloseBeforeLast(double[] closes, int seed) => Forecasts(closes, known => known.Span[^Math.Min(2, known.Length)]);

    public static double Gauss(Random random) => NormalDistribution.Sample(random, 0, 1);

    private static double[] Noisy(double[] closes, int seed, double deviation)
    {
        var random = new MersenneTwister(seed + 1_000_003);
        return [.. closes.Select(close => close * Math.Exp(deviation * Gauss(random)))];
    }

    private static double[] Closes(int count, Func<double> nextReturn)
    {
        var closes = new double[count];
        closes[0] = 100;
        for (var i = 1; i < count; i++)
        {
            closes[i] = closes[i - 1] * Math.Exp(nextReturn());
        }

        return closes;
    }
}
