using System.Text.Json.Serialization;
using TradingBot.Binance.Protocol;

namespace TradingBot.Binance;

/// <summary>A position. A contract without position and orders has no entry.</summary>
public sealed record BinancePosition
{
    /// <summary>Gets the exchange's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Gets the side of the entry: "BOTH" in one-way mode, "LONG" or "SHORT" in hedge mode.</summary>
    public required string PositionSide { get; init; }

    /// <summary>Gets the amount of the base asset: above 0 long, below 0 short.</summary>
    public required decimal PositionAmt { get; init; }

    /// <summary>Gets the average price of the fills that opened it, in the quote asset.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>Gets the price by which the position is reckoned, in the quote asset.</summary>
    public decimal MarkPrice { get; init; }

    /// <summary>Gets the unrealised profit, in the margin asset.</summary>
    [JsonPropertyName("unRealizedProfit")]
    public decimal UnrealizedProfit { get; init; }

    /// <summary>Gets the price of liquidation, in the quote asset; 0 if there is none.</summary>
    public decimal LiquidationPrice { get; init; }

    /// <summary>Gets the margin set aside for an isolated position, in the margin asset; 0 for a cross one.</summary>
    public decimal IsolatedWallet { get; init; }

    /// <summary>Gets the exchange's time of the last change, in UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public DateTimeOffset UpdateTime { get; init; }
}
