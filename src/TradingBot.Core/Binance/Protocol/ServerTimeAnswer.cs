using System.Text.Json.Serialization;

namespace TradingBot.Binance.Protocol;

internal sealed record ServerTimeAnswer
{
    [JsonConverter(typeof(UnixTimeConverter))]
    public required DateTimeOffset ServerTime { get; init; }
}
