using TradingBot.Trading;

namespace TradingBot.FakeBinance.Venue;

/// <summary>A checked request for an order: what the simulated exchange is told, and what only the protocol knows.</summary>
internal sealed record OrderTicket(OrderRequest Request)
{
    internal required string Type { get; init; }

    internal required string TimeInForce { get; init; }

    internal string WorkingType { get; init; } = "CONTRACT_PRICE";

    internal string SelfTradePrevention { get; init; } = "EXPIRE_MAKER";

    internal long GoodTillDate { get; init; }

    internal bool PriceProtect { get; init; }

    internal bool WantsResult { get; init; }
}
