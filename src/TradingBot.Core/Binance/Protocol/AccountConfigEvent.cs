using System.Text.Json.Serialization;

namespace TradingBot.Binance.Protocol;

internal sealed record AccountConfigEvent
{
    [JsonPropertyName("T")]
    [JsonConverter(typeof(UnixTimeConverter))]
    public required DateTimeOffset Time { get; init; }

    [JsonPropertyName("ac")]
    public LeverageBody? Leverage { get; init; }

    internal sealed record LeverageBody
    {
        [JsonPropertyName("s")]
        public required string Symbol { get; init; }

        [JsonPropertyName("l")]
        public required int Leverage { get; init; }
    }
}
