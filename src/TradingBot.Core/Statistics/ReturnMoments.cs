using System.Runtime.InteropServices;

namespace TradingBot.Statistics;

/// <summary>The number, mean and central power sums of returns. Those of two runs of returns can be put together without the returns.</summary>
/// <remarks>P. Pébay, "Formulas for Robust, One-Pass Parallel Computation of Covariances and Arbitrary-Order Statistical Moments",
/// Sandia Report SAND2008-6212, 2008.</remarks>
/// <param name="Count">The number of returns; 0 or more.</param>
/// <param name="Mean">Their mean; 0 when there are none.</param>
/// <param name="Square">The sum of the squares of their distances from the mean; 0 or more.</param>
/// <param name="Cube">The sum of the cubes of those distances.</param>
/// <param name="Fourth">The sum of the fourth powers of those distances; 0 or more.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ReturnMoments(int Count, double Mean, double Square, double Cube, double Fourth)
{
    // Returns are quotients near 1, so equal ones differ by rounding alone, by a few times 2^-53.
    private const double RoundingNoise = 1e-14;

    /// <summary>Gets the sample standard deviation, or <see langword="null"/> when there are fewer than two returns.</summary>
    public double? Deviation => Count < 2 ? null : Math.Sqrt(Square / (Count - 1));

    /// <summary>Gets the Sharpe ratio of one bar: the mean over the sample standard deviation, not annualised.</summary>
    /// <value><see langword="null"/> when there are fewer than two returns, or they never varied.</value>
    public double? Sharpe => Varies ? Mean / Deviation : null;

    /// <summary>Gets the skewness: the third central moment over the 3/2 power of the second; 0 for a normal distribution.</summary>
    /// <value><see langword="null"/> when there are fewer than two returns, or they never varied.</value>
    public double? Skewness => Varies ? Cube / Count / Math.Pow(Square / Count, 1.5) : null;

    /// <summary>Gets the kurtosis: the fourth central moment over the square of the second; 3 for a normal distribution.</summary>
    /// <value>1 or more; <see langword="null"/> when there are fewer than two returns, or they never varied.</value>
    public double? Kurtosis => Varies ? Fourth / Count / (Square / Count * (Square / Count)) : null;

    private bool Varies => Deviation > RoundingNoise;

    /// <summary>Computes the moments of returns.</summary>
    /// <param name="returns">The returns; finite.</param>
    /// <exception cref="ArgumentException">A return is not finite.</exception>
    public static ReturnMoments Of(ReadOnlySpan<double> returns)
    {
        EquityReturns.ThrowUnlessFinite(returns, nameof(returns));
        if (returns.IsEmpty)
        {
            return default;
        }

        var sum = 0d;
        foreach (var value in returns)
        {
            sum += value;
        }

        var mean = sum / returns.Length;
        var (square, cube, fourth) = (0d, 0d, 0d);
        foreach (var value in returns)
        {
            var distance = value - mean;
            var squared = distance * distance;
            square += squared;
            cube += squared * distance;
            fourth += squared * squared;
        }

        return new ReturnMoments(returns.Length, mean, square, cube, fourth);
    }

    /// <summary>Cuts returns into runs of equal length, but for one return, and computes the moments of each.</summary>
    /// <param name="returns">The returns, oldest first; finite.</param>
    /// <param name="blocks">The number of runs; 1 or more.</param>
    /// <exception cref="ArgumentException">A return is not finite, or the number of runs is below 1.</exception>
    public static ReturnMoments[] OfBlocks(ReadOnlySpan<double> returns, int blocks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        var result = new ReturnMoments[blocks];
        for (var i = 0; i < blocks; i++)
        {
            result[i] = Of(returns[BlockAt(i, blocks, returns.Length)]);
        }

        return result;
    }

    /// <summary>Gets the returns of one of the runs that <see cref="OfBlocks"/> makes.</summary>
    internal static Range BlockAt(int index, int blocks, int count) => (int)((long)index * count / blocks)..(int)((index + 1L) * count / blocks);

    /// <summary>Puts the moments of several runs of returns together.</summary>
    public static ReturnMoments Join(ReadOnlySpan<ReturnMoments> parts)
    {
        var all = default(ReturnMoments);
        foreach (var part in parts)
        {
            all = all.Join(part);
        }

        return all;
    }

    /// <summary>Puts these moments and those of another run of returns together.</summary>
    public ReturnMoments Join(in ReturnMoments other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        double a = Count, b = other.Count, n = a + b;
        var delta = other.Mean - Mean;
        var step = delta / n;
        return new ReturnMoments(
            checked(Count + other.Count),
            Mean + (b * step),
            Square + other.Square + (delta * step * a * b),
            Cube + other.Cube + (delta * step * step * a * b * (a - b)) + (3 * step * ((a * other.Square) - (b * Square))),
            Fourth + other.Fourth + (delta * step * step * step * a * b * ((a * a) - (a * b) + (b * b)))
                + (6 * step * step * ((a * a * other.Square) + (b * b * Square))) + (4 * step * ((a * other.Cube) - (b * Cube))));
    }

    /// <summary>Gets what a test of the Sharpe ratio needs to know, or <see langword="null"/> when there is no Sharpe ratio.</summary>
    public SharpeEstimate? ToSharpeEstimate() =>
        Sharpe is { } sharpe && Skewness is { } skewness && Kurtosis is { } kurtosis ? new SharpeEstimate(sharpe, Count, skewness, kurtosis) : null;
}
