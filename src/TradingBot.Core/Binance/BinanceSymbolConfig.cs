using TradingBot.Binance.Protocol;

namespace TradingBot.Binance;

/// <summary>How the account is set for one contract.</summary>
public sealed record BinanceSymbolConfig
{
    /// <summary>Gets the exchange's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Gets what stands behind a position: "CROSSED" or "ISOLATED".</summary>
    public required string MarginType { get; init; }

    /// <summary>Gets the notional per margin.</summary>
    public required int Leverage { get; init; }

    /// <summary>Gets the largest notional at this leverage, in the quote asset; <see langword="null"/> if the exchange did not say.</summary>
    [System.Text.Json.Serialization.JsonConverter(typeof(OptionalDecimalConverter))]
    public decimal? MaxNotionalValue { get; init; }
}
