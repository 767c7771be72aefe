using System.Text.Json.Serialization;
using TradingBot.Binance.Protocol;

namespace TradingBot.Binance;

/// <summary>A normal order as the exchange reports it. Prices are in the quote asset, quantities in the base asset.</summary>
public sealed record BinanceOrder
{
    /// <summary>Gets the exchange's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Gets the exchange's id.</summary>
    public required long OrderId { get; init; }

    /// <summary>Gets the owner's id.</summary>
    public required string ClientOrderId { get; init; }

    /// <summary>Gets the side: "BUY" or "SELL".</summary>
    public required string Side { get; init; }

    /// <summary>Gets the kind, such as "MARKET" or "LIMIT". An open set.</summary>
    public required string Type { get; init; }

    /// <summary>Gets where the order stands, such as "NEW" or "FILLED". An open set.</summary>
    public required string Status { get; init; }

    /// <summary>Gets how long the order waits, such as "GTC".</summary>
    public string? TimeInForce { get; init; }

    /// <summary>Gets the limit price; 0 for a market order.</summary>
    public decimal Price { get; init; }

    /// <summary>Gets the quantity.</summary>
    public decimal OrigQty { get; init; }

    /// <summary>Gets the filled quantity.</summary>
    public decimal ExecutedQty { get; init; }

    /// <summary>Gets the average price of the fills; <see langword="null"/> in the answers to placing and canceling, which do not have it.</summary>
    public decimal? AvgPrice { get; init; }

    /// <summary>Gets the filled notional, in the quote asset; <see langword="null"/> in the answers to placing and canceling.</summary>
    public decimal? CumQuote { get; init; }

    /// <summary>Gets the trigger of an old conditional order; 0 if there is none.</summary>
    public decimal StopPrice { get; init; }

    /// <summary>Gets a value indicating whether the order may only shrink the position.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Gets a value indicating whether the order closes whatever is held.</summary>
    public bool ClosePosition { get; init; }

    /// <summary>Gets the exchange's time of the last change, in UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public DateTimeOffset UpdateTime { get; init; }
}
