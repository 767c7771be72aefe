using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>Trades a simulated account at the prices of a fetcher: live prices, simulated orders.</summary>
/// <remarks>
/// <para>Every call first trades the bars that closed since the call before, so that resting orders, stops, funding and liquidation are
/// honoured although nothing ran in between. A submitted order then meets the fetcher's current price: a market order fills there.
/// Whatever rests waits for its bar to close. So the fills are those of a backtest whose bars open at the prices that were met.</para>
/// <para>A client order id that the account knows is not traded again: the answer is that order. An order sent in the middle of a bar
/// also meets the prices that this bar had before; send orders when a bar has closed, or choose shorter bars.</para>
/// <para>The account lives in memory and begins anew with the process. Calls run one after another.</para>
/// </remarks>
public sealed class PaperOrderer : IOrderer, IDisposable
{
    private readonly IFetcher _fetcher;
    private readonly Symbol _symbol;
    private readonly Interval _interval;
    private readonly Func<SymbolInfo, SimulatedExchange> _createExchange;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private SimulatedExchange? _exchange;

    /// <summary>Initializes a paper account. The trading rules are fetched by the first call.</summary>
    /// <param name="fetcher">Brings bars, rules and prices.</param>
    /// <param name="options">How the account is set.</param>
    public PaperOrderer(IFetcher fetcher, PaperExchangeOptions options)
    {
        ArgumentNullException.ThrowIfNull(fetcher);
        ArgumentNullException.ThrowIfNull(options);
        (_fetcher, _symbol, _interval) = (fetcher, options.Symbol, options.Interval);
        _createExchange = info => new SimulatedExchange(options.ToExchangeOptions(info));
    }

    /// <summary>Initializes a paper account on a simulated exchange, which may have traded before.</summary>
    /// <param name="fetcher">Brings bars and prices.</param>
    /// <param name="exchange">The exchange; nothing else should advance it while calls run.</param>
    /// <param name="symbol">A symbol that it lists.</param>
    /// <param name="interval">The length of the bars that resting orders, stops and liquidations are checked with.</param>
    /// <exception cref="ArgumentException">The symbol is not listed.</exception>
    public PaperOrderer(IFetcher fetcher, SimulatedExchange exchange, Symbol symbol, Interval interval)
    {
        ArgumentNullException.ThrowIfNull(fetcher);
        ArgumentNullException.ThrowIfNull(exchange);
        ArgumentNullException.ThrowIfNull(interval);
        exchange.MarketOf(symbol);
        (_fetcher, _exchange, _symbol, _interval) = (fetcher, exchange, symbol, interval);
        _createExchange = _ => exchange;
    }

    /// <inheritdoc/>
    public Task PrepareAsync(AccountSetup setup, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return CallAsync<object?>(
            setup.Symbol,
            (exchange, _) =>
            {
                exchange.SetMarginMode(_symbol, setup.MarginMode);
                exchange.SetLeverage(_symbol, setup.Leverage);
                return Task.FromResult<object?>(null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AccountSnapshot> GetAccountAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        CallAsync(symbol, static (exchange, symbol) => Task.FromResult(exchange.GetAccount(symbol)), cancellationToken);

    /// <inheritdoc/>
    public Task<OrderResult> SubmitAsync(OrderRequest order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        return CallAsync(order.Symbol, (exchange, _) => SubmitAsync(exchange, order, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<OrderResult?> FindAsync(OrderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync(query.Symbol, (exchange, symbol) => Task.FromResult(exchange.Find(symbol, query.ClientOrderId)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<OrderResult?> CancelAsync(OrderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return CallAsync(query.Symbol, (exchange, symbol) => Task.FromResult(exchange.Cancel(symbol, query.ClientOrderId)), cancellationToken);
    }

    /// <summary>Gets every trade so far, oldest first.</summary>
    /// <exception cref="ExchangeException">The fetcher's exchange did not answer, or refused.</exception>
    public Task<IReadOnlyList<Fill>> GetFillsAsync(CancellationToken cancellationToken = default) =>
        CallAsync<IReadOnlyList<Fill>>(_symbol, static (exchange, _) => Task.FromResult<IReadOnlyList<Fill>>([.. exchange.Fills]), cancellationToken);

    /// <summary>Gets every change of the balance so far, in the order in which they were booked.</summary>
    /// <exception cref="ExchangeException">The fetcher's exchange did not answer, or refused.</exception>
    public Task<IReadOnlyList<LedgerEntry>> GetLedgerAsync(CancellationToken cancellationToken = default) =>
        CallAsync<IReadOnlyList<LedgerEntry>>(_symbol, static (exchange, _) => Task.FromResult<IReadOnlyList<LedgerEntry>>([.. exchange.Ledger]), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private async Task<T> CallAsync<T>(Symbol symbol, Func<SimulatedExchange, Symbol, Task<T>> call, CancellationToken cancellationToken)
    {
        if (symbol != _symbol)
        {
            throw new ExchangeException(ExchangeErrorKind.Rejected, $"The paper account trades {_symbol}, not {symbol}.");
        }

        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _exchange ??= _createExchange(await _fetcher.FetchSymbolInfoAsync(_symbol, cancellationToken).ConfigureAwait(false));
            await CatchUpAsync(_exchange, cancellationToken).ConfigureAwait(false);
            return await call(_exchange, _symbol).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task CatchUpAsync(SimulatedExchange exchange, CancellationToken cancellationToken)
    {
        // A new account begins with the latest closed bar, which nothing can trade in but which gives the first price.
        var until = exchange.BarsUntil(_symbol);
        var bars = await _fetcher.FetchBarsAsync(
            new BarRequest { Symbol = _symbol, Interval = _interval, GapPolicy = GapPolicy.Flag, From = until, Count = until is null ? 1 : null },
            cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < bars.Count; i++)
        {
            exchange.Advance(bars, i);
        }
    }

    private async Task<OrderResult> SubmitAsync(SimulatedExchange exchange, OrderRequest order, CancellationToken cancellationToken)
    {
        if (exchange.Find(_symbol, order.ClientOrderId) is { } earlier)
        {
            return earlier;
        }

        // Before the order is accepted, so that a price that does not come leaves no order behind.
        var price = await _fetcher.FetchPriceAsync(_symbol, cancellationToken).ConfigureAwait(false);
        var submitted = exchange.Submit(order);
        if (submitted.IsOpen)
        {
            exchange.FillArrivals(_symbol, TimeOf(exchange, price), price.Last);
        }

        return exchange.Find(_symbol, order.ClientOrderId) ?? submitted;
    }

    // A bar can close between the reading of bars and of the price, and bars can come late. The account's clock waits for them.
    private DateTimeOffset TimeOf(SimulatedExchange exchange, in MarketPrice price)
    {
        var time = price.Time;
        if (exchange.BarsUntil(_symbol) is { } until && until + _interval.Length - TimeSpan.FromMilliseconds(1) is var last && time > last)
        {
            time = last;
        }

        return exchange.Time is { } now && now > time ? now : time;
    }
}
