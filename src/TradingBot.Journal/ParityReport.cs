namespace TradingBot.Journal;

/// <summary>How a bot's journal compares with a backtest over the same bars.</summary>
public sealed record ParityReport
{
    /// <summary>Gets the open time of the first bar compared.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Gets the open time of the last bar compared; what was ordered on it is not part of the comparison.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Gets how many bars were decided by the bot.</summary>
    public required int Decisions { get; init; }

    /// <summary>Gets the first bar on which the two differ, or <see langword="null"/> when there is none.</summary>
    public required DecisionDifference? FirstDifference { get; init; }

    /// <summary>Gets the difference in money.</summary>
    public required MoneyDifference Money { get; init; }
}
