using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>The orders, fills and positions of the one account: what a fill or a liquidation does to them.</summary>
internal sealed class SimulatedAccount
{
    private const int EntryPriceDecimals = 10;
    private readonly SimulatedExchangeOptions _options;
    private readonly SimulatedWallet _wallet;
    private readonly SimulatedMarket[] _markets;
    private readonly FillLog _fills;
    private readonly OrderHistory _history = new();

    // Orders that filled and are forgotten, to be made into the next ones. Whoever let one fill may read on in it: it stays as it ended until an order is
    // accepted, and none is while prices are met. Nobody keeps an order for longer, but the lists of open and of remembered ones, in which these are not.
    private readonly Stack<SimulatedOrder> _spares = new();
    private long _nextOrderId;

    internal SimulatedAccount(SimulatedExchangeOptions options, SimulatedMarket[] markets, SimulatedWallet wallet, FillLog fills) =>
        (_options, _markets, _wallet, _fills) = (options, markets, wallet, fills);

    internal IAccountObserver? Observer { get; set; }

    internal FillLog Fills => _fills;

    internal int ConditionalOrders
    {
        get
        {
            var count = 0;
            foreach (var market in _markets)
            {
                foreach (var order in market.Orders)
                {
                    count += order.IsConditional ? 1 : 0;
                }
            }

            return count;
        }
    }

    internal SimulatedOrder Accept(SimulatedMarket market, OrderRequest request, OrderTerms terms, string? note, long time)
    {
        var id = ++_nextOrderId;
        if (_spares.TryPop(out var order))
        {
            order.Begin(request, id, terms, note, time);
        }
        else
        {
            order = new SimulatedOrder(request, id, terms, note, time);
        }

        market.Add(order);
        Observer?.OrderChanged(order);
        return order;
    }

    internal void End(SimulatedMarket market, SimulatedOrder order, OrderStatus status, long time, OrderRefusal? refusal = null)
    {
        market.Remove(order);
        order.End(status, time, refusal);
        if (order.FilledQuantity.IsZero)
        {
            market.Remember(order);
            _history.Retire(market, order);
        }
        else if (!_options.ForgetsFilledOrders)
        {
            market.Remember(order);
        }
        else
        {
            _spares.Push(order);
        }

        Observer?.OrderChanged(order);
    }

    /// <summary>Fills an order at a price that takes what the market offers.</summary>
    /// <param name="market">The market.</param>
    /// <param name="order">An open order.</param>
    /// <param name="price">The market's price, before slippage.</param>
    /// <param name="time">When, in milliseconds since 1970-01-01 UTC.</param>
    internal void Take(SimulatedMarket market, SimulatedOrder order, FastDecimal price, long time)
    {
        var side = order.Request.Side;
        var quantity = order.Request.ClosePosition ? market.Size : order.Request.FastQuantity;
        FastDecimal distance = quantity.IsZero ? 0 : _options.Slippage.Distance(price, quantity, side);
        var filled = AgainstOwner(price, distance, side, market.Listing.Info.TickSize);
        if (order.Request.Price is { } limit)
        {
            filled = side == Side.Buy ? FastDecimal.Min(filled, limit) : FastDecimal.Max(filled, limit);
        }

        Execute(market, order, filled, isMaker: false, (side == Side.Buy ? filled - price : price - filled).PositivePart, time);
    }

    /// <summary>Fills a resting limit order at its price.</summary>
    internal void Make(SimulatedMarket market, SimulatedOrder order, long time) =>
        Execute(market, order, order.Level, isMaker: true, slippage: 0, time);

    /// <summary>Closes a position because its margin is used up.</summary>
    internal void Liquidate(SimulatedMarket market, FastDecimal price, long time)
    {
        for (var i = market.Orders.Count - 1; i >= 0; i--)
        {
            if (!market.Orders[i].IsConditional)
            {
                End(market, market.Orders[i], OrderStatus.Expired, time, OrderRefusal.Liquidated);
            }
        }

        var (quantity, side) = (market.Size, market.Position.ClosingSide);
        var filled = AgainstOwner(price, 0, side, market.Listing.Info.TickSize);
        ref var fill = ref _fills.BeginLiquidation(time, market.Index, ++_nextOrderId, side, quantity, filled);
        var left = Reduce(market, quantity, ref fill);
        var fee = FastDecimal.Min(SimulatedWallet.RoundUp(quantity * filled * market.Listing.LiquidationFeeRate), left.PositivePart);
        _wallet.Book(market, LedgerEntryKind.LiquidationFee, -fee, time);
        _wallet.CoverDeficit(market, time);
        _fills.AddNext();
        Observer?.Filled(fill, null);
    }

    private static FastDecimal AgainstOwner(FastDecimal price, FastDecimal distance, Side side, FastDecimal tick)
    {
        var moved = side == Side.Buy ? price + distance : price - distance;
        // A multiple of the tick has no more decimals than the tick; all that is computed of the price is cheaper for it.
        var down = StepMath.MultipleBelow(moved, tick, out var isMultiple);
        if (side == Side.Buy)
        {
            return isMultiple ? moved : down + tick;
        }

        var fitted = isMultiple ? moved : down;
        return fitted.IsPositive ? fitted : tick;
    }

    private FastDecimal FeeRate(bool isMaker) => isMaker ? _options.MakerFeeRate : _options.TakerFeeRate;

    private void Execute(SimulatedMarket market, SimulatedOrder order, FastDecimal price, bool isMaker, FastDecimal slippage, long time)
    {
        var request = order.Request;
        var held = market.Size;
        var wanted = request.ClosePosition ? held : request.FastQuantity;
        var closing = order.Opposes(market.Position) ? FastDecimal.Min(held, wanted) : default;
        var quantity = order.OnlyReduces ? closing : wanted;
        if (quantity.IsZero)
        {
            End(market, order, OrderStatus.Expired, time, OrderRefusal.NothingToReduce(request.Side, market.Held));
            return;
        }

        market.Release(order);
        var feeRate = FeeRate(isMaker);
        var notional = quantity * price;
        var cost = notional * feeRate;
        var (opening, opened, costOfOpening) = (quantity, notional, cost);
        if (closing.IsPositive)
        {
            opening = order.OnlyReduces ? default : quantity - closing;
            if (opening.IsPositive)
            {
                opened = opening * price;
                costOfOpening = opened * feeRate;
            }
        }

        var isOpened = opening.IsPositive;
        if (isOpened && WhyNotOpened(market, request.Side, closing, opening, opened, costOfOpening, price, isMaker) is { } refusal)
        {
            End(market, order, OrderStatus.Expired, time, refusal);
            return;
        }

        ref var fill = ref _fills.Begin(time, market.Index, order.Id, request.Name, request.Side, quantity, price);
        (fill.IsMaker, fill.SlippageCost) = (isMaker, slippage * quantity);
        if (closing.IsPositive)
        {
            Reduce(market, closing, ref fill);
        }

        if (isOpened)
        {
            Increase(market, request.Side == Side.Buy ? opening : -opening, opened, price);
        }

        fill.Fee = SimulatedWallet.RoundUp(cost);
        _wallet.Book(fill, LedgerEntryKind.Fee);
        _wallet.CoverDeficit(market, time);
        order.Fill(quantity, price);
        _fills.AddNext();
        Observer?.Filled(fill, order);
        if (quantity == wanted)
        {
            End(market, order, OrderStatus.Filled, time);
        }
        else
        {
            End(market, order, OrderStatus.Expired, time, OrderRefusal.ReducedInPart(closing, wanted));
        }
    }

    private OrderRefusal? WhyNotOpened(
        SimulatedMarket market, Side side, FastDecimal closing, FastDecimal opening, FastDecimal notional, FastDecimal fee, FastDecimal price, bool isMaker)
    {
        var after = closing.IsPositive || market.Position.IsFlat ? notional : notional + (market.Size * price);
        FastDecimal largest = market.Listing.MarginTiers.MaxNotional(market.Leverage);
        if (after > largest)
        {
            return OrderRefusal.TooLarge(after, largest, market.Leverage);
        }

        // A resting order fills at its price wherever the market has gone since; its margin was checked at that price.
        var needed = SimulatedWallet.Needed(market, side, opening, notional, fee, price, isMaker ? price : market.Price);
        // A position's own margin comes out of the wallet, not out of the unrealised profit of others.
        var free = closing.IsPositive ? _wallet.AvailableIfClosed(market, price) : _wallet.Available(countProfit: !market.IsIsolated);
        return needed > free
            ? OrderRefusal.InsufficientMargin(needed, price, free)
            : null;
    }

    /// <summary>Closes a part of the position.</summary>
    /// <returns>What is left of the money that stood behind the closed part.</returns>
    private FastDecimal Reduce(SimulatedMarket market, FastDecimal quantity, ref FillRow fill)
    {
        ref readonly var position = ref market.Position;
        var closed = position.IsLong ? quantity : -quantity;
        var realized = SimulatedWallet.RoundDown(closed * (fill.Price - position.FastEntryPrice));
        var isAll = closed == position.FastQuantity;
        var behind = !market.IsIsolated ? _wallet.CrossWallet
            : isAll ? market.IsolatedWallet
            : SimulatedWallet.RoundDown(market.IsolatedWallet * quantity / market.Size);
        if (market.IsIsolated)
        {
            market.IsolatedWallet = isAll ? 0 : market.IsolatedWallet - behind;
        }

        market.Hold(isAll ? Position.Flat : Position.Of(position.FastQuantity - closed, position.FastEntryPrice));
        fill.RealizedProfit = realized;
        _wallet.Book(fill, LedgerEntryKind.RealizedProfit);
        var left = behind.PositivePart + realized;
        if (left.IsNegative)
        {
            _wallet.Book(market, LedgerEntryKind.Insurance, -left, fill.Time);
        }

        return left;
    }

    private static void Increase(SimulatedMarket market, FastDecimal signed, FastDecimal notional, FastDecimal price)
    {
        ref readonly var position = ref market.Position;
        var (total, entry) = (signed, price);
        if (!position.IsFlat)
        {
            var held = position.FastQuantity;
            total = held + signed;
            entry = ((held * position.FastEntryPrice) + (signed * price)) / total;
        }

        market.Hold(Position.Of(total, signed.IsPositive ? entry.RoundUp(EntryPriceDecimals) : entry.RoundDown(EntryPriceDecimals)));
        if (market.IsIsolated)
        {
            market.IsolatedWallet += SimulatedWallet.RoundUp(market.MarginOf(notional));
        }
    }
}
