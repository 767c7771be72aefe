using System.Text.Json.Serialization;

namespace TradingBot.Binance.Protocol;

internal sealed record AlgoUpdateEvent
{
    [JsonPropertyName("T")]
    [JsonConverter(typeof(UnixTimeConverter))]
    public required DateTimeOffset Time { get; init; }

    [JsonPropertyName("o")]
    public required AlgoBody Order { get; init; }

    internal sealed record AlgoBody
    {
        [JsonPropertyName("caid")]
        public required string ClientAlgoId { get; init; }

        [JsonPropertyName("aid")]
        public required long AlgoId { get; init; }

        [JsonPropertyName("o")]
        public required string Type { get; init; }

        [JsonPropertyName("s")]
        public required string Symbol { get; init; }

        [JsonPropertyName("S")]
        public required string Side { get; init; }

        [JsonPropertyName("q")]
        [JsonConverter(typeof(OptionalDecimalConverter))]
        public decimal? Quantity { get; init; }

        [JsonPropertyName("X")]
        public required string AlgoStatus { get; init; }

        [JsonPropertyName("ai")]
        public string? ActualOrderId { get; init; }

        [JsonPropertyName("ap")]
        [JsonConverter(typeof(OptionalDecimalConverter))]
        public decimal? ActualPrice { get; init; }

        [JsonPropertyName("aq")]
        [JsonConverter(typeof(OptionalDecimalConverter))]
        public decimal? ActualQuantity { get; init; }

        [JsonPropertyName("tp")]
        [JsonConverter(typeof(OptionalDecimalConverter))]
        public decimal? TriggerPrice { get; init; }

        [JsonPropertyName("cp")]
        public bool ClosePosition { get; init; }

        [JsonPropertyName("R")]
        public bool ReduceOnly { get; init; }

        [JsonPropertyName("rm")]
        public string? Reason { get; init; }
    }
}
