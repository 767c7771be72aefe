using System.Text.Json.Serialization;

namespace TradingBot.Binance.Protocol;

internal sealed record AccountUpdateEvent
{
    [JsonPropertyName("T")]
    [JsonConverter(typeof(UnixTimeConverter))]
    public required DateTimeOffset Time { get; init; }

    [JsonPropertyName("a")]
    public required AccountBody Account { get; init; }

    internal sealed record AccountBody
    {
        [JsonPropertyName("m")]
        public required string Reason { get; init; }

        [JsonPropertyName("B")]
        public BalanceBody[]? Balances { get; init; }

        [JsonPropertyName("P")]
        public PositionBody[]? Positions { get; init; }
    }

    internal sealed record BalanceBody
    {
        [JsonPropertyName("a")]
        public required string Asset { get; init; }

        [JsonPropertyName("wb")]
        public required decimal WalletBalance { get; init; }

        [JsonPropertyName("bc")]
        public decimal Change { get; init; }
    }

    internal sealed record PositionBody
    {
        [JsonPropertyName("s")]
        public required string Symbol { get; init; }

        [JsonPropertyName("pa")]
        public required decimal Quantity { get; init; }

        [JsonPropertyName("ep")]
        public required decimal EntryPrice { get; init; }

        [JsonPropertyName("ps")]
        public required string PositionSide { get; init; }
    }
}
