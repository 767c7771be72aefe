using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace TradingBot.Statistics;

/// <summary>What luck alone does to the best of many trials, and what is left of its Sharpe ratio afterwards.</summary>
/// <remarks>D. H. Bailey and M. López de Prado, "The Deflated Sharpe Ratio: Correcting for Selection Bias, Backtest Overfitting and Non-Normality",
/// The Journal of Portfolio Management 40 (5), 2014. Trials are counted as if they were independent. Where they resemble each other, as neighbours
/// in a grid do, fewer independent ones would explain the luck: the figures are then too strict rather than too kind.</remarks>
public static class DeflatedSharpe
{
    /// <summary>Computes the Sharpe ratio that the best of many trials is expected to show when none has any skill.</summary>
    /// <param name="trials">How many trials were made; 1 or more.</param>
    /// <param name="variance">The variance of the trials' Sharpe ratios; finite, 0 or more. For annual ratios the result is annual.</param>
    /// <returns>0 for one trial, from which nothing was selected.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double ExpectedMaximum(long trials, double variance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        if (!(double.IsFinite(variance) && variance >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(variance), variance, "Expected a finite variance of 0 or more.");
        }

        if (trials == 1)
        {
            return 0;
        }

        var first = Normal.InvCDF(0, 1, 1 - (1d / trials));
        var second = Normal.InvCDF(0, 1, 1 - (1d / trials / Math.E));
        return Math.Sqrt(variance) * (((1 - Constants.EulerMascheroni) * first) + (Constants.EulerMascheroni * second));
    }

    /// <summary>Computes the deflated Sharpe ratio: the probability that the best trial's true Sharpe ratio lies above what luck alone gives.</summary>
    /// <param name="best">The Sharpe ratio of the best trial.</param>
    /// <param name="trials">How many trials were made; 1 or more.</param>
    /// <param name="variance">The variance of the trials' Sharpe ratios, of one return each, not annualised; finite, 0 or more.</param>
    /// <returns>From 0 to 1, 0.95 being the customary bar; <see langword="null"/> where <see cref="SharpeEstimate.ProbabilityAbove"/> is.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static double? Compute(in SharpeEstimate best, long trials, double variance) =>
        best.ProbabilityAbove(ExpectedMaximum(trials, variance));
}
