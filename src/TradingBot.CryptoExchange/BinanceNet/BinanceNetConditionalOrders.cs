using System.Globalization;
using Binance.Net.Enums;
using Binance.Net.Interfaces.Clients.UsdFuturesApi;
using Binance.Net.Objects.Models.Futures;
using CryptoExchange.Net.Objects;
using TradingBot.Market;
using TradingBot.Trading;
using OrderStatus = TradingBot.Trading.OrderStatus;

namespace TradingBot.CryptoExchange.BinanceNet;

/// <summary>The conditional orders of Binance's Algo Order service. Binance.Net's shared trigger orders go to the service for normal orders,
/// which refuses them since December 2025.</summary>
internal sealed class BinanceNetConditionalOrders(IBinanceRestClientUsdFuturesApiTrading trading) : IConditionalOrders
{
    public async Task<HttpResult<ConditionalOrder>> PlaceAsync(OrderRequest order, CancellationToken cancellationToken) => Map(
        await trading.PlaceConditionalOrderAsync(
            order.Symbol.Id,
            order.Side == Side.Buy ? OrderSide.Buy : OrderSide.Sell,
            order.Type == OrderType.StopMarket ? ConditionalOrderType.StopMarket : ConditionalOrderType.TakeProfitMarket,
            order.ClosePosition ? null : order.Quantity,
            reduceOnly: order.ReduceOnly && !order.ClosePosition ? true : null,
            clientOrderId: order.ClientOrderId,
            triggerPrice: order.TriggerPrice,
            workingType: WorkingType.Contract,
            closePosition: order.ClosePosition ? true : null,
            ct: cancellationToken).ConfigureAwait(false),
        static answer => new ConditionalOrder(StateOf(answer), PlacedIdOf(answer)));

    public async Task<HttpResult<ConditionalOrder>> GetAsync(OrderQuery query, CancellationToken cancellationToken) => Map(
        await trading.GetConditionalOrderAsync(clientOrderId: query.ClientOrderId, ct: cancellationToken).ConfigureAwait(false),
        static answer => new ConditionalOrder(StateOf(answer), PlacedIdOf(answer)));

    public async Task<HttpResult<ConditionalOrder[]>> GetOpenAsync(Symbol symbol, CancellationToken cancellationToken) => Map(
        await trading.GetOpenConditionalOrdersAsync(symbol.Id, ct: cancellationToken).ConfigureAwait(false),
        static answer => Array.ConvertAll(answer, order => new ConditionalOrder(StateOf(order), PlacedIdOf(order))));

    public async Task<HttpResult<string>> CancelAsync(OrderQuery query, CancellationToken cancellationToken) => Map(
        await trading.CancelConditionalOrderAsync(clientOrderId: query.ClientOrderId, ct: cancellationToken).ConfigureAwait(false),
        static answer => answer.ClientOrderId);

    private static HttpResult<TTo> Map<TFrom, TTo>(HttpResult<TFrom> answer, Func<TFrom, TTo> map) =>
        answer.Success ? HttpResult.Ok(answer, map(answer.Data)) : HttpResult.Fail<TTo>(answer);

    private static string? PlacedIdOf(BinanceFuturesConditionalOrder order) =>
        order.ActualOrderId is > 0 ? order.ActualOrderId.Value.ToString(CultureInfo.InvariantCulture) : null;

    private static OrderResult StateOf(BinanceFuturesConditionalOrder order)
    {
        var filled = order.ActualQuantity ?? 0;
        var status = order.Status switch
        {
            AlgoOrderStatus.New or AlgoOrderStatus.Triggering => OrderStatus.New,
            AlgoOrderStatus.Canceled => OrderStatus.Canceled,
            AlgoOrderStatus.Rejected => OrderStatus.Rejected,
            AlgoOrderStatus.Expired => OrderStatus.Expired,
            _ => OrderStatus.Unknown,
        };
        return new OrderResult
        {
            Request = new OrderRequest
            {
                Symbol = Symbol.Parse(order.Symbol),
                Side = order.Side == OrderSide.Buy ? Side.Buy : Side.Sell,
                Type = order.Type is FuturesOrderType.TakeProfit or FuturesOrderType.TakeProfitMarket ? OrderType.TakeProfitMarket : OrderType.StopMarket,
                ClientOrderId = order.ClientOrderId,
                Quantity = order.ClosePosition ? 0 : order.Quantity,
                TriggerPrice = order.TriggerPrice is > 0 ? order.TriggerPrice : null,
                ReduceOnly = order.ReduceOnly,
                ClosePosition = order.ClosePosition,
            },
            Status = status,
            ExchangeOrderId = order.Id.ToString(CultureInfo.InvariantCulture),
            FilledQuantity = filled,
            AveragePrice = filled > 0 && order.ActualPrice is > 0 ? order.ActualPrice : null,
            RejectReason = status == OrderStatus.Rejected ? RejectReason.Other : null,
            Message = status == OrderStatus.Unknown ? "the conditional order has fired, but the order it became cannot be found" : null,
            UpdatedAt = order.UpdateTime == default ? null : new DateTimeOffset(DateTime.SpecifyKind(order.UpdateTime, DateTimeKind.Utc)),
        };
    }
}
