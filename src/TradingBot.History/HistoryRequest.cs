using TradingBot.Market;

namespace TradingBot.History;

/// <summary>Which history to have in the store.</summary>
public sealed record HistoryRequest
{
    /// <summary>Gets the market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>Gets the length of the bars.</summary>
    public required Interval Interval { get; init; }

    /// <summary>Gets the earliest open time, inclusive. It may lie before the market's first bar.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Gets the end of the open times, exclusive; <see langword="null"/> for up to the last closed bar.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Gets a value indicating whether bars that are stored already are read again and compared.</summary>
    /// <value>The default is <see langword="false"/>: of those, only the last few before a missing span are.</value>
    public bool Verify { get; init; }

    /// <summary>Gets how many requests may be under way at once.</summary>
    /// <value>The default is 4. From 1 to 32.</value>
    public int Parallelism { get; init; } = 4;
}
