using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>A normal order changed. Fills are told apart by symbol and <see cref="TradeId"/>.</summary>
/// <param name="Time">The exchange's time of the change, in UTC.</param>
/// <param name="Order">The order after the change.</param>
public sealed record BinanceOrderUpdate(DateTimeOffset Time, OrderResult Order) : BinanceUserEvent(Time)
{
    /// <summary>Gets what happened: "NEW", "TRADE", "CANCELED", "EXPIRED", "AMENDMENT" or "CALCULATED" (a liquidation). An open set.</summary>
    public required string ExecutionType { get; init; }

    /// <summary>Gets the exchange's id of the fill, or <see langword="null"/> when nothing filled.</summary>
    public long? TradeId { get; init; }

    /// <summary>Gets the quantity of the fill, in the base asset; 0 when nothing filled.</summary>
    public decimal LastQuantity { get; init; }

    /// <summary>Gets the price of the fill, in the quote asset, or <see langword="null"/> when nothing filled.</summary>
    public decimal? LastPrice { get; init; }

    /// <summary>Gets the fee of the fill in <see cref="CommissionAsset"/>, or <see langword="null"/> when there is none.</summary>
    public decimal? Commission { get; init; }

    /// <summary>Gets the asset of the fee, or <see langword="null"/> when there is none.</summary>
    public string? CommissionAsset { get; init; }

    /// <summary>Gets the realised profit of the fill without its fee, in the margin asset.</summary>
    public decimal RealizedProfit { get; init; }

    /// <summary>Gets a value indicating whether the fill was of an order that waited in the book.</summary>
    public bool IsMaker { get; init; }
}
