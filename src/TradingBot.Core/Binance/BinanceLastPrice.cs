using System.Text.Json.Serialization;
using TradingBot.Binance.Protocol;

namespace TradingBot.Binance;

/// <summary>The price of the last trade of a contract.</summary>
public sealed record BinanceLastPrice
{
    /// <summary>Gets the exchange's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Gets the price, in the quote asset.</summary>
    public required decimal Price { get; init; }

    /// <summary>Gets the exchange's time of the price, in UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public required DateTimeOffset Time { get; init; }
}
