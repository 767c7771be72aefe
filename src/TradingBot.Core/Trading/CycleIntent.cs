using TradingBot.Market;
using TradingBot.Strategies;

namespace TradingBot.Trading;

/// <summary>What was decided on a bar, written down before the first order of it: a bar is decided once, however often its cycle runs.</summary>
public sealed record CycleIntent
{
    /// <summary>Gets the open time of the bar that was decided.</summary>
    public required DateTimeOffset BarOpenTime { get; init; }

    /// <summary>Gets what was decided.</summary>
    public DecisionAction Action { get; init; }

    /// <summary>Gets why, or <see langword="null"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the quantity of the order that closes what was held: above 0 a buy, below 0 a sell, 0 for none.</summary>
    public decimal ExitQuantity { get; init; }

    /// <summary>Gets the quantity of the order that opens a position: above 0 a buy, below 0 a sell, 0 for none.</summary>
    public decimal EntryQuantity { get; init; }

    /// <summary>Gets the price of a limit entry, or <see langword="null"/> for a market order.</summary>
    public decimal? EntryPrice { get; init; }

    /// <summary>Gets a value indicating whether orders follow from the decision.</summary>
    internal bool HasOrders => ExitQuantity != 0 || EntryQuantity != 0;

    internal static CycleIntent Of(DateTimeOffset barOpenTime, in TradePlan plan) => new()
    {
        BarOpenTime = barOpenTime,
        Action = plan.Decision.Action,
        Reason = plan.Decision.Reason,
        ExitQuantity = Signed(plan.Exit),
        EntryQuantity = Signed(plan.Entry),
        EntryPrice = plan.Entry?.Price,
    };

    /// <summary>Makes the plan again that the intent was written from.</summary>
    internal TradePlan ToPlan(ClientOrderIds ids, Symbol symbol, in RiskState risk) => new()
    {
        Decision = new Decision(Action, Reason) { LimitPrice = EntryPrice },
        Risk = risk,
        Exit = ExitQuantity == 0 ? null : Order(ids, symbol, OrderLeg.Exit, ExitQuantity, null) with { ReduceOnly = true },
        Entry = EntryQuantity == 0 ? null : Order(ids, symbol, OrderLeg.Entry, EntryQuantity, EntryPrice),
    };

    private static decimal Signed(OrderRequest? order) => order is null ? 0 : order.Side == Side.Buy ? order.Quantity : -order.Quantity;

    private OrderRequest Order(ClientOrderIds ids, Symbol symbol, OrderLeg leg, decimal quantity, decimal? price) => new()
    {
        Symbol = symbol,
        Side = quantity > 0 ? Side.Buy : Side.Sell,
        Type = price is null ? OrderType.Market : OrderType.Limit,
        ClientOrderId = ids.For(BarOpenTime, leg),
        Quantity = Math.Abs(quantity),
        Price = price,
    };
}
