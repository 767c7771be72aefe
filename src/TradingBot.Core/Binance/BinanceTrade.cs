using System.Text.Json.Serialization;
using TradingBot.Binance.Protocol;

namespace TradingBot.Binance;

/// <summary>One fill of the account.</summary>
public sealed record BinanceTrade
{
    /// <summary>Gets the exchange's id of the fill, unique per contract.</summary>
    public required long Id { get; init; }

    /// <summary>Gets the exchange's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Gets the exchange's id of the order.</summary>
    public required long OrderId { get; init; }

    /// <summary>Gets the side: "BUY" or "SELL".</summary>
    public required string Side { get; init; }

    /// <summary>Gets the price, in the quote asset.</summary>
    public required decimal Price { get; init; }

    /// <summary>Gets the quantity, in the base asset.</summary>
    public required decimal Qty { get; init; }

    /// <summary>Gets the fee, in <see cref="CommissionAsset"/>; above 0 when paid.</summary>
    public required decimal Commission { get; init; }

    /// <summary>Gets the asset of the fee.</summary>
    public required string CommissionAsset { get; init; }

    /// <summary>Gets the realised profit without the fee, in the margin asset.</summary>
    public required decimal RealizedPnl { get; init; }

    /// <summary>Gets a value indicating whether the order waited in the book.</summary>
    public required bool Maker { get; init; }

    /// <summary>Gets the exchange's time of the fill, in UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public required DateTimeOffset Time { get; init; }
}
