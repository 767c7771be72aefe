using System.Runtime.InteropServices;
using MathNet.Numerics.Distributions;

namespace TradingBot.Statistics;

/// <summary>A Sharpe ratio that was observed, and how far it may be trusted: a short record and returns with fat tails on the losing side prove little.</summary>
/// <remarks>D. H. Bailey and M. López de Prado, "The Sharpe Ratio Efficient Frontier", Journal of Risk 15 (2), 2012. All Sharpe ratios here are
/// those of one return, not annualised: divide an annual one by the square root of the returns in a year.</remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SharpeEstimate
{
    /// <summary>Initializes an estimate.</summary>
    /// <param name="sharpe">The mean of the returns over their standard deviation; finite.</param>
    /// <param name="count">The number of returns; 2 or more.</param>
    /// <param name="skewness">The skewness of the returns, 0 for a normal distribution; finite.</param>
    /// <param name="kurtosis">The kurtosis of the returns, 3 for a normal distribution; not below 1 + skewness², as that of no distribution is.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public SharpeEstimate(double sharpe, int count, double skewness = 0, double kurtosis = 3)
    {
        // A sample of two values lies on the bound itself, but for rounding.
        const double Rounding = 1e-9;
        ThrowUnlessFinite(sharpe, nameof(sharpe));
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        ThrowUnlessFinite(skewness, nameof(skewness));
        ThrowUnlessFinite(kurtosis, nameof(kurtosis));
        if (kurtosis < (1 + (skewness * skewness)) * (1 - Rounding))
        {
            throw new ArgumentOutOfRangeException(nameof(kurtosis), kurtosis, FormattableString.Invariant($"Expected 1 + skewness² = {1 + (skewness * skewness)} or more."));
        }

        (Sharpe, Count, Skewness, Kurtosis) = (sharpe, count, skewness, kurtosis);
    }

    /// <summary>Gets the Sharpe ratio of one return.</summary>
    public double Sharpe { get; }

    /// <summary>Gets the number of returns.</summary>
    public int Count { get; }

    /// <summary>Gets the skewness of the returns.</summary>
    public double Skewness { get; }

    /// <summary>Gets the kurtosis of the returns; 3 for a normal distribution.</summary>
    public double Kurtosis { get; }

    // Above 0 unless the returns take two values only and the Sharpe ratio lies at 2 / skewness.
    private double Spread => 1 - (Skewness * Sharpe) + ((Kurtosis - 1) / 4 * Sharpe * Sharpe);

    /// <summary>Computes the probabilistic Sharpe ratio: the probability that the true Sharpe ratio lies above a benchmark.</summary>
    /// <param name="benchmark">The benchmark, a Sharpe ratio of one return; finite.</param>
    /// <returns>From 0 to 1; <see langword="null"/> in the one case where the estimate has no spread.</returns>
    public double? ProbabilityAbove(double benchmark)
    {
        ThrowUnlessFinite(benchmark, nameof(benchmark));
        return Spread > 0 ? Normal.CDF(0, 1, (Sharpe - benchmark) * Math.Sqrt(Count - 1) / Math.Sqrt(Spread)) : null;
    }

    /// <summary>Computes the minimum track record length: how many returns like these are needed to say that the true Sharpe ratio lies above a benchmark.</summary>
    /// <param name="benchmark">The benchmark, a Sharpe ratio of one return; finite.</param>
    /// <param name="confidence">The probability wanted; above 0.5 and below 1.</param>
    /// <returns>The number of returns, not rounded, above 1; <see langword="null"/> when the observed Sharpe ratio is not above the benchmark, so that no length suffices.</returns>
    public double? MinimumTrackRecordLength(double benchmark = 0, double confidence = 0.95)
    {
        ThrowUnlessFinite(benchmark, nameof(benchmark));
        if (confidence is not (> 0.5 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "Expected a probability above 0.5 and below 1.");
        }

        var quantile = Normal.InvCDF(0, 1, confidence) / (Sharpe - benchmark);
        return Sharpe > benchmark && Spread > 0 && 1 + (Spread * quantile * quantile) is var length && double.IsFinite(length) ? length : null;
    }

    private static void ThrowUnlessFinite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "Expected a finite number.");
        }
    }
}
