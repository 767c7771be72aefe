using System.Collections.Concurrent;
using System.Globalization;
using TradingBot.Binance.Protocol;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Trades on an account of Binance USD-M futures, in one-way mode.</summary>
/// <remarks>An order is sent once. When its answer is lost it is looked up by its client id, for some seconds, in both stores of the
/// exchange: normal orders, and conditional ones of the Algo Order service.</remarks>
public sealed class BinanceOrderer : IOrderer
{
    private readonly BinanceClient _client;
    private readonly OrderLookup _lookup;

    // Orders whose outcome this process could not learn; they are looked up patiently when they are asked for again.
    private readonly ConcurrentDictionary<OrderQuery, byte> _doubtful = new();

    private readonly SentOrders _sent = new();
    private readonly RecentMarkPrices _markPrices;
    private readonly WithdrawalCheck _withdrawals;

    /// <summary>Initializes an orderer.</summary>
    /// <param name="client">The connection, with credentials.</param>
    /// <exception cref="ArgumentException">The client has no credentials.</exception>
    public BinanceOrderer(BinanceClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (client.Options.Credentials is null)
        {
            throw new ArgumentException($"Orders need an API key; set {nameof(BinanceOptions)}.{nameof(BinanceOptions.Credentials)}.", nameof(client));
        }

        (_client, _lookup, _markPrices, _withdrawals) = (client, new OrderLookup(client), new RecentMarkPrices(client), new WithdrawalCheck(client));
    }

    /// <inheritdoc/>
    /// <remarks>Position mode and asset mode belong to the whole account. Hedge mode is turned off; so is the multi-assets mode, but
    /// only for isolated margin, which does not exist under it. The exchange refuses both while orders or positions are open.
    /// The first call asks what the key may do, where the exchange tells (not on its demo system), and refuses one that may withdraw with an
    /// <see cref="ExchangeException"/> of the kind <see cref="ExchangeErrorKind.Authentication"/>. An answer that cannot be had is a warning in the log.</remarks>
    public Task PrepareAsync(AccountSetup setup, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return AccountPreparation.RunAsync(_client, _withdrawals, setup, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<AccountSnapshot> GetAccountAsync(Symbol symbol, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);

        // Orders first: one that fills in between then shows twice, as open and as a position, instead of not at all.
        var normal = _client.Orders.GetOpenAsync(symbol, cancellationToken);
        var conditional = _client.Orders.GetOpenConditionalAsync(symbol, cancellationToken);
        await Task.WhenAll(normal, conditional).ConfigureAwait(false);
        var positions = _client.Account.GetPositionsAsync(symbol, cancellationToken);
        var balances = _client.Account.GetBalancesAsync(cancellationToken);

        // An order may follow, whose check needs it; read here it costs no time of its own.
        var markPrice = _markPrices.ReadAsync(symbol, cancellationToken);
        await Task.WhenAll(positions, balances, markPrice).ConfigureAwait(false);

        var balance = (await balances.ConfigureAwait(false)).FirstOrDefault(entry => entry.Asset == symbol.SettleAsset);
        return new AccountSnapshot
        {
            Balance = balance?.Balance ?? 0,
            AvailableBalance = balance?.AvailableBalance ?? 0,
            Position = PositionOf(symbol, await positions.ConfigureAwait(false)),
            OpenOrders =
            [
                .. (await normal.ConfigureAwait(false)).Where(order => order.Symbol == symbol.Id).Select(order => OrderNames.ResultOf(order, null, symbol)),
                .. (await conditional.ConfigureAwait(false)).Where(order => order.Symbol == symbol.Id).Select(order => OrderNames.ResultOf(order, null, symbol)),
            ],
        };
    }

    /// <inheritdoc/>
    /// <remarks>An order whose id this process has sent before is looked up first, and the answer is that order. The exchange itself refuses
    /// an id only while its order is open, so after a restart look up what may have been sent, as <see cref="Trader"/> does.</remarks>
    public async Task<OrderResult> SubmitAsync(OrderRequest order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        var filters = await _client.Rules.GetAsync(order.Symbol, cancellationToken).ConfigureAwait(false);
        decimal? markPrice = OrderFilters.NeedsMarkPrice(order) ? await _markPrices.GetAsync(order.Symbol, cancellationToken).ConfigureAwait(false) : null;
        var (fitted, denial) = filters.Fit(order, markPrice);
        if (denial is not null)
        {
            return new OrderResult { Request = order, Status = OrderStatus.Denied, RejectReason = denial.Reason, Message = denial.Message };
        }

        var query = new OrderQuery(order.Symbol, order.ClientOrderId);
        if (_sent.Contains(query) && await FindAsync(query, cancellationToken).ConfigureAwait(false) is { } earlier)
        {
            return earlier;
        }

        try
        {
            try
            {
                return await PlaceAsync(order, fitted, cancellationToken).ConfigureAwait(false);
            }
            catch (ExchangeException e) when (e.Kind == ExchangeErrorKind.ClockSkew)
            {
                // An explicit refusal before anything happened, and the clock has been measured since: once more, and only once.
                return await PlaceAsync(order, fitted, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ExchangeException e) when (e.Kind == ExchangeErrorKind.Rejected)
        {
            return Refused(order, e);
        }
        catch (ExchangeException e) when (e.Kind == ExchangeErrorKind.StatusUnknown)
        {
            _sent.Add(query);
            return await ResolveAsync(order, e, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<OrderResult?> FindAsync(OrderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!_doubtful.ContainsKey(query))
        {
            return await _lookup.FindAtOnceAsync(query, cancellationToken).ConfigureAwait(false);
        }

        var found = await _lookup.FindPatientlyAsync(query, null, cancellationToken).ConfigureAwait(false);
        _doubtful.TryRemove(query, out _);
        return found;
    }

    /// <inheritdoc/>
    public async Task<OrderResult?> CancelAsync(OrderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        try
        {
            var canceled = await _client.Orders.CancelAsync(query.Symbol, query.ClientOrderId, cancellationToken).ConfigureAwait(false);
            var result = OrderNames.ResultOf(canceled, null, query.Symbol);
            return result.FilledQuantity == 0 ? result : await _lookup.SettleAsync(result, cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeException e) when (e.Kind == ExchangeErrorKind.StatusUnknown)
        {
            return await _lookup.FindAsync(query, null, cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeException e) when (e.Code is BinanceErrors.UnknownOrder or BinanceErrors.OrderDoesNotExist)
        {
            // Not an open normal order: conditional, finished, or never there.
        }

        try
        {
            await _client.Orders.CancelConditionalAsync(query.ClientOrderId, cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeException e) when (e.Kind == ExchangeErrorKind.StatusUnknown || e.Code is BinanceErrors.UnknownOrder or BinanceErrors.OrderDoesNotExist)
        {
            // What it is now is asked below.
        }

        return await _lookup.FindAsync(query, null, cancellationToken).ConfigureAwait(false);
    }

    private static Position PositionOf(Symbol symbol, IReadOnlyList<BinancePosition> positions)
    {
        var held = positions.Where(position => position.Symbol == symbol.Id && position.PositionAmt != 0).ToArray();
        if (Array.Find(held, position => position.PositionSide != "BOTH") is { } hedged)
        {
            throw new ExchangeException(
                ExchangeErrorKind.Rejected, $"The account holds a {hedged.PositionSide} position of {symbol} in hedge mode; expected one-way mode.");
        }

        return held.Length == 0 ? Position.Flat : new Position(held[0].PositionAmt, held[0].EntryPrice);
    }

    private async Task<OrderResult> PlaceAsync(OrderRequest order, OrderRequest fitted, CancellationToken cancellationToken)
    {
        if (order.Type is OrderType.StopMarket or OrderType.TakeProfitMarket)
        {
            var waiting = OrderNames.ResultOf(await _client.Orders.PlaceConditionalAsync(fitted, cancellationToken).ConfigureAwait(false), order);
            _sent.Add(new OrderQuery(order.Symbol, order.ClientOrderId));
            return waiting;
        }

        var result = OrderNames.ResultOf(await _client.Orders.PlaceAsync(fitted, cancellationToken).ConfigureAwait(false), order);
        _sent.Add(new OrderQuery(order.Symbol, order.ClientOrderId));
        var settled = result.FilledQuantity == 0 && (order.Type == OrderType.Limit || !result.IsOpen);
        return settled ? result : await _lookup.SettleAsync(result, cancellationToken).ConfigureAwait(false);
    }

    private OrderResult Refused(OrderRequest order, ExchangeException error)
    {
        var reason = BinanceErrors.ReasonOf(error.Code);
        if (reason is RejectReason.Price or RejectReason.Quantity or RejectReason.MinNotional or RejectReason.InvalidOrder or RejectReason.Symbol)
        {
            _client.Rules.Forget(order.Symbol);
        }

        return new OrderResult { Request = order, Status = OrderStatus.Rejected, RejectReason = reason, Message = error.Message };
    }

    private async Task<OrderResult> ResolveAsync(OrderRequest order, ExchangeException error, CancellationToken cancellationToken)
    {
        var query = new OrderQuery(order.Symbol, order.ClientOrderId);
        _doubtful[query] = 0;
        _client.Logger.OrderAnswerLost(order.Symbol.Id, order.ClientOrderId, error.Message);
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
            return new OrderResult
            {
                Request = order,
                Status = OrderStatus.Unknown,
                Message = string.Create(CultureInfo.InvariantCulture, $"{error.Message} It was not found by its client id since."),
            };
        }

        _doubtful.TryRemove(query, out _);
        _client.Logger.OrderResolved(order.Symbol.Id, order.ClientOrderId, found.Status);
        return found;
    }
}
