using TradingBot.Market;
using TradingBot.Trading;
using static System.FormattableString;

namespace TradingBot.Simulation;

/// <summary>Why an order is not accepted or, later, not filled. The texts are made here, away from the rules, which nearly every order meets.</summary>
/// <param name="Reason">The reason, or <see langword="null"/> for an end that is nobody's fault.</param>
/// <param name="Message">What was expected and what was found.</param>
internal sealed record OrderRefusal(RejectReason? Reason, string Message)
{
    public static OrderRefusal Liquidated { get; } = new(null, "The position was liquidated.");

    public static OrderRefusal NotListed(Symbol symbol) => new(RejectReason.Symbol, Invariant($"The symbol {symbol} is not listed."));

    public static OrderRefusal Id(string? id, int longest) =>
        Invalid(Invariant($"Client order id '{id}' is not valid: expected 1 to {longest} of the characters A-Z a-z 0-9 . : / _ -"));

    public static OrderRefusal DuplicateId(OrderRequest order) =>
        new(RejectReason.DuplicateClientOrderId, Invariant($"An open order already has the client order id '{order.ClientOrderId}'."));

    public static OrderRefusal Parts(OrderRequest order) =>
        Invalid(Invariant($"Unknown type {order.Type}, side {order.Side} or time in force {order.TimeInForce}."));

    public static OrderRefusal PriceGiven(OrderRequest order) => Invalid(Invariant($"A {order.Type} order {(order.Price.HasValue ? "takes no" : "needs a")} price."));

    public static OrderRefusal TriggerGiven(OrderRequest order) => Invalid(Invariant($"A {order.Type} order {(order.TriggerPrice.HasValue ? "takes no" : "needs a")} trigger price."));

    public static OrderRefusal TimeInForceGiven(OrderRequest order) => Invalid(Invariant($"A {order.Type} order takes no time in force, found {order.TimeInForce}."));

    public static OrderRefusal CannotClosePosition(OrderRequest order) =>
        Invalid(Invariant($"Only stop and take-profit orders can close the position, not a {order.Type} order."));

    public static OrderRefusal QuantityGiven(OrderRequest order) => Invalid(Invariant($"A close-position order takes no quantity, found {order.Quantity}."));

    public static OrderRefusal ReduceOnlyGiven() => Invalid("A close-position order takes no reduce-only flag; it only ever reduces.");

    public static OrderRefusal Price(decimal price) => new(RejectReason.Price, Invariant($"Price {price} must be above 0."));

    public static OrderRefusal Tick(decimal price, decimal tick) => new(RejectReason.Price, Invariant($"Price {price} is not a multiple of the tick size {tick}."));

    public static OrderRefusal Quantity(OrderRequest order) => new(RejectReason.Quantity, Invariant($"Quantity {order.Quantity} must be above 0."));

    public static OrderRefusal BelowMinQuantity(OrderRequest order, decimal least) =>
        new(RejectReason.Quantity, Invariant($"Quantity {order.Quantity} is below the minimum quantity {least}."));

    public static OrderRefusal AboveMaxQuantity(OrderRequest order, decimal most) =>
        new(RejectReason.Quantity, Invariant($"Quantity {order.Quantity} is above the maximum quantity {most} of a {order.Type} order."));

    public static OrderRefusal Step(OrderRequest order, decimal step) =>
        new(RejectReason.Quantity, Invariant($"Quantity {order.Quantity} is not a multiple of the step size {step}."));

    public static OrderRefusal BelowMinNotional(OrderRequest order, FastDecimal price, decimal least) =>
        new(RejectReason.MinNotional, Invariant($"Notional value {price * order.Quantity} ({order.Quantity} at {price}) is below the minimum notional {least}."));

    public static OrderRefusal TooManyConditional(int most) =>
        new(RejectReason.PositionLimit, Invariant($"There are {most} open conditional orders, the most that are allowed."));

    public static OrderRefusal TooManyOpen(int most, Symbol symbol) =>
        new(RejectReason.PositionLimit, Invariant($"There are {most} open orders in {symbol}, the most that are allowed."));

    public static OrderRefusal PostOnly(OrderRequest order, FastDecimal market) =>
        new(RejectReason.PostOnly, Invariant($"A post-only {order.Side} at {order.Price} would take from the market at {market}."));

    public static OrderRefusal WouldTrigger(OrderRequest order, FastDecimal market) =>
        new(RejectReason.WouldTrigger, Invariant($"A {order.Side} {order.Type} order at {order.TriggerPrice} would trigger at once at {market}."));

    public static OrderRefusal TooLarge(FastDecimal notional, FastDecimal most, int leverage) =>
        new(RejectReason.PositionLimit, Invariant($"The position's notional value of {notional:0.########} would exceed {most}, the most at leverage {leverage}."));

    public static OrderRefusal InsufficientMargin(FastDecimal needed, FastDecimal price, FastDecimal free) =>
        new(RejectReason.InsufficientMargin, Invariant($"Margin is insufficient: {needed:0.########} needed at {price:0.########}, {FastDecimal.Max(0, free):0.########} available."));

    public static OrderRefusal NothingToReduce(Side side, FastDecimal position) =>
        new(RejectReason.ReduceOnly, Invariant($"Reduce-only {side}: a position of {position} leaves nothing to reduce."));

    public static OrderRefusal ReducedInPart(FastDecimal filled, FastDecimal wanted) =>
        new(RejectReason.ReduceOnly, Invariant($"Reduce-only: {filled} of {wanted} filled, the position was no larger."));

    public static OrderRefusal NotAtOnce(SimulatedOrder order, FastDecimal market) =>
        new(null, Invariant($"Immediate-or-cancel {order.Request.Side} at {order.Level}: the market was at {market}."));

    private static OrderRefusal Invalid(string message) => new(RejectReason.InvalidOrder, message);
}
