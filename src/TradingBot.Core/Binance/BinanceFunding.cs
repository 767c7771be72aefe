using System.Text.Json.Serialization;
using TradingBot.Binance.Protocol;

namespace TradingBot.Binance;

/// <summary>One settlement of funding.</summary>
public sealed record BinanceFunding
{
    /// <summary>Gets the exchange's name of the contract.</summary>
    public required string Symbol { get; init; }

    /// <summary>Gets the instant of the settlement in UTC, as the exchange gives it: some milliseconds past the hour.</summary>
    [JsonConverter(typeof(UnixTimeConverter))]
    public required DateTimeOffset FundingTime { get; init; }

    /// <summary>Gets the share of the notional: above 0 longs paid shorts, below 0 shorts paid longs.</summary>
    public required decimal FundingRate { get; init; }

    /// <summary>Gets the mark price at the settlement, in the quote asset; <see langword="null"/> on old ones.</summary>
    [JsonConverter(typeof(OptionalDecimalConverter))]
    public decimal? MarkPrice { get; init; }
}
