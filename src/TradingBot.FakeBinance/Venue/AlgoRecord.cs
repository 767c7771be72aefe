using TradingBot.Market;

namespace TradingBot.FakeBinance.Venue;

/// <summary>A conditional order as the exchange shows it.</summary>
internal sealed class AlgoRecord
{
    internal required long AlgoId { get; init; }

    internal required string ClientAlgoId { get; init; }

    internal required Side Side { get; init; }

    internal required string Type { get; init; }

    internal required string TimeInForce { get; init; }

    internal required decimal Quantity { get; init; }

    internal required decimal TriggerPrice { get; init; }

    internal required string WorkingType { get; init; }

    internal bool ReduceOnly { get; init; }

    internal bool ClosePosition { get; init; }

    internal bool PriceProtect { get; init; }

    internal string SelfTradePrevention { get; init; } = "EXPIRE_MAKER";

    internal string? ExchangeOrderId { get; set; }

    internal string Status { get; set; } = "NEW";

    internal OrderRecord? Actual { get; set; }

    internal string RejectReason { get; set; } = "";

    internal long CreateTime { get; init; }

    internal long UpdateTime { get; set; }

    internal long TriggerTime { get; set; }

    internal bool IsOpen => Status == "NEW";
}
