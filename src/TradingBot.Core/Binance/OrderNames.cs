using System.Globalization;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Turns the exchange's names into the contracts' terms and back.</summary>
internal static class OrderNames
{
    public static string NameOf(Side side) => side switch
    {
        Side.Buy => "BUY",
        Side.Sell => "SELL",
        _ => throw new ArgumentOutOfRangeException(nameof(side), side, "Expected Buy or Sell."),
    };

    public static string NameOf(OrderType type) => type switch
    {
        OrderType.Market => "MARKET",
        OrderType.Limit => "LIMIT",
        OrderType.StopMarket => "STOP_MARKET",
        OrderType.TakeProfitMarket => "TAKE_PROFIT_MARKET",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Expected a defined type."),
    };

    public static string NameOf(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.GoodTillCanceled => "GTC",
        TimeInForce.ImmediateOrCancel => "IOC",
        TimeInForce.PostOnly => "GTX",
        _ => throw new ArgumentOutOfRangeException(nameof(timeInForce), timeInForce, "Expected a defined value."),
    };

    public static OrderStatus StatusOf(string status) => status switch
    {
        "NEW" => OrderStatus.New,
        "PARTIALLY_FILLED" => OrderStatus.PartiallyFilled,
        "FILLED" => OrderStatus.Filled,
        "CANCELED" => OrderStatus.Canceled,
        "REJECTED" => OrderStatus.Rejected,
        "EXPIRED" or "EXPIRED_IN_MATCH" => OrderStatus.Expired,
        _ => OrderStatus.Unknown,
    };

    /// <summary>Maps a normal order. The request is rebuilt from the exchange's words unless it is at hand.</summary>
    public static OrderResult ResultOf(BinanceOrder order, OrderRequest? request = null, Symbol? symbol = null)
    {
        var status = StatusOf(order.Status);
        return new OrderResult
        {
            Request = request ?? RequestOf(order, symbol),
            Status = status,
            ExchangeOrderId = order.OrderId.ToString(CultureInfo.InvariantCulture),
            FilledQuantity = order.ExecutedQty,
            AveragePrice = order.ExecutedQty > 0 && order.AvgPrice is > 0 ? order.AvgPrice : null,
            RejectReason = status == OrderStatus.Rejected ? RejectReason.Other : null,
            Message = status == OrderStatus.Unknown ? $"the exchange calls the order's state '{order.Status}', which is not documented" : null,
            UpdatedAt = order.UpdateTime == default ? null : order.UpdateTime,
        };
    }

    /// <summary>Maps a conditional order that has not triggered, or ended without.</summary>
    public static OrderResult ResultOf(BinanceAlgoOrder order, OrderRequest? request = null, Symbol? symbol = null)
    {
        var filled = order.ActualQty ?? 0;
        var status = order.AlgoStatus switch
        {
            "NEW" or "TRIGGERING" => OrderStatus.New,
            "CANCELED" => OrderStatus.Canceled,
            "REJECTED" => OrderStatus.Rejected,
            "EXPIRED" => OrderStatus.Expired,
            _ => OrderStatus.Unknown,
        };
        return new OrderResult
        {
            Request = request ?? RequestOf(order, symbol),
            Status = status,
            ExchangeOrderId = order.AlgoId.ToString(CultureInfo.InvariantCulture),
            FilledQuantity = filled,
            AveragePrice = filled > 0 && order.ActualPrice is > 0 ? order.ActualPrice : null,
            RejectReason = status == OrderStatus.Rejected ? RejectReason.Other : null,
            Message = status == OrderStatus.Unknown ? $"the conditional order is {order.AlgoStatus}, but the order it became cannot be found" : null,
            UpdatedAt = order.UpdateTime == default ? null : order.UpdateTime,
        };
    }

    public static OrderRequest RequestOf(BinanceAlgoOrder order, Symbol? symbol = null) => new()
    {
        Symbol = symbol ?? Symbol.Parse(order.Symbol),
        Side = SideOf(order.Side),
        Type = TypeOf(order.OrderType),
        ClientOrderId = order.ClientAlgoId,
        Quantity = order.ClosePosition ? 0 : order.Quantity ?? 0,
        TriggerPrice = order.TriggerPrice is > 0 ? order.TriggerPrice : null,
        ReduceOnly = order.ReduceOnly,
        ClosePosition = order.ClosePosition,
    };

    public static Side SideOf(string side) => side switch
    {
        "BUY" => Side.Buy,
        "SELL" => Side.Sell,
        _ => throw new FormatException($"The exchange's side '{side}' is neither BUY nor SELL."),
    };

    // Kinds that no bot of this library places, but their owner may by hand, are named after what they do when they fire.
    public static OrderType TypeOf(string type) => type switch
    {
        "LIMIT" => OrderType.Limit,
        "STOP" or "STOP_MARKET" or "TRAILING_STOP_MARKET" => OrderType.StopMarket,
        "TAKE_PROFIT" or "TAKE_PROFIT_MARKET" => OrderType.TakeProfitMarket,
        _ => OrderType.Market,
    };

    public static TimeInForce TimeInForceOf(string? timeInForce) => timeInForce switch
    {
        "IOC" or "FOK" => TimeInForce.ImmediateOrCancel,
        "GTX" => TimeInForce.PostOnly,
        _ => TimeInForce.GoodTillCanceled,
    };

    private static OrderRequest RequestOf(BinanceOrder order, Symbol? symbol)
    {
        var type = TypeOf(order.Type);
        return new OrderRequest
        {
            Symbol = symbol ?? Symbol.Parse(order.Symbol),
            Side = SideOf(order.Side),
            Type = type,
            ClientOrderId = order.ClientOrderId,
            Quantity = order.OrigQty,
            Price = type == OrderType.Limit ? order.Price : null,
            TriggerPrice = type is OrderType.StopMarket or OrderType.TakeProfitMarket && order.StopPrice > 0 ? order.StopPrice : null,
            TimeInForce = TimeInForceOf(order.TimeInForce),
            ReduceOnly = order.ReduceOnly,
            ClosePosition = order.ClosePosition,
        };
    }
}
