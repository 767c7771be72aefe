using System.Buffers;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>The refusals of the exchange when an order is submitted.</summary>
internal sealed class OrderRules(SimulatedExchangeOptions options, SimulatedAccount account, SimulatedWallet wallet)
{
    private const int LongestClientOrderId = 36;

    // An exchange assumes that a sell fills a little above the last price when it reckons the margin of a short position.
    private static readonly FastDecimal SellPriceFactor = 1.0015m;

    private static readonly SearchValues<char> ClientOrderIdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:/_-");

    internal OrderRefusal? Check(SimulatedMarket market, OrderRequest order, out OrderTerms terms)
    {
        terms = default;
        var refusal = CheckParts(order) ?? CheckPrices(market.Listing.Info, order) ?? CheckQuantity(market.Listing.Info, order)
            ?? CheckBook(market, order) ?? CheckAgainstPrice(market, order) ?? CheckNotional(market, order);
        if (refusal is not null)
        {
            return refusal;
        }

        var takes = order.Type == OrderType.Market
            || (order.Type == OrderType.Limit && order.TimeInForce != TimeInForce.PostOnly
                && (order.TimeInForce == TimeInForce.ImmediateOrCancel || !market.HasPrice || Crosses(market, order)));
        terms = new OrderTerms(takes, ReservedNotional: 0);
        return order.Type is OrderType.Market or OrderType.Limit ? CheckPosition(market, order, ref terms) : null;
    }

    private static OrderRefusal? CheckParts(OrderRequest order)
    {
        if (!IsValid(order.Name))
        {
            return OrderRefusal.Id(order.ClientOrderId, LongestClientOrderId);
        }

        if (order.Type is < OrderType.Market or > OrderType.TakeProfitMarket || order.Side is not (Side.Buy or Side.Sell)
            || order.TimeInForce is < TimeInForce.GoodTillCanceled or > TimeInForce.PostOnly)
        {
            return OrderRefusal.Parts(order);
        }

        var isConditional = order.Type is OrderType.StopMarket or OrderType.TakeProfitMarket;
        if ((order.Type == OrderType.Limit) != order.Price.HasValue)
        {
            return OrderRefusal.PriceGiven(order);
        }

        if (isConditional != order.TriggerPrice.HasValue)
        {
            return OrderRefusal.TriggerGiven(order);
        }

        if (order.Type != OrderType.Limit && order.TimeInForce != TimeInForce.GoodTillCanceled)
        {
            return OrderRefusal.TimeInForceGiven(order);
        }

        if (!order.ClosePosition)
        {
            return null;
        }

        return !isConditional ? OrderRefusal.CannotClosePosition(order)
            : order.FastQuantity != 0 ? OrderRefusal.QuantityGiven(order)
            : order.ReduceOnly ? OrderRefusal.ReduceOnlyGiven()
            : null;
    }

    // What ClientOrderIds makes always is.
    private static bool IsValid(OrderName name) => name.TryGetKey(out _, out _)
        || (name.Read() is { Length: > 0 and <= LongestClientOrderId } id && !id.AsSpan().ContainsAnyExcept(ClientOrderIdCharacters));

    private static OrderRefusal? CheckPrices(SymbolInfo info, OrderRequest order)
    {
        if ((order.Price ?? order.TriggerPrice) is not { } price)
        {
            return null;
        }

        return price <= 0 ? OrderRefusal.Price(price)
            : !StepMath.IsMultiple(price, info.TickSize) ? OrderRefusal.Tick(price, info.TickSize)
            : null;
    }

    private static OrderRefusal? CheckQuantity(SymbolInfo info, OrderRequest order)
    {
        if (order.ClosePosition)
        {
            return null;
        }

        var largest = order.Type == OrderType.Limit ? info.MaxQuantity : info.MaxMarketQuantity;
        var quantity = order.FastQuantity;
        return !quantity.IsPositive ? OrderRefusal.Quantity(order)
            : quantity < info.MinQuantity ? OrderRefusal.BelowMinQuantity(order, info.MinQuantity)
            : quantity > largest ? OrderRefusal.AboveMaxQuantity(order, largest)
            : !StepMath.IsMultiple(quantity, info.StepSize) ? OrderRefusal.Step(order, info.StepSize)
            : null;
    }

    private OrderRefusal? CheckBook(SimulatedMarket market, OrderRequest order)
    {
        if (market.FindOpen(order.Name) is not null)
        {
            return OrderRefusal.DuplicateId(order);
        }

        if (order.Type is OrderType.StopMarket or OrderType.TakeProfitMarket)
        {
            return account.ConditionalOrders >= options.MaxConditionalOrders
                ? OrderRefusal.TooManyConditional(options.MaxConditionalOrders)
                : null;
        }

        var open = 0;
        foreach (var other in market.Orders)
        {
            open += other.IsConditional ? 0 : 1;
        }

        return open >= options.MaxOpenOrders
            ? OrderRefusal.TooManyOpen(options.MaxOpenOrders, market.Symbol)
            : null;
    }

    private static bool Crosses(SimulatedMarket market, OrderRequest order) =>
        order.Side == Side.Buy ? order.Price >= market.Price : order.Price <= market.Price;

    private static OrderRefusal? CheckAgainstPrice(SimulatedMarket market, OrderRequest order)
    {
        if (!market.HasPrice)
        {
            return null;
        }

        if (order is { Type: OrderType.Limit, TimeInForce: TimeInForce.PostOnly } && Crosses(market, order))
        {
            return OrderRefusal.PostOnly(order, market.Price);
        }

        if (order.TriggerPrice is not { } trigger)
        {
            return null;
        }

        var risesToIt = (order.Type == OrderType.StopMarket) == (order.Side == Side.Buy);
        return (risesToIt ? market.Price >= trigger : market.Price <= trigger)
            ? OrderRefusal.WouldTrigger(order, market.Price)
            : null;
    }

    private static OrderRefusal? CheckNotional(SimulatedMarket market, OrderRequest order)
    {
        if (order.ReduceOnly || order.ClosePosition || (order.Type == OrderType.Market && !market.HasPrice))
        {
            return null;
        }

        var price = order.Type == OrderType.Market ? market.Price : (FastDecimal)(order.Price ?? order.TriggerPrice ?? 0);
        var least = market.Listing.Info.MinNotional;
        return price * order.FastQuantity < least
            ? OrderRefusal.BelowMinNotional(order, price, least)
            : null;
    }

    // What the position will be when the orders that wait for the next price have filled.
    private static FastDecimal Projected(SimulatedMarket market)
    {
        var quantity = market.Held;
        foreach (var order in market.Orders)
        {
            if (order.Request.Type == OrderType.Market)
            {
                var size = order.Request.FastQuantity;
                if (order.OnlyReduces)
                {
                    size = order.Opposes(quantity) ? FastDecimal.Min(FastDecimal.Abs(quantity), size) : default;
                }

                quantity += order.Request.Side == Side.Buy ? size : -size;
            }
        }

        return quantity;
    }

    // A limit order that is about to take may open what the order is to reduce; that is decided when both meet the next price.
    private static bool MayBeOpened(SimulatedMarket market, OrderRequest order)
    {
        foreach (var other in market.Orders)
        {
            if (other.IsArriving && other.Request.Type == OrderType.Limit && other.Request.Side != order.Side && !other.OnlyReduces)
            {
                return true;
            }
        }

        return false;
    }

    private OrderRefusal? CheckPosition(SimulatedMarket market, OrderRequest order, ref OrderTerms terms)
    {
        var projected = Projected(market);
        var opposes = order.Side == Side.Buy ? projected.IsNegative : projected.IsPositive;
        if (order.ReduceOnly)
        {
            return opposes || MayBeOpened(market, order) ? null : OrderRefusal.NothingToReduce(order.Side, projected);
        }

        var opening = order.FastQuantity;
        if (opposes)
        {
            opening -= FastDecimal.Min(opening, (FastDecimal.Abs(projected) - RestingOn(market, order)).PositivePart);
        }

        var price = AssumedPrice(market, order);
        if (opening.IsZero || price.IsZero)
        {
            return null;
        }

        var notional = opening * price;
        var after = opposes || projected.IsZero ? notional : (FastDecimal.Abs(projected) + order.FastQuantity) * price;
        FastDecimal largest = market.Listing.MarginTiers.MaxNotional(market.Leverage);
        if (after > largest)
        {
            return OrderRefusal.TooLarge(after, largest, market.Leverage);
        }

        terms = terms with { ReservedNotional = order.Type == OrderType.Limit ? notional : default };
        return CheckMargin(market, order, projected, opposes, opening, notional, price);
    }

    private OrderRefusal? CheckMargin(SimulatedMarket market, OrderRequest order, FastDecimal projected, bool opposes, FastDecimal opening, FastDecimal notional, FastDecimal price)
    {
        var mark = market.HasPrice ? market.Price : price;
        var needed = SimulatedWallet.Needed(market, order.Side, opening, notional, notional * options.TakerFeeRate, price, mark);
        var hasMore = opposes || projected != market.Held;
        var free = hasMore && !market.Position.IsFlat ? wallet.AvailableIfClosed(market, mark) : wallet.Available(countProfit: !market.IsIsolated);
        if (hasMore && !opposes && !projected.IsZero)
        {
            // As if everything before this order had been carried out at the last price.
            free -= FastDecimal.Abs(projected) * mark * ((1m / market.Leverage) + options.TakerFeeRate);
        }

        return needed > free
            ? OrderRefusal.InsufficientMargin(needed, price, free)
            : null;
    }

    // 0 where nothing is known of the price.
    private FastDecimal AssumedPrice(SimulatedMarket market, OrderRequest order)
    {
        if (!market.HasPrice)
        {
            return order.Price ?? 0;
        }

        if (order.Side == Side.Sell)
        {
            var raised = market.Price * SellPriceFactor;
            return order.Price is { } least ? FastDecimal.Max(raised, least) : raised;
        }

        return order.Price ?? market.Price + options.Slippage.Distance(market.Price, order.FastQuantity, Side.Buy);
    }

    // The part of the position that other limit orders of the side are already there to close.
    private static FastDecimal RestingOn(SimulatedMarket market, OrderRequest order)
    {
        FastDecimal resting = default;
        foreach (var other in market.Orders)
        {
            if (other.Request.Type == OrderType.Limit && other.Request.Side == order.Side)
            {
                resting += other.Request.FastQuantity;
            }
        }

        return resting;
    }
}
