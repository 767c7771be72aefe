namespace TradingBot.Statistics;

/// <summary>How often the best trial of one half of the time disappointed in the other half.</summary>
public sealed record OverfittingResult
{
    /// <summary>Gets the probability of backtest overfitting: the share of splits in which the trial that was best in sample came out in the lower half out of sample.</summary>
    /// <value>From 0 to 1. About 0.5 when the choice is worth nothing; above it, choosing the best does harm.</value>
    public required double Probability { get; init; }

    /// <summary>Gets the share of splits in which the trial that was best in sample had a Sharpe ratio below 0 out of sample.</summary>
    /// <value>From 0 to 1.</value>
    public required double ProbabilityOfLoss { get; init; }

    /// <summary>Gets the slope of the chosen trial's Sharpe ratio out of sample over the one in sample: below 0, the better it looked, the worse it did.</summary>
    /// <value><see langword="null"/> when the ratios in sample never varied, or one of them was infinite.</value>
    public required double? PerformanceDegradation { get; init; }

    /// <summary>Gets the logits of the chosen trial's relative rank out of sample, one per split: 0 is the median, above 0 the better half.</summary>
    public required IReadOnlyList<double> Logits { get; init; }

    /// <summary>Gets the number of trials that were compared.</summary>
    public required int TrialCount { get; init; }

    /// <summary>Gets the number of runs that the time was cut into.</summary>
    public required int BlockCount { get; init; }
}
