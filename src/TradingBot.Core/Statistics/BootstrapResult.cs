namespace TradingBot.Statistics;

/// <summary>What might have happened instead, had the same kind of returns come in another order and number.</summary>
public sealed record BootstrapResult
{
    /// <summary>Gets the interval of the return over the whole time: 0.1 is ten per cent.</summary>
    public required ConfidenceInterval TotalReturn { get; init; }

    /// <summary>Gets the interval of the largest fall from a peak, as a share of the peak.</summary>
    public required ConfidenceInterval MaxDrawdown { get; init; }

    /// <summary>Gets the share of resamples that ended below their start.</summary>
    /// <value>From 0 to 1.</value>
    public required double ProbabilityOfLoss { get; init; }

    /// <summary>Gets the confidence of the intervals.</summary>
    /// <value>Above 0 and below 1.</value>
    public required double Confidence { get; init; }

    /// <summary>Gets the average length of the blocks, in bars.</summary>
    public required double BlockLength { get; init; }

    /// <summary>Gets the number of resamples.</summary>
    public required int Resamples { get; init; }

    /// <summary>Gets the seed, with which the same result comes again.</summary>
    public required int Seed { get; init; }
}
