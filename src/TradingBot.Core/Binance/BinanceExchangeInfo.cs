namespace TradingBot.Binance;

/// <summary>What the exchange publishes about its limits and contracts.</summary>
public sealed record BinanceExchangeInfo
{
    /// <summary>Gets the limits of requests and orders.</summary>
    public required IReadOnlyList<BinanceRateLimit> RateLimits { get; init; }

    /// <summary>Gets the contracts, also those that are not traded now.</summary>
    public required IReadOnlyList<BinanceSymbol> Symbols { get; init; }
}
