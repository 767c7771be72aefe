using TradingBot.Trading;
using static System.FormattableString;

namespace TradingBot.Simulation;

/// <summary>Lets the orders and the position of a market meet its prices, in the order that <see cref="SimulatedExchange"/> documents.</summary>
internal sealed class MatchingEngine(SimulatedAccount account, SimulatedWallet wallet, SimulatedMarket[] markets, QuietWatch quiet)
{
    internal void TradeBar(SimulatedMarket market, long openTime, long closeTime, double open, double high, double low, double close)
    {
        TradePrice(market, Math.Max(openTime, market.Time), (decimal)open);
        quiet.Disturb();
        if (TradeInside(market, closeTime, open, high, low, close))
        {
            CloseBar(market, closeTime, close);
        }
        else
        {
            market.SetClose(close);
        }
    }

    /// <summary>Trades what lies between the open of a bar and its close.</summary>
    /// <returns><see langword="false"/> when nothing can happen in it but that the price moves; nothing was done then.</returns>
    internal bool TradeInside(SimulatedMarket market, long closeTime, double open, double high, double low, double close)
    {
        if (quiet.Of(market).Holds(closeTime, high, low))
        {
            return false;
        }

        // Of an instant inside the bar nothing is known but that it lies inside.
        var inside = closeTime - 1;
        var (first, highest, lowest, last) = ((decimal)open, (decimal)high, (decimal)low, (decimal)close);
        var atOpen = market.Position.Quantity;
        var fundingAhead = market.NextFunding <= inside;
        if (fundingAhead)
        {
            SettleInside(market, atOpen, first, inside, isPaid: true);
            LiquidateIfDue(market, inside);
        }

        Walk(market, highest, lowest, last, inside);
        if (fundingAhead)
        {
            SettleInside(market, StillHeld(atOpen, market.Position.Quantity), first, inside, isPaid: false);
            SkipFunding(market, inside);
        }

        quiet.Disturb();
        return true;
    }

    /// <summary>Trades the close of a bar, whose inside was traded.</summary>
    internal void CloseBar(SimulatedMarket market, long closeTime, double close)
    {
        market.SetPrice((decimal)close);
        LiquidateIfDue(market, closeTime - 1);
        quiet.Disturb();
    }

    /// <summary>Settles funding that is due and lets the orders that were waiting for a price meet it; what rests is left for later.</summary>
    internal void MeetArrivals(SimulatedMarket market, long time, decimal price)
    {
        while (market.NextFunding <= time)
        {
            if (market.Position.IsFlat)
            {
                SkipFunding(market, time);
                break;
            }

            wallet.PayFunding(market, market.Position.Quantity, price, market.NextFundingRate, market.NextFunding);
            SkipFunding(market, market.NextFunding);
        }

        market.SetPrice(price);
        while (market.Orders.Find(static order => order.IsArriving) is { } arriving)
        {
            Arrive(market, arriving, price, time);
        }
    }

    internal void TradePrice(SimulatedMarket market, long time, decimal price)
    {
        MeetArrivals(market, time, price);
        LiquidateIfDue(market, time);
        // Orders that the jump to this price has passed: what hurts first. A protective order that finds nothing to protect
        // waits for the entries that were passed as well.
        while (FirstPassed(market, price, OrderType.StopMarket, onlyWithEffect: true) is { } stop)
        {
            account.Take(market, stop, price, time);
        }

        while (FirstPassed(market, price, OrderType.Limit) is { } limit)
        {
            account.Make(market, limit, time);
        }

        while (FirstPassed(market, price, OrderType.StopMarket) is { } stop)
        {
            account.Take(market, stop, price, time);
        }

        while (FirstPassed(market, price, OrderType.TakeProfitMarket) is { } target)
        {
            account.Take(market, target, price, time);
        }

        LiquidateIfDue(market, time);
    }

    internal static void SkipFunding(SimulatedMarket market, long time)
    {
        market.NextFunding = market.Listing.Funding.NextAfter(time, out var rate);
        market.NextFundingRate = rate;
    }

    private static SimulatedOrder? FirstPassed(SimulatedMarket market, decimal price, OrderType type, bool onlyWithEffect = false)
    {
        foreach (var order in market.Orders)
        {
            if (order.Request.Type == type && order.IsReachedBy(price)
                && !(onlyWithEffect && order.OnlyReduces && !order.Opposes(market.Position.Quantity)))
            {
                return order;
            }
        }

        return null;
    }

    private static decimal StillHeld(decimal before, decimal after) =>
        Math.Sign(before) == Math.Sign(after) ? Math.Sign(before) * Math.Min(Math.Abs(before), Math.Abs(after)) : 0;

    private void Arrive(SimulatedMarket market, SimulatedOrder order, decimal price, long time)
    {
        order.IsArriving = false;
        if (order.Request.Type == OrderType.Market || order.IsReachedBy(price))
        {
            account.Take(market, order, price, time);
        }
        else if (order.Request.TimeInForce == TimeInForce.ImmediateOrCancel)
        {
            account.End(market, order, OrderStatus.Expired, time, null, Invariant($"Immediate-or-cancel {order.Request.Side} at {order.Level}: the market was at {price}."));
        }
    }

    // Payments inside a bar are charged on what is held after the open, receipts credited on what is left of it at the close.
    private void SettleInside(SimulatedMarket market, decimal quantity, decimal price, long until, bool isPaid)
    {
        var (next, rate) = (market.NextFunding, market.NextFundingRate);
        while (next <= until && quantity != 0)
        {
            if ((quantity * rate > 0) == isPaid)
            {
                wallet.PayFunding(market, quantity, price, rate, next);
            }

            next = market.Listing.Funding.NextAfter(next, out rate);
        }
    }

    private void Walk(SimulatedMarket market, decimal high, decimal low, decimal close, long time)
    {
        var path = new BarPath(account, wallet, this, market, time);
        if (GoesDownFirst(market, high, low))
        {
            path.GoDown(low);
            path.GoUp(high);
        }
        else
        {
            path.GoUp(high);
            path.GoDown(low);
        }

        if (close > market.Price)
        {
            path.GoUp(close);
        }
        else
        {
            path.GoDown(close);
        }
    }

    // A position meets its adverse extreme first. Flat, the nearest entry decides: stop entries before limit entries.
    private static bool GoesDownFirst(SimulatedMarket market, decimal high, decimal low)
    {
        if (!market.Position.IsFlat)
        {
            return market.Position.IsLong;
        }

        SimulatedOrder? nearest = null;
        foreach (var order in market.Orders)
        {
            if (!order.OnlyReduces && order.IsReachedBy(order.IsAbove ? high : low) && (nearest is null || IsNearer(order, nearest, market.Price)))
            {
                nearest = order;
            }
        }

        return nearest is not { IsAbove: true };
    }

    private static bool IsNearer(SimulatedOrder order, SimulatedOrder other, decimal price)
    {
        var (isStop, otherIsStop) = (order.Request.Type == OrderType.StopMarket, other.Request.Type == OrderType.StopMarket);
        return isStop == otherIsStop ? Math.Abs(order.Level - price) < Math.Abs(other.Level - price) : isStop;
    }

    internal void LiquidateIfDue(SimulatedMarket market, long time)
    {
        if (wallet.LiquidationPrice(market) is { } price && (market.Position.IsLong ? market.Price <= price : market.Price >= price))
        {
            Liquidate(market, market.Price, time);
        }
    }

    /// <summary>Liquidates a position and, in cross mode, every other one that can no longer be carried.</summary>
    internal void Liquidate(SimulatedMarket market, decimal price, long time)
    {
        var wasCross = !market.IsIsolated;
        account.Liquidate(market, price, time);
        for (var i = 0; wasCross && i < markets.Length; i++)
        {
            if (!markets[i].IsIsolated)
            {
                LiquidateIfDue(markets[i], Math.Max(time, markets[i].Time));
            }
        }
    }
}
