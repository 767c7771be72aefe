using System.Text.Json.Serialization;

namespace TradingBot.Binance.Protocol;

internal sealed record OrderTradeEvent
{
    [JsonPropertyName("T")]
    [JsonConverter(typeof(UnixTimeConverter))]
    public required DateTimeOffset Time { get; init; }

    [JsonPropertyName("o")]
    public required OrderBody Order { get; init; }

    internal sealed record OrderBody
    {
        [JsonPropertyName("s")]
        public required string Symbol { get; init; }

        [JsonPropertyName("c")]
        public required string ClientOrderId { get; init; }

        [JsonPropertyName("i")]
        public required long OrderId { get; init; }

        [JsonPropertyName("S")]
        public required string Side { get; init; }

        [JsonPropertyName("o")]
        public required string Type { get; init; }

        [JsonPropertyName("f")]
        public string? TimeInForce { get; init; }

        [JsonPropertyName("q")]
        public required decimal Quantity { get; init; }

        [JsonPropertyName("p")]
        public decimal Price { get; init; }

        [JsonPropertyName("ap")]
        public decimal AveragePrice { get; init; }

        [JsonPropertyName("sp")]
        public decimal StopPrice { get; init; }

        [JsonPropertyName("x")]
        public required string ExecutionType { get; init; }

        [JsonPropertyName("X")]
        public required string Status { get; init; }

        [JsonPropertyName("l")]
        public decimal LastQuantity { get; init; }

        [JsonPropertyName("L")]
        public decimal LastPrice { get; init; }

        [JsonPropertyName("z")]
        public required decimal FilledQuantity { get; init; }

        [JsonPropertyName("N")]
        public string? CommissionAsset { get; init; }

        [JsonPropertyName("n")]
        [JsonConverter(typeof(OptionalDecimalConverter))]
        public decimal? Commission { get; init; }

        [JsonPropertyName("t")]
        public long TradeId { get; init; }

        [JsonPropertyName("m")]
        public bool IsMaker { get; init; }

        [JsonPropertyName("R")]
        public bool ReduceOnly { get; init; }

        [JsonPropertyName("cp")]
        public bool ClosePosition { get; init; }

        [JsonPropertyName("rp")]
        public decimal RealizedProfit { get; init; }
    }
}
