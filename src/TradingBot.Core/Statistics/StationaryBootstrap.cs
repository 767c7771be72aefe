using MathNet.Numerics.Random;
using MathNet.Numerics.Statistics;

namespace TradingBot.Statistics;

/// <summary>Resamples returns in blocks of random length, so that what neighbouring returns have in common is kept.</summary>
/// <remarks>D. N. Politis and J. P. Romano, "The Stationary Bootstrap", Journal of the American Statistical Association 89 (428), 1994. A block begins
/// anywhere with equal probability, its length is geometric, and the end of the returns joins their start. The intervals are percentile intervals.</remarks>
public static class StationaryBootstrap
{
    /// <summary>Computes intervals of the total return and of the maximum drawdown.</summary>
    /// <param name="returns">The returns of the equity, oldest first; finite.</param>
    /// <param name="options">How to resample; the defaults unless given.</param>
    /// <returns>The intervals, or <see langword="null"/> when there are fewer than ten returns, or they never vary.</returns>
    /// <exception cref="ArgumentException">A return is not finite, or an option is outside its range.</exception>
    public static BootstrapResult? Compute(ReadOnlySpan<double> returns, BootstrapOptions? options = null)
    {
        options ??= new BootstrapOptions();
        Check(options);
        if (BlockLength.ForStationaryBootstrap(returns) is not { } automatic)
        {
            return null;
        }

        var length = options.BlockLength ?? automatic;
        var random = new Xoshiro256StarStar(options.Seed, threadSafe: false);
        var (totals, drawdowns) = (new double[options.Resamples], new double[options.Resamples]);
        for (var i = 0; i < options.Resamples; i++)
        {
            (totals[i], drawdowns[i]) = Resample(returns, length, random);
        }

        return new BootstrapResult
        {
            TotalReturn = IntervalOf(totals, options.Confidence),
            MaxDrawdown = IntervalOf(drawdowns, options.Confidence),
            ProbabilityOfLoss = (double)totals.Count(total => total < 0) / totals.Length,
            Confidence = options.Confidence,
            BlockLength = length,
            Resamples = options.Resamples,
            Seed = options.Seed,
        };
    }

    private static (double TotalReturn, double MaxDrawdown) Resample(ReadOnlySpan<double> returns, double length, Xoshiro256StarStar random)
    {
        var stay = Math.Log(1 - (1 / length));
        var (value, peak, worst) = (1d, 1d, 0d);
        for (var left = returns.Length; left > 0;)
        {
            var from = random.Next(returns.Length);
            var wanted = 1 + (length == 1 ? 0 : Math.Floor(Math.Log(1 - random.NextDouble()) / stay));
            var taken = (int)Math.Min(left, wanted);
            left -= taken;
            for (var i = 0; i < taken; i++)
            {
                // What has lost everything cannot lose or earn any more.
                value = Math.Max(0, value * (1 + returns[from]));
                peak = Math.Max(peak, value);
                worst = Math.Max(worst, 1 - (value / peak));
                from = from + 1 == returns.Length ? 0 : from + 1;
            }
        }

        return (value - 1, worst);
    }

    private static ConfidenceInterval IntervalOf(double[] values, double confidence)
    {
        Array.Sort(values);
        var tail = (1 - confidence) / 2;
        return new ConfidenceInterval(
            SortedArrayStatistics.Quantile(values, tail), SortedArrayStatistics.Median(values), SortedArrayStatistics.Quantile(values, 1 - tail));
    }

    private static void Check(BootstrapOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Resamples, 100, nameof(options));
        if (options.Confidence is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Confidence, $"Expected a {nameof(options.Confidence)} above 0 and below 1.");
        }

        if (options.BlockLength is { } length && !(double.IsFinite(length) && length >= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), length, $"Expected a {nameof(options.BlockLength)} of 1 or more.");
        }
    }
}
