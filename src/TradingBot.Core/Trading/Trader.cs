using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;

namespace TradingBot.Trading;

/// <summary>Runs one cycle: reads the exchange, protects what is held, forecasts, decides, and sends what was decided. The host decides when.</summary>
/// <remarks>Every cycle starts from what the exchange says; what is remembered only refines it. The process may end between any two lines, and two
/// hosts may run the same bar: see docs/reliability.md. Calls on one trader run one after another.</remarks>
public sealed class Trader : IDisposable
{
    private readonly IFetcher _fetcher;
    private readonly IPredictor _predictor;
    private readonly IStrategy _strategy;
    private readonly IOrderer _orderer;
    private readonly IRiskStore _riskStore;
    private readonly TimeProvider _time;
    private readonly TraderMetrics _metrics;
    private readonly ILogger<Trader> _logger;
    private readonly TradingBotOptions _options;
    private readonly CycleReporter _reporter;
    private readonly Symbol _symbol;
    private readonly Interval _interval;
    private readonly int _requiredBars;
    // A host that is held up again and again decides nothing; the next cycle does.
    private const int MostReadings = 3;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private TradingDesk? _desk;
    private bool _isPrepared;

    /// <summary>Initializes a trader.</summary>
    /// <exception cref="OptionsValidationException">A setting is missing or outside its range; the message lists every fault.</exception>
    /// <exception cref="ModelException">The model was made for another interval, or its card says that it is an echo or without skill, it would trade
    /// live, and <see cref="TradingBotOptions.AllowUnskilledModel"/> is not set.</exception>
    /// <exception cref="UnprofitableSettingsException">The strategy's threshold cannot pay its own costs, and
    /// <see cref="TradingBotOptions.AllowThresholdBelowCosts"/> is not set.</exception>
    /// <exception cref="InvalidOperationException">Limits, or guards that compare with what the bot left, are set for live trading, but nothing would
    /// keep them across a restart.</exception>
    public Trader(
        IFetcher fetcher,
        IPredictor predictor,
        IStrategy strategy,
        IOrderer orderer,
        IRiskStore riskStore,
        TimeProvider timeProvider,
        TraderMetrics metrics,
        IOptions<TradingBotOptions> options,
        ILogger<Trader> logger,
        TraderReporting? reporting = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_fetcher, _predictor, _strategy, _orderer, _riskStore) = (fetcher, predictor, strategy, orderer, riskStore);
        (_time, _metrics, _logger, _options) = (timeProvider, metrics, logger, options.Value);
        TradingBotOptionsValidator.ThrowIfInvalid(_options);
        (_symbol, _interval) = (Symbol.Parse(_options.Symbol!), _options.Interval!);
        StartChecks.Model(predictor.Card, _symbol, _interval, _options, logger);
        StartChecks.Costs(strategy, predictor.Card.Horizon * _interval.Length, _options);
        StartChecks.Memory(riskStore, _options);
        _requiredBars = Math.Max(predictor.Card.RequiredBars, strategy.Lookback);
        _reporter = new CycleReporter(_options, strategy, predictor.Card, reporting ?? TraderReporting.None, timeProvider, metrics, logger);
    }

    /// <summary>Runs one cycle on the latest closed bar.</summary>
    /// <remarks>A bar is decided once: running its cycle again finishes what an earlier attempt left undone, and does nothing twice.</remarks>
    /// <exception cref="ExchangeException">The exchange did not answer, or refused a reading. The position was protected first, if it could be read.</exception>
    /// <exception cref="BarDataException">The exchange's bars cannot be used.</exception>
    /// <exception cref="ModelException">The model failed.</exception>
    public async Task<CycleResult> RunCycleAsync(CancellationToken cancellationToken = default)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        var started = _time.GetTimestamp();
        var cycle = new CycleRecord();
        using var trace = _reporter.Begin();
        try
        {
            await RunAsync(cycle, cancellationToken).ConfigureAwait(false);
            var result = cycle.ToResult();
            await _reporter.EndedAsync(result, cycle, trace, _time.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
            return result;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await _reporter.FailedAsync(e, trace, _time.GetElapsedTime(started), cancellationToken).ConfigureAwait(false);
            throw;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Only looks after the protection of what is held: no bars, no model, no decision. Hosts may call it as often as they like.</summary>
    /// <remarks>It repairs to exactly one right stop for a position and none for none, closes a position that cannot be protected in time, takes
    /// back what an entry filled twice, and carries out a kill switch that closes.</remarks>
    /// <exception cref="ExchangeException">The exchange did not answer, or refused a reading.</exception>
    public async Task<ProtectionResult> ProtectAsync(CancellationToken cancellationToken = default)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var cycle = new CycleRecord();
            var desk = await DeskAsync(cancellationToken).ConfigureAwait(false);
            var protection = await desk.Position.SecureAsync(cycle, cancellationToken).ConfigureAwait(false);
            return new ProtectionResult
            {
                Account = cycle.Account!,
                Stop = protection?.Stop,
                Orders = cycle.Orders,
                Guard = cycle.Finding?.Guard,
                Reason = cycle.Reason ?? cycle.Finding?.Reason,
            };
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Lets trading go on after a limit has tripped, measures the limits anew from the equity last seen, and takes balance and position as
    /// they are found. A bar that was decided may be decided again.</summary>
    public async Task ResetLimitsAsync(CancellationToken cancellationToken = default)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var account = await _orderer.GetAccountAsync(_symbol, cancellationToken).ConfigureAwait(false);
            var risk = await _riskStore.LoadAsync(_options.BotId, cancellationToken).ConfigureAwait(false);
            var reset = risk.Reset() with { Expected = new AccountExpectation { Quantity = account.Position.Quantity } };
            await _riskStore.SaveAsync(_options.BotId, reset, cancellationToken).ConfigureAwait(false);
            _logger.LimitsReset(_symbol.Id, risk.Tripped);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private async Task RunAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        var desk = await DeskAsync(cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; attempt <= MostReadings; attempt++)
        {
            (cycle.Finding, cycle.IsRecalled) = (null, false);
            if (await desk.Position.SecureAsync(cycle, cancellationToken).ConfigureAwait(false) is null
                || await TryDecideAsync(desk, cycle, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        cycle.Plan = new TradePlan { Risk = cycle.Memory };
        cycle.Finding = EntryGate.Late(_time.GetElapsedTime(cycle.ReadAt), _options);
    }

    /// <summary>Decides the bar and carries it out; <see langword="false"/> when what was read had grown too old before the decision could be written down.</summary>
    private async Task<bool> TryDecideAsync(TradingDesk desk, CycleRecord cycle, CancellationToken cancellationToken)
    {
        if (!_isPrepared && await desk.Gate.PrepareAsync(cycle, cancellationToken).ConfigureAwait(false) is { } refused)
        {
            _logger.AccountNotSet(_symbol.Id, refused.Reason);
        }

        _isPrepared = true;
        var bars = cycle.Bars = await FetchBarsAsync(cancellationToken).ConfigureAwait(false);
        if (bars.Count < _strategy.Lookback)
        {
            cycle.Outcome = CycleOutcome.NotReady;
            cycle.Reason = string.Create(CultureInfo.InvariantCulture, $"{bars.Count} closed bars, the strategy needs {_strategy.Lookback}");
            return true;
        }

        var secured = cycle.Orders.Count;
        var killed = KillSwitch.Check(_options);
        await CancelOutdatedAsync(desk, cycle, killed, cancellationToken).ConfigureAwait(false);
        var finding = desk.Decision.Decide(cycle, killed);
        await desk.Executor.DropHandledAsync(cycle, cancellationToken).ConfigureAwait(false);
        // Into the journal first: what is in memory is carried out by the next attempt, which does not write it again.
        if (await _reporter.DecidedAsync(cycle, desk.Settings, cancellationToken).ConfigureAwait(false) is { } unwritten && cycle.Plan.Entry is not null)
        {
            desk.Executor.Bar(cycle, unwritten);
            cycle.Plan = cycle.Plan with { Entry = null };
        }

        if (!await desk.Memory.WriteIntentAsync(cycle, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        try
        {
            await desk.Executor.ExecuteAsync(cycle, finding, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (cycle.Entry is not null)
        {
            await SettleAsync(desk, cycle, secured).ConfigureAwait(false);
            throw;
        }

        await SettleAsync(desk, cycle, secured).ConfigureAwait(false);
        return true;
    }

    // Once an order is out, its protection does not end with the caller's patience; the time-out bounds it.
    private static async Task SettleAsync(TradingDesk desk, CycleRecord cycle, int secured)
    {
        var protection = cycle.Orders.Count == secured
            ? null
            : await desk.Position.ProtectAsync(cycle, cycle.BarOpenTime!.Value, cycle.Latest, CancellationToken.None).ConfigureAwait(false);
        await desk.Memory.WriteExpectationAsync(cycle, protection).ConfigureAwait(false);
    }

    private async Task<TradingDesk> DeskAsync(CancellationToken cancellationToken)
    {
        if (_desk is not null)
        {
            return _desk;
        }

        var info = await _fetcher.FetchSymbolInfoAsync(_symbol, cancellationToken).ConfigureAwait(false);
        var settings = _options.ToTradeSettings(info);
        var rules = new TradeCycle(_strategy, settings);
        var ids = rules.Ids;
        var orders = new OrderDesk(_orderer, _symbol, ids, _reporter, _metrics, _logger);
        var exposure = new ExposureCheck(orders, ids, info, _logger);
        var stops = new StopKeeper(_orderer, orders, ids, info, _options, _time, _metrics, _logger);
        var memory = new CycleMemory(_riskStore, orders, ids, _symbol, _options, _time, _metrics, _logger);
        var position = new PositionKeeper(_orderer, orders, exposure, stops, memory, ids, _symbol, _reporter, _options, _time, _metrics, _logger);
        var gate = new EntryGate(_fetcher, _orderer, stops, _symbol, _options, _time);
        var executor = new PlanExecutor(_orderer, gate, orders, exposure, ids, info, _options, _time, _metrics, _logger);
        var decision = new BarDecision(_predictor, _strategy, rules, orders, executor, _symbol, _options);
        return _desk = new TradingDesk(settings, ids, orders, position, decision, memory, gate, executor);
    }

    private Task<BarSeries> FetchBarsAsync(CancellationToken cancellationToken) => _fetcher.FetchBarsAsync(
        new BarRequest
        {
            Symbol = _symbol,
            Interval = _interval,
            // A gap would hide the bars after it, and with them the way out of a position; it bars the entry instead.
            GapPolicy = _options.GapPolicy == GapPolicy.Reject ? GapPolicy.Flag : _options.GapPolicy,
            Count = _requiredBars,
        },
        cancellationToken);

    // An entry that did not fill belongs to a decision that is over. Orders that are not this bot's are left alone.
    private async Task CancelOutdatedAsync(TradingDesk desk, CycleRecord cycle, GuardFinding? killed, CancellationToken cancellationToken)
    {
        var (ids, bar) = (desk.Ids, cycle.BarOpenTime!.Value);
        var current = ids.For(bar, OrderLeg.Entry);
        var waiting = cycle.Account!.OpenOrders.Where(order => order.Request.Type == OrderType.Limit && ids.Owns(order.ClientOrderId)).ToArray();
        var isOver = killed is not null;
        if (!isOver && Array.Exists(waiting, order => order.ClientOrderId == current))
        {
            var price = await _fetcher.FetchPriceAsync(_symbol, cancellationToken).ConfigureAwait(false);
            isOver = EntryGuards.Age(cycle.Bars!, price.Time, _options) is not null;
        }

        var ended = new List<OrderResult>();
        var sent = cycle.Orders.Count;
        foreach (var order in waiting.Where(order => isOver || order.ClientOrderId != current))
        {
            ended.Add(await desk.Orders.CancelAsync(order, cancellationToken).ConfigureAwait(false));
        }

        cycle.Orders.AddRange(ended);
        if (_options.PartialFillPolicy == PartialFillPolicy.Reduce)
        {
            if (ended.Count == 0 && cycle.Memory.Intent is { EntryPrice: not null } earlier && earlier.BarOpenTime < bar
                && await desk.Orders.FindAsync(ids.For(earlier.BarOpenTime, OrderLeg.Entry), cancellationToken).ConfigureAwait(false) is { } entry)
            {
                // Canceled by an attempt that ended before it could undo the part.
                ended.Add(entry);
            }

            foreach (var order in ended.Where(order => !order.IsOpen && order.FilledQuantity > 0 && order.FilledQuantity < order.Request.Quantity))
            {
                await desk.Executor.UndoAsync(cycle, order, cancellationToken).ConfigureAwait(false);
            }
        }

        if (cycle.Orders.Count > sent)
        {
            // One of them may have filled between the reading and the cancel.
            await desk.Position.ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        }
    }
}
