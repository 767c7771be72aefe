namespace TradingBot.Optimization;

/// <summary>All trials of a search and what they are worth.</summary>
public sealed record SweepResult
{
    /// <summary>Gets the trials in the order in which they were given, refused ones too.</summary>
    public required IReadOnlyList<Trial> Trials { get; init; }

    /// <summary>Gets the best trial, or <see langword="null"/> when none could be judged.</summary>
    public required Trial? Best { get; init; }

    /// <summary>Gets how much of the best result is luck.</summary>
    public required SweepSummary Summary { get; init; }
}
