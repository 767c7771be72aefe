using System.Text.Json.Serialization;

namespace TradingBot.Binance.Protocol;

internal sealed record MarginCallEvent
{
    [JsonPropertyName("E")]
    [JsonConverter(typeof(UnixTimeConverter))]
    public required DateTimeOffset Time { get; init; }

    [JsonPropertyName("p")]
    public required EndangeredBody[] Positions { get; init; }

    internal sealed record EndangeredBody
    {
        [JsonPropertyName("s")]
        public required string Symbol { get; init; }

        [JsonPropertyName("pa")]
        public required decimal Quantity { get; init; }

        [JsonPropertyName("mp")]
        public required decimal MarkPrice { get; init; }

        [JsonPropertyName("up")]
        public required decimal UnrealizedProfit { get; init; }

        [JsonPropertyName("mm")]
        public required decimal MaintenanceMargin { get; init; }
    }
}
