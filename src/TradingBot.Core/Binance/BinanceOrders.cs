using TradingBot.Binance.Protocol;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Places, reads and cancels orders. A key is needed. Nothing here repeats a request that trades, rounds, or checks an order;
/// <see cref="BinanceOrderer"/> does what a bot needs.</summary>
/// <remarks>Every method may throw an <see cref="ExchangeException"/>; after one of kind <see cref="ExchangeErrorKind.StatusUnknown"/>
/// the order must be looked up by its client id.</remarks>
public sealed class BinanceOrders
{
    private const string OrderPath = "/fapi/v1/order";
    private const string AlgoPath = "/fapi/v1/algoOrder";
    private const int TradePageRows = 1000;
    private static readonly TimeSpan TradeSpan = TimeSpan.FromDays(7);
    private readonly BinanceTransport _transport;

    internal BinanceOrders(BinanceTransport transport) => _transport = transport;

    /// <summary>Places a market or limit order, once.</summary>
    /// <returns>The order; its average price is not in the answer.</returns>
    public Task<BinanceOrder> PlaceAsync(OrderRequest order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        var limit = order.Type == OrderType.Limit;
        var request = Post(OrderPath)
            .With("symbol", order.Symbol.Id)
            .With("side", OrderNames.NameOf(order.Side))
            .With("type", OrderNames.NameOf(order.Type))
            .With("timeInForce", limit ? OrderNames.NameOf(order.TimeInForce) : null)
            .With("quantity", order.Quantity)
            .With("price", limit ? order.Price : null)
            .WithSwitch("reduceOnly", order.ReduceOnly)
            .With("newClientOrderId", order.ClientOrderId)
            .With("newOrderRespType", "RESULT");
        return _transport.SendAsync(request, BinanceJson.Default.BinanceOrder, cancellationToken);
    }

    /// <summary>Places a conditional order with the Algo Order service, once. It triggers on the price of trades.</summary>
    public Task<BinanceAlgoOrder> PlaceConditionalAsync(OrderRequest order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        var request = Post(AlgoPath)
            .With("algoType", "CONDITIONAL")
            .With("symbol", order.Symbol.Id)
            .With("side", OrderNames.NameOf(order.Side))
            .With("type", OrderNames.NameOf(order.Type))
            .With("quantity", order.ClosePosition ? null : (decimal?)order.Quantity)
            .With("triggerPrice", order.TriggerPrice)
            .With("workingType", "CONTRACT_PRICE")
            .WithSwitch("closePosition", order.ClosePosition)
            .WithSwitch("reduceOnly", order.ReduceOnly && !order.ClosePosition)
            .With("clientAlgoId", order.ClientOrderId);
        return _transport.SendAsync(request, BinanceJson.Default.BinanceAlgoOrder, cancellationToken);
    }

    /// <summary>Gets a normal order by its owner's id.</summary>
    public Task<BinanceOrder> GetAsync(Symbol symbol, string clientOrderId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            Lookup(OrderPath).With("symbol", symbol.Id).With("origClientOrderId", clientOrderId), BinanceJson.Default.BinanceOrder, cancellationToken);

    /// <summary>Gets a normal order by the exchange's id.</summary>
    public Task<BinanceOrder> GetAsync(Symbol symbol, long orderId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(Lookup(OrderPath).With("symbol", symbol.Id).With("orderId", orderId), BinanceJson.Default.BinanceOrder, cancellationToken);

    /// <summary>Gets a conditional order by its owner's id.</summary>
    public Task<BinanceAlgoOrder> GetConditionalAsync(string clientOrderId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(Lookup(AlgoPath).With("clientAlgoId", clientOrderId), BinanceJson.Default.BinanceAlgoOrder, cancellationToken);

    /// <summary>Cancels a normal order, asking once.</summary>
    public Task<BinanceOrder> CancelAsync(Symbol symbol, string clientOrderId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(
            Delete(OrderPath).With("symbol", symbol.Id).With("origClientOrderId", clientOrderId), BinanceJson.Default.BinanceOrder, cancellationToken);

    /// <summary>Cancels a conditional order, asking once.</summary>
    public Task CancelConditionalAsync(string clientOrderId, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(Delete(AlgoPath).With("clientAlgoId", clientOrderId), BinanceJson.Default.DoneAnswer, cancellationToken);

    /// <summary>Gets the open normal orders of a contract. Conditional ones are not among them.</summary>
    public async Task<IReadOnlyList<BinanceOrder>> GetOpenAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        await _transport.SendAsync(
            BinanceRequest.SignedGet("/fapi/v1/openOrders", 1).With("symbol", symbol.Id), BinanceJson.Default.BinanceOrderArray, cancellationToken).ConfigureAwait(false);

    /// <summary>Gets the conditional orders of a contract that have not triggered.</summary>
    public async Task<IReadOnlyList<BinanceAlgoOrder>> GetOpenConditionalAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        await _transport.SendAsync(
            BinanceRequest.SignedGet("/fapi/v1/openAlgoOrders", 1).With("symbol", symbol.Id), BinanceJson.Default.BinanceAlgoOrderArray, cancellationToken).ConfigureAwait(false);

    /// <summary>Gets the account's fills in a contract, oldest first. The exchange keeps three months.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="from">The earliest fill, inclusive.</param>
    /// <param name="to">The end, exclusive.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<BinanceTrade>> GetTradesAsync(
        Symbol symbol, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var all = new List<BinanceTrade>();
        var seen = new HashSet<long>();
        while (from < to)
        {
            var end = from + TradeSpan < to ? from + TradeSpan : to;
            var page = await _transport.SendAsync(
                BinanceRequest.SignedGet("/fapi/v1/userTrades", 5)
                    .With("symbol", symbol.Id)
                    .With("startTime", from)
                    .With("endTime", end.AddMilliseconds(-1))
                    .With("limit", TradePageRows),
                BinanceJson.Default.BinanceTradeArray,
                cancellationToken).ConfigureAwait(false);
            var added = 0;
            foreach (var trade in page.Where(trade => seen.Add(trade.Id)))
            {
                all.Add(trade);
                added++;
            }

            // A full page may end within a millisecond, whose fills are then asked for again.
            from = page.Length < TradePageRows ? end : added > 0 ? page[^1].Time : page[^1].Time.AddMilliseconds(1);
        }

        return all;
    }

    private static BinanceRequest Post(string path) =>
        new(HttpMethod.Post, path, 0) { Security = RequestSecurity.Signed, Kind = RequestKind.Trade, Orders = 1 };

    private static BinanceRequest Delete(string path) =>
        new(HttpMethod.Delete, path, 1) { Security = RequestSecurity.Signed, Kind = RequestKind.Trade };

    private static BinanceRequest Lookup(string path) =>
        new(HttpMethod.Get, path, 1) { Security = RequestSecurity.Signed, Kind = RequestKind.Lookup };
}
