using CryptoExchange.Net.SharedApis;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>Turns the contracts' terms into the family's and back.</summary>
internal static class OrderTranslation
{
    public static SharedOrderSide NameOf(Side side) => side == Side.Buy ? SharedOrderSide.Buy : SharedOrderSide.Sell;

    public static SharedMarginMode NameOf(MarginMode mode) => mode == MarginMode.Isolated ? SharedMarginMode.Isolated : SharedMarginMode.Cross;

    public static SharedOrderType TypeOf(OrderRequest order) =>
        order.Type != OrderType.Limit ? SharedOrderType.Market
        : order.TimeInForce == TimeInForce.PostOnly ? SharedOrderType.LimitMaker
        : SharedOrderType.Limit;

    public static SharedTimeInForce? TimeInForceOf(OrderRequest order) => order switch
    {
        { Type: OrderType.Limit, TimeInForce: TimeInForce.GoodTillCanceled } => SharedTimeInForce.GoodTillCanceled,
        { Type: OrderType.Limit, TimeInForce: TimeInForce.ImmediateOrCancel } => SharedTimeInForce.ImmediateOrCancel,
        _ => null,
    };

    /// <summary>Maps a normal order. The request is rebuilt from the exchange's words unless it is at hand.</summary>
    /// <remarks>The family has one word for canceled, refused and expired orders: canceled.</remarks>
    public static OrderResult ResultOf(SharedFuturesOrder order, Symbol symbol, OrderRequest? request = null)
    {
        var filled = order.QuantityFilled?.QuantityInBaseAsset ?? 0;
        return new OrderResult
        {
            Request = request ?? RequestOf(order, symbol),
            Status = order.Status switch
            {
                SharedOrderStatus.Open => filled > 0 ? OrderStatus.PartiallyFilled : OrderStatus.New,
                SharedOrderStatus.Filled => OrderStatus.Filled,
                SharedOrderStatus.Canceled => OrderStatus.Canceled,
                _ => OrderStatus.Unknown,
            },
            ExchangeOrderId = order.OrderId,
            FilledQuantity = filled,
            AveragePrice = filled > 0 && order.AveragePrice is > 0 ? order.AveragePrice : null,
            Message = order.Status is SharedOrderStatus.Unknown ? "the client library does not tell the order's state" : null,
            UpdatedAt = order.UpdateTime is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null,
        };
    }

    private static OrderRequest RequestOf(SharedFuturesOrder order, Symbol symbol)
    {
        var trigger = order.TriggerPrice is > 0 ? order.TriggerPrice : null;

        // Orders with a trigger that the owner has placed by hand: on which side of the price it lies is not told.
        var type = order.OrderType is SharedOrderType.Limit or SharedOrderType.LimitMaker ? OrderType.Limit
            : trigger is null ? OrderType.Market
            : OrderType.StopMarket;
        return new OrderRequest
        {
            Symbol = symbol,
            Side = order.Side == SharedOrderSide.Buy ? Side.Buy : Side.Sell,
            Type = type,
            ClientOrderId = order.ClientOrderId ?? "",
            Quantity = order.OrderQuantity?.QuantityInBaseAsset ?? 0,
            Price = type == OrderType.Limit ? order.OrderPrice : null,
            TriggerPrice = type == OrderType.StopMarket ? trigger : null,
            TimeInForce = order.OrderType == SharedOrderType.LimitMaker ? TimeInForce.PostOnly
                : order.TimeInForce is SharedTimeInForce.ImmediateOrCancel or SharedTimeInForce.FillOrKill ? TimeInForce.ImmediateOrCancel
                : TimeInForce.GoodTillCanceled,
            ReduceOnly = order.ReduceOnly ?? false,
        };
    }
}
