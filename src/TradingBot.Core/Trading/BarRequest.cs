using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Which closed bars to fetch: the latest ones, or those of a span of time.</summary>
public sealed record BarRequest
{
    /// <summary>Gets the market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>Gets the length of the bars.</summary>
    public required Interval Interval { get; init; }

    /// <summary>Gets what to do about bars that the exchange does not have.</summary>
    public required GapPolicy GapPolicy { get; init; }

    /// <summary>Gets the earliest open time, inclusive; <see langword="null"/> for no limit.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the end of the open times, exclusive; <see langword="null"/> for up to now.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Gets the most bars to return, the latest of those asked for; <see langword="null"/> for all of them.</summary>
    public int? Count { get; init; }
}
