using System.Collections.Concurrent;
using CryptoExchange.Net.Objects;
using CryptoExchange.Net.SharedApis;
using TradingBot.Market;
using TradingBot.Trading;
using SharedTradingMode = CryptoExchange.Net.SharedApis.TradingMode;

namespace TradingBot.CryptoExchange;

/// <summary>Trades on an account of an exchange of the family, in one-way mode.</summary>
/// <remarks>An order is looked up by its owner's id before it is sent, and sent once. When its answer is lost it is looked up for some seconds.</remarks>
internal sealed class SharedOrderer : IOrderer
{
    private readonly SharedConnection _connection;
    private readonly OrderLookup _lookup;

    // How the account was set up: a few exchanges want to hear it with every order.
    private readonly ConcurrentDictionary<Symbol, AccountSetup> _setups = new();

    // Orders whose outcome this process could not learn; they are looked up patiently when they are asked for again.
    private readonly ConcurrentDictionary<OrderQuery, byte> _doubtful = new();

    public SharedOrderer(SharedConnection connection) => (_connection, _lookup) = (connection, new OrderLookup(connection));

    private ExchangeCalls Calls => _connection.Calls;

    private IFuturesOrderRestClient Orders => _connection.Client.As<IFuturesOrderRestClient>();

    private IConditionalOrders? Conditional => _connection.Client.Specifics?.ConditionalOrders;

    public async Task PrepareAsync(AccountSetup setup, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setup);
        await AccountPreparation.RunAsync(_connection, setup, cancellationToken).ConfigureAwait(false);
        _setups[setup.Symbol] = setup;
    }

    public async Task<AccountSnapshot> GetAccountAsync(Symbol symbol, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var name = ListedSymbol.NameOf(symbol);

        // Orders first: one that fills in between then shows twice, as open and as a position, instead of not at all.
        var open = Calls.ReadAsync("list open orders", token => Orders.GetOpenFuturesOrdersAsync(new GetOpenOrdersRequest(name), token), cancellationToken);
        var waiting = Conditional is { } conditional
            ? Calls.ReadAsync("list open conditional orders", token => conditional.GetOpenAsync(symbol, token), cancellationToken)
            : Task.FromResult<HttpResult<ConditionalOrder[]>>(new(_connection.Client.Name, [], null));
        await Task.WhenAll(open, waiting).ConfigureAwait(false);
        var positions = Calls.ReadAsync("read positions", token => Orders.GetPositionsAsync(new GetPositionsRequest(name), token), cancellationToken);
        var balances = Calls.ReadAsync(
            "read balances",
            token => _connection.Client.As<IBalanceRestClient>().GetBalancesAsync(new GetBalancesRequest(SharedTradingMode.PerpetualLinear), token),
            cancellationToken);
        await Task.WhenAll(positions, balances).ConfigureAwait(false);

        var balance = Array.Find((await balances.ConfigureAwait(false)).Data!, entry => entry.Asset == symbol.SettleAsset && entry.IsolatedMarginSymbol is null);
        return new AccountSnapshot
        {
            Balance = balance?.Total ?? 0,
            AvailableBalance = balance?.Available ?? 0,
            Position = PositionOf(symbol, (await positions.ConfigureAwait(false)).Data!),
            OpenOrders =
            [
                .. (await open.ConfigureAwait(false)).Data!.Select(order => OrderTranslation.ResultOf(order, symbol)),
                .. (await waiting.ConfigureAwait(false)).Data!.Select(order => order.State),
            ],
        };
    }

    public async Task<OrderResult> SubmitAsync(OrderRequest order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        var listed = await _connection.Symbols.GetAsync(order.Symbol, cancellationToken).ConfigureAwait(false);
        var (fitted, denial) = listed.Fit(order);
        if ((denial ?? SupportFault(order)) is { } fault)
        {
            return new OrderResult { Request = order, Status = OrderStatus.Denied, RejectReason = fault.Reason, Message = fault.Message };
        }

        if (await FindAsync(new OrderQuery(order.Symbol, order.ClientOrderId), cancellationToken).ConfigureAwait(false) is { } earlier)
        {
            return earlier;
        }

        try
        {
            return order.Type is OrderType.StopMarket or OrderType.TakeProfitMarket
                ? await PlaceConditionalAsync(order, fitted, cancellationToken).ConfigureAwait(false)
                : await PlaceAsync(order, fitted, listed, cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeException e) when (e.Kind == ExchangeErrorKind.StatusUnknown)
        {
            return await ResolveAsync(order, e, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<OrderResult?> FindAsync(OrderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!_doubtful.ContainsKey(query))
        {
            return await _lookup.FindAsync(query, null, cancellationToken).ConfigureAwait(false);
        }

        var found = await _lookup.FindPatientlyAsync(query, null, cancellationToken).ConfigureAwait(false);
        _doubtful.TryRemove(query, out _);
        return found;
    }

    public async Task<OrderResult?> CancelAsync(OrderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var client = _connection.Client.As<IFuturesOrderClientIdRestClient>();
        var request = new CancelOrderRequest(ListedSymbol.NameOf(query.Symbol), query.ClientOrderId);
        var refusal = await TryCancelAsync("cancel the order", token => client.CancelFuturesOrderByClientOrderIdAsync(request, token), cancellationToken).ConfigureAwait(false);
        if (refusal is not null && Conditional is { } conditional)
        {
            // Not an open normal order: conditional, finished, or never there.
            refusal = await TryCancelAsync("cancel the conditional order", token => conditional.CancelAsync(query, token), cancellationToken).ConfigureAwait(false);
        }

        var found = await _lookup.FindAsync(query, null, cancellationToken).ConfigureAwait(false);
        return found is { IsOpen: true } && refusal is not null ? throw refusal : found;
    }

    private Position PositionOf(Symbol symbol, SharedPosition[] positions)
    {
        var held = Array.FindAll(positions, position => position.PositionSize != 0);
        if (Array.Exists(held, position => position.PositionMode != SharedPositionMode.OneWay))
        {
            throw new ExchangeException(ExchangeErrorKind.Rejected, $"The account at {_connection.Client.Name} holds a position of {symbol} in hedge mode; expected one-way mode.");
        }

        var size = held.Length == 0 ? 0 : held[0].PositionSide == SharedPositionSide.Short ? -Math.Abs(held[0].PositionSize) : Math.Abs(held[0].PositionSize);
        return size == 0 ? Position.Flat : new Position(size, held[0].AverageOpenPrice ?? 0);
    }

    private OrderDenial? SupportFault(OrderRequest order)
    {
        if (order.Type is OrderType.StopMarket or OrderType.TakeProfitMarket)
        {
            return Conditional is null ? new OrderDenial(RejectReason.InvalidOrder, $"At {_connection.Client.Name} no stop or take-profit order can rest that its owner's id finds again.") : null;
        }

        return Orders.FuturesSupportedOrderTypes.Contains(OrderTranslation.TypeOf(order))
            ? null
            : new OrderDenial(RejectReason.InvalidOrder, $"The client of {_connection.Client.Name} offers no orders of type {OrderTranslation.TypeOf(order)}.");
    }

    /// <summary>Asks once. Whatever comes of it, the order is looked up afterwards.</summary>
    /// <returns>The refusal, if it was refused.</returns>
    private async Task<ExchangeException?> TryCancelAsync<T>(string operation, Func<CancellationToken, Task<HttpResult<T>>> call, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await Calls.TryTradeAsync(operation, call, cancellationToken).ConfigureAwait(false);
            return answer.Success ? null : Calls.Refusal(operation, answer);
        }
        catch (ExchangeException e) when (e.Kind == ExchangeErrorKind.StatusUnknown)
        {
            return null;
        }
    }

    private async Task<OrderResult> PlaceAsync(OrderRequest order, OrderRequest fitted, ListedSymbol listed, CancellationToken cancellationToken)
    {
        var setup = _setups.GetValueOrDefault(order.Symbol);
        var request = new PlaceFuturesOrderRequest(
            listed.Shared,
            OrderTranslation.NameOf(order.Side),
            OrderTranslation.TypeOf(order),
            SharedQuantity.Base(fitted.Quantity),
            fitted.Price,
            order.ReduceOnly ? true : null,
            setup?.Leverage,
            OrderTranslation.TimeInForceOf(order),
            marginMode: setup is null ? null : OrderTranslation.NameOf(setup.MarginMode),
            clientOrderId: order.ClientOrderId);
        var answer = await Calls.TryTradeAsync("place the order", token => Orders.PlaceFuturesOrderAsync(request, token), cancellationToken).ConfigureAwait(false);
        return answer.Success
            ? await _lookup.SettleAsync(new OrderResult { Request = order, Status = OrderStatus.New, ExchangeOrderId = answer.Data!.Id }, cancellationToken).ConfigureAwait(false)
            : Refused(order, "place the order", answer);
    }

    private async Task<OrderResult> PlaceConditionalAsync(OrderRequest order, OrderRequest fitted, CancellationToken cancellationToken)
    {
        var answer = await Calls.TryTradeAsync("place the conditional order", token => Conditional!.PlaceAsync(fitted, token), cancellationToken).ConfigureAwait(false);
        return answer.Success ? answer.Data!.State with { Request = order } : Refused(order, "place the conditional order", answer);
    }

    private OrderResult Refused(OrderRequest order, string operation, IHttpResult answer)
    {
        var reason = Calls.Errors.MeaningOf(answer, isTrade: true).Reason;
        if (reason is RejectReason.Price or RejectReason.Quantity or RejectReason.MinNotional or RejectReason.InvalidOrder or RejectReason.Symbol)
        {
            _connection.Symbols.Forget(order.Symbol);
        }

        return new OrderResult { Request = order, Status = OrderStatus.Rejected, RejectReason = reason, Message = ExchangeErrors.Text(operation, answer) };
    }

    private async Task<OrderResult> ResolveAsync(OrderRequest order, ExchangeException error, CancellationToken cancellationToken)
    {
        var query = new OrderQuery(order.Symbol, order.ClientOrderId);
        _doubtful[query] = 0;
        _connection.Logger.OrderAnswerLost(order.Symbol.Id, order.ClientOrderId, error.Message);
        OrderResult? found = null;
        try
        {
            found = await _lookup.FindPatientlyAsync(query, order, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ExchangeException or OperationCanceledException)
        {
            // The outcome stays unknown, and that is what is returned.
        }

        if (found is null)
        {
            return new OrderResult { Request = order, Status = OrderStatus.Unknown, Message = $"{error.Message} It was not found by its client id since." };
        }

        _doubtful.TryRemove(query, out _);
        _connection.Logger.OrderResolved(order.Symbol.Id, order.ClientOrderId, found.Status);
        return found;
    }
}
