using System.Text.Json.Serialization;
using TradingBot.Binance.Protocol;

namespace TradingBot.Binance;

/// <summary>What the exchange publishes about one contract.</summary>
public sealed record BinanceSymbol
{
    /// <summary>Gets the exchange's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Gets the kind of contract, such as "PERPETUAL". An open set.</summary>
    public string? ContractType { get; init; }

    /// <summary>Gets the state, "TRADING" when orders are taken. An open set.</summary>
    public string? Status { get; init; }

    /// <summary>Gets the asset that is bought and sold.</summary>
    public required string BaseAsset { get; init; }

    /// <summary>Gets the asset that prices are given in.</summary>
    public required string QuoteAsset { get; init; }

    /// <summary>Gets the asset of margin, profit and fees.</summary>
    public required string MarginAsset { get; init; }

    /// <summary>Gets the instant at which trading began, in UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public DateTimeOffset OnboardDate { get; init; }

    /// <summary>Gets the share of the liquidated notional that a liquidation costs.</summary>
    public decimal? LiquidationFee { get; init; }

    /// <summary>Gets the rules of orders; kinds that are not known here are kept with their name only.</summary>
    public required IReadOnlyList<BinanceFilter> Filters { get; init; }
}
