using System.Text.Json.Serialization;

namespace TradingBot.Binance.Protocol;

internal sealed record KlineEvent
{
    [JsonPropertyName("k")]
    public required KlineBody Kline { get; init; }

    internal sealed record KlineBody
    {
        [JsonPropertyName("t")]
        public required long OpenTime { get; init; }

        [JsonPropertyName("s")]
        public required string Symbol { get; init; }

        [JsonPropertyName("i")]
        public required string Interval { get; init; }

        [JsonPropertyName("o")]
        public required double Open { get; init; }

        [JsonPropertyName("h")]
        public required double High { get; init; }

        [JsonPropertyName("l")]
        public required double Low { get; init; }

        [JsonPropertyName("c")]
        public required double Close { get; init; }

        [JsonPropertyName("v")]
        public required double Volume { get; init; }

        [JsonPropertyName("x")]
        public required bool IsClosed { get; init; }
    }
}
