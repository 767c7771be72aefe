using System.Text.Json.Serialization;
using TradingBot.Binance.Protocol;

namespace TradingBot.Binance;

/// <summary>A conditional order as the exchange's Algo Order service reports it. Prices are in the quote asset, quantities in the base asset.</summary>
public sealed record BinanceAlgoOrder
{
    /// <summary>Gets the exchange's id.</summary>
    public required long AlgoId { get; init; }

    /// <summary>Gets the owner's id; the order that a trigger creates has the same.</summary>
    public required string ClientAlgoId { get; init; }

    /// <summary>Gets the kind, such as "STOP_MARKET". An open set.</summary>
    public required string OrderType { get; init; }

    /// <summary>Gets the exchange's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Gets the side: "BUY" or "SELL".</summary>
    public required string Side { get; init; }

    /// <summary>Gets where it stands: "NEW", "TRIGGERING", "TRIGGERED", "FINISHED", "CANCELED", "REJECTED" or "EXPIRED". An open set.</summary>
    public required string AlgoStatus { get; init; }

    /// <summary>Gets how long the order waits after its trigger, such as "GTC".</summary>
    public string? TimeInForce { get; init; }

    /// <summary>Gets the quantity; 0 for one that closes the position.</summary>
    [JsonConverter(typeof(OptionalDecimalConverter))]
    public decimal? Quantity { get; init; }

    /// <summary>Gets the price at which it triggers.</summary>
    [JsonConverter(typeof(OptionalDecimalConverter))]
    public decimal? TriggerPrice { get; init; }

    /// <summary>Gets the limit price after the trigger; 0 for market orders.</summary>
    [JsonConverter(typeof(OptionalDecimalConverter))]
    public decimal? Price { get; init; }

    /// <summary>Gets a value indicating whether it closes whatever is held when it triggers.</summary>
    public bool ClosePosition { get; init; }

    /// <summary>Gets a value indicating whether it may only shrink the position.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Gets the id of the order that the trigger created; empty or <see langword="null"/> before.</summary>
    public string? ActualOrderId { get; init; }

    /// <summary>Gets the average price of the fills after the trigger; 0 or <see langword="null"/> before.</summary>
    [JsonConverter(typeof(OptionalDecimalConverter))]
    public decimal? ActualPrice { get; init; }

    /// <summary>Gets the filled quantity after the trigger; 0 or <see langword="null"/> before.</summary>
    [JsonConverter(typeof(OptionalDecimalConverter))]
    public decimal? ActualQty { get; init; }

    /// <summary>Gets the exchange's time of the last change, in UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public DateTimeOffset UpdateTime { get; init; }
}
