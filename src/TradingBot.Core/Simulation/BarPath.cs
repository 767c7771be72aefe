using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>Moves the price of a market through a bar after its open and carries out what it meets, one level after the other.</summary>
internal struct BarPath(SimulatedAccount account, SimulatedWallet wallet, MatchingEngine engine, SimulatedMarket market, FastDecimal high, FastDecimal low, FastDecimal close, long time)
{
    private readonly bool _isOptimistic = engine.IntrabarPath == IntrabarPath.Optimistic;
    private bool _isInDoubt = IsReachedOnBothSides(market, wallet, high, low);

    /// <summary>Gets a value indicating whether an order was met, or the position liquidated.</summary>
    internal bool HasActed { get; private set; }

    /// <summary>Gets a value indicating whether a position was opened, enlarged or turned.</summary>
    internal bool HasEntered { get; private set; }

    /// <summary>Gets a value indicating whether another order of the same prices could have led to another result; rather too often than too seldom.</summary>
    internal readonly bool IsInDoubt => HasActed && _isInDoubt;

    /// <summary>Goes to both extremes and then to the close.</summary>
    internal void Walk()
    {
        var (isHighAhead, isLowAhead) = (true, true);
        while (isHighAhead || isLowAhead)
        {
            var isUp = !isLowAhead || (isHighAhead && GoesUpFirst());
            if (Go(isUp ? high : low, isUp, stopsAtOrders: _isOptimistic))
            {
                (isHighAhead, isLowAhead) = (isHighAhead && !isUp, isLowAhead && isUp);
            }
        }

        Go(close, isUp: close > market.Price, stopsAtOrders: false);
    }

    // Orders and liquidations on one side alone are met in one order, however the price moves: that of their levels.
    private static bool IsReachedOnBothSides(SimulatedMarket market, SimulatedWallet wallet, FastDecimal high, FastDecimal low)
    {
        var (above, below) = (false, false);
        if (wallet.LiquidationPrice(market) is { } price)
        {
            (above, below) = market.Position.IsShort ? (price <= high, false) : (false, price >= low);
        }

        foreach (var order in market.Orders)
        {
            above |= order.IsAbove && order.IsReachedBy(high);
            below |= !order.IsAbove && order.IsReachedBy(low);
        }

        return above && below;
    }

    // A position meets its adverse extreme first, or its favourable one. Flat, the nearest entry decides, stop entries before limit
    // entries: a stop entry at an extreme that comes early leaves the adverse move for later, a limit entry the favourable one.
    private readonly bool GoesUpFirst()
    {
        if (!market.Position.IsFlat)
        {
            return market.Position.IsLong == _isOptimistic;
        }

        SimulatedOrder? nearest = null;
        foreach (var order in market.Orders)
        {
            if (!order.OnlyReduces && order.IsReachedBy(order.IsAbove ? high : low) && (nearest is null || IsNearer(order, nearest, market.Price)))
            {
                nearest = order;
            }
        }

        var goesAway = _isOptimistic && nearest is { Request.Type: OrderType.StopMarket };
        return nearest is not null && nearest.IsAbove != goesAway;
    }

    private static bool IsNearer(SimulatedOrder order, SimulatedOrder other, FastDecimal price)
    {
        var (isStop, otherIsStop) = (order.Request.Type == OrderType.StopMarket, other.Request.Type == OrderType.StopMarket);
        return isStop == otherIsStop ? FastDecimal.Abs(order.Level - price) < FastDecimal.Abs(other.Level - price) : isStop;
    }

    /// <returns><see langword="false"/> when it stopped on the way.</returns>
    private bool Go(FastDecimal to, bool isUp, bool stopsAtOrders)
    {
        while (true)
        {
            var next = NextOrder(to, isUp);
            var liquidation = NextLiquidation(to, isUp);
            if (liquidation is { } price && (next is null || !IsCloser(next.Level, price, isUp)))
            {
                HasActed = true;
                market.SetPrice(price);
                engine.Liquidate(market, price, time);
            }
            else if (next is not null)
            {
                Meet(next, isUp);
            }
            else
            {
                market.SetPrice(to);
                return true;
            }

            if (stopsAtOrders)
            {
                return false;
            }
        }
    }

    private void Meet(SimulatedOrder order, bool isUp)
    {
        var before = market.Held;
        HasActed = true;
        market.SetPrice(order.Level);
        if (order.IsConditional)
        {
            account.Take(market, order, order.Level, time);
        }
        else
        {
            account.Make(market, order, time);
        }

        var after = market.Held;
        if (after == before)
        {
            return;
        }

        var opened = after.Sign == -before.Sign ? after : after - before;
        if (!after.IsZero && opened.Sign == after.Sign)
        {
            HasEntered = true;
            engine.SettleEntry(market, opened, order.Level, time);
        }

        // Nothing says whether the price that liquidates came before the order or after it.
        _isInDoubt |= wallet.LiquidationPrice(market) is { } price && (market.Position.IsLong ? isUp && price >= low : !isUp && price <= high);
    }

    private SimulatedOrder? NextOrder(FastDecimal to, bool isUp)
    {
        SimulatedOrder? next = null;
        foreach (var order in market.Orders)
        {
            if (order.IsAbove != isUp || !order.IsReachedBy(to) || !IsAhead(order.Level, isUp))
            {
                continue;
            }

            if (IsTooGood(order))
            {
                _isInDoubt = true;
            }
            else if (next is null || ComesBefore(order, next, isUp))
            {
                next = order;
            }
        }

        return next;
    }

    private readonly FastDecimal? NextLiquidation(FastDecimal to, bool isUp) =>
        market.Position.IsShort == isUp && wallet.LiquidationPrice(market) is { } price
            && (isUp ? price <= to : price >= to)
            // Already past it: it happens where the price is.
            ? isUp ? FastDecimal.Max(price, market.Price) : FastDecimal.Min(price, market.Price)
            : null;

    private readonly bool IsAhead(FastDecimal level, bool isUp) => isUp ? level >= market.Price : level <= market.Price;

    // Once a position was opened inside the bar, nothing says that a favourable price came after the entry, unless the close lies beyond it.
    private readonly bool IsTooGood(SimulatedOrder order) =>
        HasEntered && !_isOptimistic && order.Request.Type != OrderType.StopMarket && order.Opposes(market.Held) && !order.IsReachedBy(close);

    // On one level a stop comes before a take-profit or limit order, and otherwise the earlier order before the later.
    private static bool ComesBefore(SimulatedOrder order, SimulatedOrder other, bool isUp) =>
        order.Level == other.Level
            ? order.Request.Type == OrderType.StopMarket && other.Request.Type != OrderType.StopMarket
            : IsCloser(order.Level, other.Level, isUp);

    private static bool IsCloser(FastDecimal level, FastDecimal other, bool isUp) => isUp ? level < other : level > other;
}
