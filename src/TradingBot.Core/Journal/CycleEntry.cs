using TradingBot.Trading;

namespace TradingBot.Journal;

/// <summary>The end of a cycle.</summary>
public sealed record CycleEntry : JournalEntry
{
    /// <summary>Gets the open time of the bar that was decided, or <see langword="null"/> when there was none.</summary>
    public DateTimeOffset? BarOpenTime { get; init; }

    /// <summary>Gets how the cycle ended; <see langword="null"/> when it failed.</summary>
    public CycleOutcome? Outcome { get; init; }

    /// <summary>Gets why nothing was done, something less than was decided, or what failed; <see langword="null"/> when there is nothing to say.</summary>
    public string? Reason { get; init; }
}
