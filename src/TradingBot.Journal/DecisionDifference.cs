namespace TradingBot.Journal;

/// <summary>The first bar on which a bot and its backtest went different ways.</summary>
public sealed record DecisionDifference
{
    /// <summary>Gets the open time of the bar that was decided.</summary>
    public required DateTimeOffset BarOpenTime { get; init; }

    /// <summary>Gets what the bot decided, or <see langword="null"/> when it did not run on this bar.</summary>
    public required string? Recorded { get; init; }

    /// <summary>Gets what the backtest decided.</summary>
    public required string Replayed { get; init; }

    /// <summary>Gets why, as far as the inputs tell.</summary>
    public required string Reason { get; init; }
}
