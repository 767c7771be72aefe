using System.Globalization;
using TradingBot.FakeBinance.Protocol;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Venue;

/// <summary>Places, changes and cancels orders on the simulated exchange, and says no in the exchange's codes.</summary>
internal sealed class OrderDesk(FakeVenue venue)
{
    // Beyond 32 bits, as the exchange's are.
    private const long OrderIds = 880_000_000_000;
    private const long AlgoIds = 4_100_000_000;
    private long _nextOrder = OrderIds;
    private long _nextAlgo = AlgoIds;
    private long _nextClientId;

    internal long NextOrderId() => ++_nextOrder;

    internal string NextClientId() => string.Create(CultureInfo.InvariantCulture, $"fake{++_nextClientId:D18}");

    /// <summary>Sends an order to the market; a market order meets the last known price at once.</summary>
    internal OrderRecord Place(OrderTicket ticket)
    {
        var request = ticket.Request;
        if (venue.Journal.Orders.Count(order => order.IsOpen) >= venue.Exchange.Options.MaxOpenOrders)
        {
            throw new ApiError(-2025, "Reach max open order limit.");
        }

        var now = venue.Now;
        var order = new OrderRecord
        {
            OrderId = NextOrderId(),
            ClientOrderId = request.ClientOrderId,
            Side = request.Side,
            Type = ticket.Type,
            TimeInForce = ticket.TimeInForce,
            Quantity = request.Quantity,
            Price = request.Price ?? 0,
            ReduceOnly = request.ReduceOnly,
            GoodTillDate = ticket.GoodTillDate,
            SelfTradePrevention = ticket.SelfTradePrevention,
            Time = now,
            UpdateTime = now,
            ExchangeOrderId = Submit(request).ExchangeOrderId,
        };
        venue.Journal.Add(order);
        var met = Meet(request.ClientOrderId, now);
        var isRefused = met is { Status: OrderStatus.Expired, FilledQuantity: 0 } && (met.RejectReason is not null || ticket.TimeInForce == "FOK");
        if (isRefused)
        {
            venue.Journal.Drop(order);
        }

        venue.Journal.Write(now);
        return isRefused ? throw Refusal(met) : order;
    }

    /// <summary>Lays down a conditional order.</summary>
    internal AlgoRecord PlaceAlgo(OrderTicket ticket)
    {
        var request = ticket.Request;
        if (venue.Journal.Algos.Count(algo => algo.IsOpen) >= venue.Exchange.Options.MaxConditionalOrders)
        {
            throw new ApiError(-4045, "Reach max stop order limit.");
        }

        if (request.ClosePosition && venue.Journal.Algos.Exists(algo => algo.IsOpen && algo.ClosePosition && algo.Type == ticket.Type && algo.Side == request.Side))
        {
            throw new ApiError(-4130, "An open stop or take profit order with GTE and closePosition in the direction is existing.");
        }

        var now = venue.Now;
        var algo = new AlgoRecord
        {
            AlgoId = ++_nextAlgo,
            ClientAlgoId = request.ClientOrderId,
            Side = request.Side,
            Type = ticket.Type,
            TimeInForce = ticket.TimeInForce,
            Quantity = request.Quantity,
            TriggerPrice = request.TriggerPrice!.Value,
            WorkingType = ticket.WorkingType,
            ReduceOnly = request.ReduceOnly,
            ClosePosition = request.ClosePosition,
            PriceProtect = ticket.PriceProtect,
            SelfTradePrevention = ticket.SelfTradePrevention,
            CreateTime = now,
            UpdateTime = now,
            ExchangeOrderId = Submit(request).ExchangeOrderId,
        };
        venue.Journal.Add(algo);
        venue.Journal.Write(now);
        return algo;
    }

    internal void Cancel(OrderRecord order)
    {
        venue.Exchange.Cancel(venue.Symbol, order.ClientOrderId);
        venue.Journal.Write(venue.Now);
    }

    internal void Cancel(AlgoRecord algo)
    {
        venue.Exchange.Cancel(venue.Symbol, algo.ClientAlgoId);
        venue.Journal.Write(venue.Now);
    }

    internal void CancelAll()
    {
        foreach (var order in venue.Journal.Orders.FindAll(order => order.IsOpen))
        {
            Cancel(order);
        }
    }

    /// <summary>Ends orders whose good-till date has come.</summary>
    internal void ExpireDated()
    {
        foreach (var order in venue.Journal.Orders.FindAll(order => order.IsOpen && order.GoodTillDate > 0 && order.GoodTillDate <= venue.Now))
        {
            Cancel(order);
        }
    }

    /// <summary>Changes the price and quantity of an open limit order; it loses its place in the queue.</summary>
    internal void Amend(OrderRecord order, OrderRequest changed)
    {
        var now = venue.Now;
        var before = changed with { Quantity = order.Quantity, Price = order.Price };
        venue.Exchange.Cancel(venue.Symbol, order.ClientOrderId);
        var result = venue.Exchange.Submit(changed);
        var isRefused = result.Status == OrderStatus.Rejected;
        var standing = isRefused ? venue.Exchange.Submit(before) : result;
        // The cancel is not told: to the owner it is the same order.
        venue.Journal.Rebind(order, standing.ExchangeOrderId!);
        if (!isRefused)
        {
            (order.Price, order.Quantity, order.UpdateTime) = (changed.Price!.Value, changed.Quantity, now);
            venue.Journal.Events.OrderChanged(order, "AMENDMENT", now);
        }

        Meet(order.ClientOrderId, now);
        venue.Journal.Write(now);
        if (isRefused)
        {
            throw Refusal(result);
        }
    }

    internal static ApiError Refusal(OrderResult result) => result.RejectReason switch
    {
        RejectReason.Price => new ApiError(-4014, "Price not increased by tick size."),
        RejectReason.Quantity => new ApiError(-4023, "Qty not increased by step size."),
        RejectReason.MinNotional => new ApiError(-4164, result.Message!),
        RejectReason.InsufficientMargin => new ApiError(-2019, "Margin is insufficient."),
        RejectReason.ReduceOnly => new ApiError(-2022, "ReduceOnly Order is rejected."),
        RejectReason.PostOnly => new ApiError(-5022, "Due to the order could not be executed as maker, the Post Only order will be rejected. The order will not be recorded in the order history"),
        RejectReason.WouldTrigger => new ApiError(-2021, "Order would immediately trigger."),
        RejectReason.DuplicateClientOrderId => new ApiError(-4116, "clientOrderId is duplicated"),
        RejectReason.Symbol => ApiError.InvalidSymbol(),
        RejectReason.PositionLimit => new ApiError(-2027, "Exceeded the maximum allowable position at current leverage."),
        null => new ApiError(-5021, "Due to the order could not be filled immediately, the FOK order has been rejected. The order will not be recorded in the order history"),
        _ => new ApiError(-1014, "Unsupported order combination."),
    };

    private OrderResult Submit(OrderRequest request)
    {
        var result = venue.Exchange.Submit(request);
        return result.Status == OrderStatus.Rejected ? throw Refusal(result) : result;
    }

    private OrderResult Meet(string clientOrderId, long now)
    {
        venue.Tick(now);
        return venue.Exchange.Find(venue.Symbol, clientOrderId)!;
    }
}
