using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;
using static System.FormattableString;

namespace TradingBot.Testing;

/// <summary>An exchange for tests: it replays bars, trades one simulated account, remembers what it was asked, and fails by plan.</summary>
/// <remarks>Time stands still until it is moved. A market order sent after a bar's close fills at once at the open of the bar that
/// follows, the same trade as in a backtest; after the last bar, at the last close. Costs are those of
/// <see cref="SimulatedExchangeOptions"/> unless the exchange is given with others.</remarks>
public sealed class FakeExchange : IFetcher, IOrderer, IDisposable
{
    private readonly FaultPlan _faults;
    private readonly Dictionary<ExchangeCall, int> _counts = [];
    private readonly List<RecordedCall> _calls = [];
    private readonly SimulatedExchange _exchange;
    private readonly PaperOrderer _orderer;
    private readonly SymbolInfo _info;
    private readonly Lock _lock = new();
    private readonly OrderTroubles _troubles = new();
    private ReplayFetcher _fetcher;
    private BarSeries _bars;
    private AccountSnapshot? _lastAccount;

    /// <summary>Initializes an exchange.</summary>
    /// <param name="bars">The bars to replay, at least one.</param>
    /// <param name="faults">What goes wrong; nothing unless given.</param>
    /// <param name="closedBars">How many of the bars have closed at the start; all of them unless given.</param>
    /// <param name="options">How the account is set, and how its one market is listed; <see cref="SampleSymbols"/> with the default costs unless given.</param>
    /// <exception cref="ArgumentException">There are no bars, or the options list other markets than theirs.</exception>
    public FakeExchange(BarSeries bars, FaultPlan? faults = null, int? closedBars = null, SimulatedExchangeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bars);
        var closed = closedBars ?? bars.Count;
        if (closed < 1 || closed > bars.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(closedBars), closed, $"Expected 1 to {bars.Count} closed bars.");
        }

        (_bars, _faults) = (bars, faults ?? FaultPlan.None);
        options ??= new SimulatedExchangeOptions { Markets = [new MarketListing(SampleSymbols.For(bars.Symbol))] };
        _exchange = new SimulatedExchange(options);
        _info = _exchange.ListingOf(bars.Symbol).Info;
        Time = new ManualTimeProvider(bars.CloseTimeAt(closed - 1));
        _fetcher = new ReplayFetcher(bars, _info, Time);
        _orderer = new PaperOrderer(new Unplanned(this), _exchange, bars.Symbol, bars.Interval);
    }

    /// <summary>Gets the exchange's clock.</summary>
    public ManualTimeProvider Time { get; }

    /// <summary>Gets the market.</summary>
    public Symbol Symbol => _bars.Symbol;

    /// <summary>Gets the bars that are replayed, those to come included.</summary>
    public BarSeries Bars => _bars;

    /// <summary>Gets every call that came in, in order.</summary>
    public IReadOnlyList<RecordedCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Gets every order that was submitted, in order, those included that were refused or lost.</summary>
    public IReadOnlyList<OrderRequest> Orders => [.. Calls.Where(call => call.Call == ExchangeCall.Submit).Select(call => (OrderRequest)call.Request)];

    /// <summary>Gets every order that was asked to be canceled, in order.</summary>
    public IReadOnlyList<OrderQuery> Cancels => [.. Calls.Where(call => call.Call == ExchangeCall.Cancel).Select(call => (OrderQuery)call.Request)];

    /// <summary>Gets every trade so far, up to the present of the clock.</summary>
    public IReadOnlyList<Fill> Fills => Now(exchange => exchange.Fills.ToArray());

    /// <summary>Gets every change of the balance so far, up to the present of the clock.</summary>
    public IReadOnlyList<LedgerEntry> Ledger => Now(exchange => exchange.Ledger.ToArray());

    /// <summary>Gets the wallet balance.</summary>
    public decimal Balance => Now(exchange => exchange.Balance);

    /// <summary>Gets the balance plus the unrealised profit.</summary>
    public decimal Equity => Now(exchange => exchange.Equity);

    /// <summary>Gets the position.</summary>
    public Position Position => Now(exchange => exchange.PositionOf(Symbol));

    /// <summary>Gets the open orders, conditional ones included.</summary>
    public IReadOnlyList<OrderResult> OpenOrders => Now(exchange => exchange.OpenOrdersOf(Symbol));

    /// <summary>Moves the clock to the close of the next bar and trades that bar.</summary>
    /// <returns><see langword="false"/> when there is no further bar; the clock then stays.</returns>
    public bool AdvanceToNextBar()
    {
        var next = _bars.IndexAtOrAfter(Time.GetUtcNow() - _bars.Interval.Length + TimeSpan.FromTicks(1));
        if (next == _bars.Count)
        {
            return false;
        }

        Time.SetUtcNow(_bars.CloseTimeAt(next));
        Now(_ => 0);
        return true;
    }

    /// <summary>Adds a bar after the last one, for exchanges that are scripted bar by bar. The clock does not move.</summary>
    /// <param name="open">The first price.</param>
    /// <param name="high">The highest price.</param>
    /// <param name="low">The lowest price.</param>
    /// <param name="close">The last price.</param>
    public void AddBar(double open, double high, double low, double close)
    {
        var length = _bars.Interval.Length;
        var openTime = _bars.OpenTimeAt(_bars.Count - 1) + length;
        _bars = BarSeries.Create(Symbol, _bars.Interval, GapPolicy.Flag, _bars.Append(new Bar(openTime, length, open, high, low, close, 100)));
        _fetcher = new ReplayFetcher(_bars, _info, Time);
    }

    /// <inheritdoc/>
    public async Task<BarSeries> FetchBarsAsync(BarRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var fault = Begin(ExchangeCall.FetchBars, request, cancellationToken);
        if (fault is Fault.LateBars late)
        {
            var visible = Math.Max(0, _bars.IndexAtOrAfter(Time.GetUtcNow() - _bars.Interval.Length + TimeSpan.FromTicks(1)) - late.Count);
            return await new ReplayFetcher(_bars.Slice(0, visible), _info, Time).FetchBarsAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return AnswerOf(fault, ExchangeCall.FetchBars, await _fetcher.FetchBarsAsync(request, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async Task<SymbolInfo> FetchSymbolInfoAsync(Symbol symbol, CancellationToken cancellationToken = default)
    {
        var fault = Begin(ExchangeCall.FetchSymbolInfo, symbol, cancellationToken);
        return AnswerOf(fault, ExchangeCall.FetchSymbolInfo, await _fetcher.FetchSymbolInfoAsync(symbol, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async Task<MarketPrice> FetchPriceAsync(Symbol symbol, CancellationToken cancellationToken = default)
    {
        var fault = Begin(ExchangeCall.FetchPrice, symbol, cancellationToken);
        return AnswerOf(fault, ExchangeCall.FetchPrice, await _fetcher.FetchPriceAsync(symbol, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async Task PrepareAsync(AccountSetup setup, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var fault = Begin(ExchangeCall.Prepare, setup, cancellationToken);
        await _orderer.PrepareAsync(setup, cancellationToken).ConfigureAwait(false);
        AnswerOf(fault, ExchangeCall.Prepare, 0);
    }

    /// <inheritdoc/>
    public async Task<AccountSnapshot> GetAccountAsync(Symbol symbol, CancellationToken cancellationToken = default)
    {
        var fault = Begin(ExchangeCall.GetAccount, symbol, cancellationToken);
        var account = await _orderer.GetAccountAsync(symbol, cancellationToken).ConfigureAwait(false);
        if (fault is not Fault.Outdated || _lastAccount is null)
        {
            _lastAccount = account;
        }

        return AnswerOf(fault, ExchangeCall.GetAccount, _lastAccount);
    }

    /// <inheritdoc/>
    public async Task<OrderResult> SubmitAsync(OrderRequest order, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        var fault = Begin(ExchangeCall.Submit, order, cancellationToken);
        if (fault is Fault.Refusal refusal)
        {
            return new OrderResult
            {
                Request = order,
                Status = OrderStatus.Rejected,
                RejectReason = refusal.Reason,
                Message = refusal.Message,
                UpdatedAt = Time.GetUtcNow(),
            };
        }

        if (fault is Fault.Late late)
        {
            _troubles.Delay(order, Calls.Count + late.Calls);
        }
        else if (fault is not Fault.LostRequest)
        {
            var result = await CarryOutAsync(order, fault, cancellationToken).ConfigureAwait(false);
            if (fault is not Fault.LostAnswer)
            {
                return result;
            }
        }

        return new OrderResult { Request = order, Status = OrderStatus.Unknown, Message = "The answer was lost." };
    }

    /// <inheritdoc/>
    public async Task<OrderResult?> FindAsync(OrderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var fault = Begin(ExchangeCall.Find, query, cancellationToken);
        var found = await _orderer.FindAsync(query, cancellationToken).ConfigureAwait(false);
        return fault is Fault.Invisible ? null : AnswerOf(fault, ExchangeCall.Find, _troubles.AsSent(found));
    }

    /// <inheritdoc/>
    public async Task<OrderResult?> CancelAsync(OrderQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var fault = Begin(ExchangeCall.Cancel, query, cancellationToken);
        return AnswerOf(fault, ExchangeCall.Cancel, await _orderer.CancelAsync(query, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public void Dispose() => _orderer.Dispose();

    private static T AnswerOf<T>(Fault? fault, ExchangeCall call, T answer) => fault is Fault.LostAnswer
        ? throw new ExchangeException(ExchangeErrorKind.StatusUnknown, $"{call}: the answer was lost, by plan.")
        : answer;

    private async Task<OrderResult> CarryOutAsync(OrderRequest order, Fault? fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case Fault.ForgottenId:
                return SubmitAnew(order);
            case Fault.PartialFill part:
                return _troubles.AsSent(
                    await _orderer.SubmitAsync(_troubles.PartOf(order, part.Share, _info.StepSize), cancellationToken).ConfigureAwait(false))!;
            default:
                return await _orderer.SubmitAsync(order, cancellationToken).ConfigureAwait(false);
        }
    }

    // Past the account's memory of ids, which is that of one process; at the price that the account would meet.
    private OrderResult SubmitAnew(OrderRequest order)
    {
        Now(_ => 0);
        var submitted = _exchange.Submit(order);
        if (!submitted.IsOpen)
        {
            return submitted;
        }

        _exchange.AdvanceTick(Symbol, Time.GetUtcNow(), _fetcher.FetchPriceAsync(Symbol).GetAwaiter().GetResult().Last);
        return _exchange.Find(Symbol, order.ClientOrderId) ?? submitted;
    }

    private Fault? Begin(ExchangeCall call, object request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Fault? fault;
        int calls;
        lock (_lock)
        {
            var number = _counts[call] = _counts.GetValueOrDefault(call) + 1;
            fault = _faults.For(call, number);
            _calls.Add(new RecordedCall(Time.GetUtcNow(), call, number, request, fault));
            calls = _calls.Count;
        }

        foreach (var late in _troubles.Arriving(calls))
        {
            SubmitAnew(late);
        }

        switch (fault)
        {
            case Fault.Failure failure:
                throw new ExchangeException(failure.Kind, $"{call} failed by plan.") { RetryAfter = failure.RetryAfter };
            case Fault.Refusal refusal when call != ExchangeCall.Submit:
                throw new ExchangeException(ExchangeErrorKind.Rejected, refusal.Message);
            case Fault.LostRequest when call != ExchangeCall.Submit:
                throw new ExchangeException(ExchangeErrorKind.StatusUnknown, $"{call}: the request was lost, by plan.");
            case Fault.Delay delay:
                Time.Advance(delay.Time);
                break;
            case Fault.LateBars when call != ExchangeCall.FetchBars:
            case Fault.Invisible when call != ExchangeCall.Find:
            case Fault.Outdated when call != ExchangeCall.GetAccount:
            case Fault.ForgottenId or Fault.Late or Fault.PartialFill when call != ExchangeCall.Submit:
                throw new InvalidOperationException(Invariant($"The fault {fault} cannot strike {call}."));
        }

        return fault;
    }

    // The account is brought up to the clock first; everything behind it answers at once.
    private T Now<T>(Func<SimulatedExchange, T> read)
    {
        _orderer.GetFillsAsync().GetAwaiter().GetResult();
        return read(_exchange);
    }

    /// <summary>The market data as the account's own machinery sees it: what goes wrong on the wire is not its concern.</summary>
    private sealed class Unplanned(FakeExchange exchange) : IFetcher
    {
        public Task<BarSeries> FetchBarsAsync(BarRequest request, CancellationToken cancellationToken = default) => exchange._fetcher.FetchBarsAsync(request, cancellationToken);

        public Task<SymbolInfo> FetchSymbolInfoAsync(Symbol symbol, CancellationToken cancellationToken = default) => exchange._fetcher.FetchSymbolInfoAsync(symbol, cancellationToken);

        public Task<MarketPrice> FetchPriceAsync(Symbol symbol, CancellationToken cancellationToken = default) => exchange._fetcher.FetchPriceAsync(symbol, cancellationToken);
    }
}
