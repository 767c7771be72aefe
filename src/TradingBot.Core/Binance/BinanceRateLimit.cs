namespace TradingBot.Binance;

/// <summary>A limit that the exchange publishes.</summary>
public sealed record BinanceRateLimit
{
    /// <summary>Gets what is counted: "REQUEST_WEIGHT" or "ORDERS".</summary>
    public required string RateLimitType { get; init; }

    /// <summary>Gets the unit of the window: "SECOND", "MINUTE" or "DAY".</summary>
    public required string Interval { get; init; }

    /// <summary>Gets the window's length in units.</summary>
    public required int IntervalNum { get; init; }

    /// <summary>Gets the most that is allowed in a window.</summary>
    public required int Limit { get; init; }
}
