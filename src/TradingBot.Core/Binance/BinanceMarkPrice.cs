using System.Text.Json.Serialization;
using TradingBot.Binance.Protocol;

namespace TradingBot.Binance;

/// <summary>The prices by which a contract is reckoned, and its funding.</summary>
public sealed record BinanceMarkPrice
{
    /// <summary>Gets the exchange's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Gets the price by which margin, funding and liquidation are reckoned, in the quote asset.</summary>
    public required decimal MarkPrice { get; init; }

    /// <summary>Gets the average price of the spot markets behind the contract, in the quote asset.</summary>
    public required decimal IndexPrice { get; init; }

    /// <summary>Gets the estimate of the coming funding rate, or <see langword="null"/> if the contract has none.</summary>
    [JsonConverter(typeof(OptionalDecimalConverter))]
    public decimal? LastFundingRate { get; init; }

    /// <summary>Gets the UTC instant of the coming funding.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public DateTimeOffset NextFundingTime { get; init; }

    /// <summary>Gets the exchange's time of the prices, in UTC.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public required DateTimeOffset Time { get; init; }
}
