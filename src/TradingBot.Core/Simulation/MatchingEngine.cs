using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>Lets the orders and the position of a market meet its prices, in the order that <see cref="SimulatedExchange"/> documents.</summary>
internal sealed class MatchingEngine(SimulatedAccount account, SimulatedWallet wallet, SimulatedMarket[] markets, QuietWatch quiet, IntrabarPath intrabarPath)
{
    /// <summary>Gets the order in which prices inside a bar are taken to have come.</summary>
    internal IntrabarPath IntrabarPath => intrabarPath;

    /// <summary>Gets the number of bars so far in which the order of prices could matter.</summary>
    internal int AmbiguousBars { get; private set; }

    internal void TradeBar(SimulatedMarket market, long openTime, long closeTime, double open, double high, double low, double close)
    {
        TradePrice(market, Math.Max(openTime, market.Time), PriceConversion.ToDecimal(open));
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
            market.IsInDoubtIfLiquidated = false;
            return false;
        }

        // Of an instant inside the bar nothing is known but that it lies inside.
        var inside = closeTime - 1;
        var first = (decimal)open;
        var atOpen = market.Held;
        // What the path does not take first it takes last.
        var paysFirst = intrabarPath == IntrabarPath.Conservative;
        var fundingAhead = market.NextFunding <= inside;
        var hasActed = false;
        if (fundingAhead)
        {
            SettleInside(market, atOpen, first, inside, isPaid: paysFirst);
            hasActed = LiquidateIfDue(market, inside);
        }

        var path = new BarPath(account, wallet, this, market, (decimal)high, (decimal)low, (decimal)close, inside);
        path.Walk();
        var isFunded = false;
        if (fundingAhead)
        {
            isFunded = (atOpen != 0 || path.HasEntered) && HasFunding(market, inside);
            SettleInside(market, StillHeld(atOpen, market.Held), first, inside, isPaid: !paysFirst);
            SkipFunding(market, inside);
        }

        hasActed |= path.HasActed;
        var isInDoubt = path.IsInDoubt || (hasActed && isFunded);
        AmbiguousBars += isInDoubt ? 1 : 0;
        market.IsInDoubtIfLiquidated = isFunded && !isInDoubt;
        return true;
    }

    /// <summary>Trades the close of a bar, whose inside was traded.</summary>
    internal void CloseBar(SimulatedMarket market, long closeTime, double close)
    {
        market.SetPrice((decimal)close);
        if (LiquidateIfDue(market, closeTime - 1) && market.IsInDoubtIfLiquidated)
        {
            AmbiguousBars++;
        }

        quiet.Disturb();
    }

    /// <summary>Settles the funding due inside a bar on what was opened inside it, which may have been before or after.</summary>
    internal void SettleEntry(SimulatedMarket market, FastDecimal opened, FastDecimal price, long until) =>
        SettleInside(market, opened, price, until, isPaid: intrabarPath == IntrabarPath.Conservative);

    /// <summary>Settles funding that is due and lets the orders that were waiting for a price meet it; what rests is left for later.</summary>
    internal void MeetArrivals(SimulatedMarket market, long time, FastDecimal price)
    {
        while (market.NextFunding <= time)
        {
            if (market.Position.IsFlat)
            {
                SkipFunding(market, time);
                break;
            }

            wallet.PayFunding(market, market.Held, price, market.NextFundingRate, market.NextFunding);
            SkipFunding(market, market.NextFunding);
        }

        market.SetPrice(price);
        while (market.Orders.Find(static order => order.IsArriving) is { } arriving)
        {
            Arrive(market, arriving, price, time);
        }
    }

    internal void TradePrice(SimulatedMarket market, long time, FastDecimal price)
    {
        MeetArrivals(market, time, price);
        LiquidateIfDue(market, time);
        if (market.Orders.Count == 0)
        {
            return;
        }

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

    private static SimulatedOrder? FirstPassed(SimulatedMarket market, FastDecimal price, OrderType type, bool onlyWithEffect = false)
    {
        foreach (var order in market.Orders)
        {
            if (order.Request.Type == type && order.IsReachedBy(price)
                && !(onlyWithEffect && order.OnlyReduces && !order.Opposes(market.Held)))
            {
                return order;
            }
        }

        return null;
    }

    private static FastDecimal StillHeld(FastDecimal before, FastDecimal after) =>
        before.Sign == after.Sign ? before.Sign * FastDecimal.Min(FastDecimal.Abs(before), FastDecimal.Abs(after)) : 0;

    private void Arrive(SimulatedMarket market, SimulatedOrder order, FastDecimal price, long time)
    {
        order.IsArriving = false;
        if (order.Request.Type == OrderType.Market || order.IsReachedBy(price))
        {
            account.Take(market, order, price, time);
        }
        else if (order.Request.TimeInForce == TimeInForce.ImmediateOrCancel)
        {
            account.End(market, order, OrderStatus.Expired, time, OrderRefusal.NotAtOnce(order, price));
        }
    }

    private static bool HasFunding(SimulatedMarket market, long until)
    {
        var (next, rate) = (market.NextFunding, market.NextFundingRate);
        while (next <= until && rate == 0)
        {
            next = market.Listing.Funding.NextAfter(next, out rate);
        }

        return next <= until;
    }

    // Conservatively, payments inside a bar are charged on what is held after the open and on what is opened inside the bar, and receipts credited on
    // what is left at the close of what was held after the open. Optimistically it is the other way round.
    private void SettleInside(SimulatedMarket market, FastDecimal quantity, FastDecimal price, long until, bool isPaid)
    {
        var (next, rate) = (market.NextFunding, market.NextFundingRate);
        while (next <= until && !quantity.IsZero)
        {
            if ((quantity * rate > 0) == isPaid)
            {
                wallet.PayFunding(market, quantity, price, rate, next);
            }

            next = market.Listing.Funding.NextAfter(next, out rate);
        }
    }

    /// <returns><see langword="true"/> when the position was liquidated.</returns>
    internal bool LiquidateIfDue(SimulatedMarket market, long time)
    {
        if (IsNearLiquidation(market) && wallet.LiquidationPrice(market) is { } price && (market.Position.IsLong ? market.Price <= price : market.Price >= price))
        {
            Liquidate(market, market.Price, time);
            return true;
        }

        return false;
    }

    private bool IsNearLiquidation(SimulatedMarket market) =>
        wallet.LiquidationBound(market) is { } bound && (market.Position.IsLong ? (double)market.Price <= bound : (double)market.Price >= bound);

    /// <summary>Liquidates a position and, in cross mode, every other one that can no longer be carried.</summary>
    internal void Liquidate(SimulatedMarket market, FastDecimal price, long time)
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
