using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>Moves the price of a market through a bar and carries out what it meets, one level after the other.</summary>
internal struct BarPath(SimulatedAccount account, SimulatedWallet wallet, MatchingEngine engine, SimulatedMarket market, long time)
{
    // Once a position was opened inside the bar, nothing says that a favourable price came after the entry.
    private bool _hasEntered;

    internal void GoDown(decimal to) => Go(to, isUp: false);

    internal void GoUp(decimal to) => Go(to, isUp: true);

    private void Go(decimal to, bool isUp)
    {
        while (true)
        {
            var next = NextOrder(to, isUp);
            var liquidation = NextLiquidation(to, isUp);
            if (liquidation is { } price && (next is null || !IsCloser(next.Level, price, isUp)))
            {
                market.SetPrice(price);
                engine.Liquidate(market, price, time);
            }
            else if (next is not null)
            {
                Meet(next);
            }
            else
            {
                market.SetPrice(to);
                return;
            }
        }
    }

    private void Meet(SimulatedOrder order)
    {
        var before = market.Position.Quantity;
        market.SetPrice(order.Level);
        if (order.IsConditional)
        {
            account.Take(market, order, order.Level, time);
        }
        else
        {
            account.Make(market, order, time);
        }

        var after = market.Position.Quantity;
        _hasEntered |= Math.Abs(after) > Math.Abs(before) || (after != 0 && Math.Sign(after) != Math.Sign(before));
    }

    private readonly SimulatedOrder? NextOrder(decimal to, bool isUp)
    {
        SimulatedOrder? next = null;
        foreach (var order in market.Orders)
        {
            if (order.IsAbove == isUp && order.IsReachedBy(to) && !IsTooGood(order) && IsAhead(order.Level, isUp) && (next is null || ComesBefore(order, next, isUp)))
            {
                next = order;
            }
        }

        return next;
    }

    private readonly decimal? NextLiquidation(decimal to, bool isUp) =>
        market.Position.IsShort == isUp && wallet.LiquidationPrice(market) is { } price
            && (isUp ? price <= to : price >= to)
            // Already past it: it happens where the price is.
            ? isUp ? Math.Max(price, market.Price) : Math.Min(price, market.Price)
            : null;

    private readonly bool IsAhead(decimal level, bool isUp) => isUp ? level >= market.Price : level <= market.Price;

    private readonly bool IsTooGood(SimulatedOrder order) =>
        _hasEntered && order.Request.Type != OrderType.StopMarket && order.Opposes(market.Position.Quantity);

    // On one level a stop comes before a take-profit or limit order, and otherwise the earlier order before the later.
    private static bool ComesBefore(SimulatedOrder order, SimulatedOrder other, bool isUp) =>
        order.Level == other.Level
            ? order.Request.Type == OrderType.StopMarket && other.Request.Type != OrderType.StopMarket
            : IsCloser(order.Level, other.Level, isUp);

    private static bool IsCloser(decimal level, decimal other, bool isUp) => isUp ? level < other : level > other;
}
