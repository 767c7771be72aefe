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
    private readonly Symbol _symbol;
    private readonly Interval _interval;
    private readonly int _requiredBars;
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
        ILogger<Trader> logger)
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
        try
        {
            await RunAsync(cycle, cancellationToken).ConfigureAwait(false);
            return Close(cycle, started);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _logger.CycleFailed(e, _symbol.Id);
            _metrics.CycleFailed(_symbol, _time.GetElapsedTime(started));
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
            var protection = await SecureAsync(await DeskAsync(cancellationToken).ConfigureAwait(false), cycle, cancellationToken).ConfigureAwait(false);
            return new ProtectionResult
            {
                Account = cycle.Account!,
                Stop = protection?.Stop,
                Orders = cycle.Orders,
                Guard = cycle.Finding?.Guard,
                Reason = cycle.Reason,
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

    // The one place where a whole cycle is known: what it saw, what it decided, and what became of it.
    private CycleResult Close(CycleRecord cycle, long started)
    {
        var result = cycle.ToResult();
        _logger.CycleEnded(_symbol.Id, result.BarOpenTime, result.Outcome, result.Decision.Action, result.Reason ?? result.Decision.Reason);
        _metrics.CycleEnded(_symbol, result.Outcome, _time.GetElapsedTime(started));
        return result;
    }

    private async Task RunAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        var desk = await DeskAsync(cancellationToken).ConfigureAwait(false);
        if (await SecureAsync(desk, cycle, cancellationToken).ConfigureAwait(false) is null)
        {
            return;
        }

        if (!_isPrepared && await desk.Executor.PrepareAsync(cycle, cancellationToken).ConfigureAwait(false) is { } refused)
        {
            _logger.AccountNotSet(_symbol.Id, refused.Reason);
        }

        _isPrepared = true;
        cycle.Bars = await _fetcher.FetchBarsAsync(
            // Under Reject a gap would hide the bars after it, and with them the way out of a position.
            new BarRequest
            {
                Symbol = _symbol,
                Interval = _interval,
                GapPolicy = _options.GapPolicy == GapPolicy.Reject ? GapPolicy.Flag : _options.GapPolicy,
                Count = _requiredBars,
            },
            cancellationToken).ConfigureAwait(false);
        if (cycle.Bars.Count < _strategy.Lookback)
        {
            cycle.Outcome = CycleOutcome.NotReady;
            cycle.Reason = string.Create(CultureInfo.InvariantCulture, $"{cycle.Bars.Count} closed bars, the strategy needs {_strategy.Lookback}");
            return;
        }

        var secured = cycle.Orders.Count;
        var killed = KillSwitch.Check(_options);
        await CancelOutdatedAsync(desk, cycle, killed, cancellationToken).ConfigureAwait(false);
        var finding = Decide(desk, cycle, killed);
        await desk.Executor.DropHandledAsync(cycle, cancellationToken).ConfigureAwait(false);
        await RememberIntentAsync(cycle, cancellationToken).ConfigureAwait(false);
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
    }

    private async Task<TradingDesk> DeskAsync(CancellationToken cancellationToken)
    {
        if (_desk is not null)
        {
            return _desk;
        }

        var info = await _fetcher.FetchSymbolInfoAsync(_symbol, cancellationToken).ConfigureAwait(false);
        var cycle = new TradeCycle(_strategy, _options.ToTradeSettings(info));
        var orders = new OrderDesk(_orderer, _symbol, cycle.Ids, _metrics, _logger);
        var exposure = new ExposureCheck(orders, cycle.Ids, info, _logger);
        return _desk = new TradingDesk
        {
            Info = info,
            Cycle = cycle,
            Orders = orders,
            Exposure = exposure,
            Stops = new StopKeeper(_orderer, orders, cycle.Ids, info, _options, _time, _metrics, _logger),
            Executor = new PlanExecutor(_fetcher, _orderer, orders, exposure, cycle.Ids, info, _options, _time, _metrics, _logger),
        };
    }

    // Before anything else: what became of lost orders, whose the position is, and that it is protected.
    private async Task<Protection?> SecureAsync(TradingDesk desk, CycleRecord cycle, CancellationToken cancellationToken)
    {
        await desk.Orders.ResolveAsync(cancellationToken).ConfigureAwait(false);
        var bar = _interval.OpenTimeAt(_time.GetUtcNow()) - _interval.Length;
        var account = await ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        if (account.Position.IsFlat && account.OpenOrders.Any(order => order.Request.Type == OrderType.StopMarket && desk.Cycle.Ids.Owns(order.ClientOrderId)))
        {
            // A reading can be from before an entry; its stop must not be taken away for that.
            account = await ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        }

        Exposure exposure;
        try
        {
            cycle.Memory = await _riskStore.LoadAsync(_options.BotId, cancellationToken).ConfigureAwait(false);
            exposure = await desk.Exposure.JudgeAsync(account, cycle.Memory, bar, _interval.Length, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ExchangeException && _options.UnknownExposurePolicy == UnknownExposurePolicy.Adopt)
        {
            await desk.Stops.KeepAsync(bar, account, null, cancellationToken).ConfigureAwait(false);
            throw;
        }

        if (exposure.Kind == ExposureKind.Unknown && _options.UnknownExposurePolicy == UnknownExposurePolicy.Halt)
        {
            _logger.ExposureUnknown(_symbol.Id, exposure.Reason);
            _metrics.EntryBarred(_symbol, Guard.UnknownExposure);
            cycle.Finding = new GuardFinding(Guard.UnknownExposure, $"{exposure.Reason}; the bot halts until it is gone or {nameof(ResetLimitsAsync)} takes it over");
            cycle.Reason = cycle.Finding.Reason;
            return null;
        }

        if (exposure.Kind == ExposureKind.Unknown)
        {
            _logger.ExposureAdopted(_symbol.Id, exposure.Reason);
        }

        var closing = exposure.Kind == ExposureKind.Doubled
            ? await desk.Exposure.TrimAsync(account.Position, exposure.Surplus, exposure.EntryBar, cancellationToken).ConfigureAwait(false)
            : null;
        if (!account.Position.IsFlat && _options.KillSwitchAction == KillSwitchAction.ClosePosition && KillSwitch.Check(_options) is { } killed)
        {
            _logger.KillSwitchClosed(_symbol.Id, account.Position.Quantity, killed.Reason);
            closing = await desk.Stops.CloseAsync(bar, account.Position, cancellationToken).ConfigureAwait(false);
        }

        if (closing is not null)
        {
            cycle.Orders.Add(closing);
            account = await ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        }

        var protection = await KeepStopsAsync(desk, cycle, bar, account, null, cancellationToken).ConfigureAwait(false);
        if (protection.Orders.Count > 0)
        {
            await ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        }

        return protection;
    }

    private static async Task<Protection> KeepStopsAsync(
        TradingDesk desk, CycleRecord cycle, DateTimeOffset bar, AccountSnapshot? account, OrderResult? entry, CancellationToken cancellationToken)
    {
        var protection = await desk.Stops.KeepAsync(bar, account, entry, cancellationToken).ConfigureAwait(false);
        cycle.Orders.AddRange(protection.Orders);
        cycle.Reason = protection.ClosedBecause is { } closed ? $"the position was closed, its stop could not be placed: {closed}"
            : protection.Trouble is { } trouble ? $"the position has no stop: {trouble}"
            : cycle.Reason;
        return protection;
    }

    private async Task<AccountSnapshot> ReadAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        cycle.ReadAt = _time.GetTimestamp();
        return cycle.Account = cycle.Latest = await _orderer.GetAccountAsync(_symbol, cancellationToken).ConfigureAwait(false);
    }

    // An entry that did not fill belongs to a decision that is over. Orders that are not this bot's are left alone.
    private async Task CancelOutdatedAsync(TradingDesk desk, CycleRecord cycle, GuardFinding? killed, CancellationToken cancellationToken)
    {
        var (ids, bar) = (desk.Cycle.Ids, cycle.BarOpenTime!.Value);
        var current = ids.For(bar, OrderLeg.Entry);
        var waiting = cycle.Account!.OpenOrders.Where(order => order.Request.Type == OrderType.Limit && ids.Owns(order.ClientOrderId)).ToArray();
        var isOver = killed is not null;
        if (!isOver && Array.Exists(waiting, order => order.ClientOrderId == current))
        {
            var price = await _fetcher.FetchPriceAsync(_symbol, cancellationToken).ConfigureAwait(false);
            isOver = EntryGuards.Age(cycle.Bars!, price.Time, _options) is not null;
        }

        var ended = new List<OrderResult>();
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

        if (ended.Count > 0)
        {
            // One of them may have filled between the reading and the cancel.
            await ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Decides the bar, or recalls what was decided; returns the first guard that bars an entry.</summary>
    private GuardFinding? Decide(TradingDesk desk, CycleRecord cycle, GuardFinding? killed)
    {
        var (bars, account, bar) = (cycle.Bars!, cycle.Account!, cycle.BarOpenTime!.Value);
        var unusable = EntryGuards.Input(_predictor.Card, bars, _options.GapPolicy);
        cycle.Forecast = unusable is null ? _predictor.Predict(bars) : null;
        var absurd = EntryGuards.Forecast(cycle.Forecast, bars.Closes[^1], _options);
        if ((unusable ?? absurd) is { } withheld)
        {
            // Told even when nothing was to be entered: the strategy is not shown the forecast.
            cycle.Finding = withheld;
            _logger.EntryBarred(_symbol.Id, withheld.Guard, withheld.Reason);
            _metrics.EntryBarred(_symbol, withheld.Guard);
        }

        if (cycle.Memory.Intent is { } intent && intent.BarOpenTime >= bar)
        {
            cycle.IsRecalled = true;
            if (intent.BarOpenTime == bar)
            {
                cycle.Plan = intent.ToPlan(desk.Cycle.Ids, _symbol, cycle.Memory);
            }
            else
            {
                cycle.Plan = new TradePlan { Risk = cycle.Memory };
                cycle.Finding = new GuardFinding(
                    Guard.StaleBars, string.Create(CultureInfo.InvariantCulture, $"the bar of {bar:u} is the newest, but that of {intent.BarOpenTime:u} was decided before"));
            }
        }
        else
        {
            var context = new StrategyContext(bars[^_strategy.Lookback..], absurd is null ? cycle.Forecast : null, account.Position, account.Balance);
            cycle.Plan = desk.Cycle.Plan(context, cycle.Memory);
        }

        var current = desk.Cycle.Ids.For(bar, OrderLeg.Entry);
        var blocked = desk.Orders.HasUnresolved ? "what became of an earlier order is not known yet"
            : account.OpenOrders.Any(order => order.Request.Type == OrderType.Limit && desk.Cycle.Ids.Owns(order.ClientOrderId) && order.ClientOrderId != current)
                ? "an entry of an earlier bar still waits" : null;
        var foreign = EntryGuards.Balance(account, cycle.Memory.Expected, _options);
        cycle.IsBalanceForeign = foreign is not null;
        return killed
            ?? (blocked is null ? null : new GuardFinding(Guard.UnresolvedOrder, blocked))
            ?? foreign
            ?? unusable
            ?? EntryGuards.Model(_predictor.Card, _symbol, _options)
            ?? absurd;
    }

    // Before any order: a limit that trips stays tripped, and a bar stays decided, whatever happens to this process.
    private async Task RememberIntentAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        var (before, plan) = (cycle.Memory, cycle.Plan);
        var intent = cycle.IsRecalled ? before.Intent! : CycleIntent.Of(cycle.BarOpenTime!.Value, plan);
        var next = plan.Risk with { Intent = intent, Expected = intent.HasOrders ? Uncertain(cycle) : before.Expected };
        cycle.Plan = plan with { Risk = next };
        if (next != before)
        {
            await _riskStore.SaveAsync(_options.BotId, next, cancellationToken).ConfigureAwait(false);
        }

        if (next.IsTripped && !before.IsTripped)
        {
            _logger.LimitTripped(_symbol.Id, next.Tripped, next.LastEquity, next.PeakEquity, next.DayStartEquity);
            _metrics.LimitTripped(_symbol, next.Tripped);
        }
    }

    // Once an order is out, its protection does not end with the caller's patience; the time-out bounds it.
    private async Task SettleAsync(TradingDesk desk, CycleRecord cycle, int secured)
    {
        AccountExpectation? expected;
        if (cycle.Orders.Count == secured)
        {
            expected = Expect(cycle.Account!, desk);
        }
        else
        {
            var sent = cycle.Orders.Count;
            var protection = await KeepStopsAsync(desk, cycle, cycle.BarOpenTime!.Value, cycle.Latest, cycle.Entry, CancellationToken.None).ConfigureAwait(false);
            var isKnown = protection.Trouble is null && !desk.Orders.HasUnresolved
                && (protection.ClosedBecause is not null || cycle.Orders.Skip(sent).All(order => order.FilledQuantity == 0))
                && (cycle.Entry is not { FilledQuantity: > 0 } || protection.ClosedBecause is not null || !protection.Account!.Position.IsFlat);
            expected = isKnown ? Expect(protection.Account!, desk) : Uncertain(cycle);
        }

        // A balance that somebody else changed stays conspicuous until it is accepted.
        var memory = cycle.Plan.Risk with { Expected = cycle.IsBalanceForeign ? cycle.Memory.Expected : expected };
        if (memory != cycle.Plan.Risk)
        {
            await _riskStore.SaveAsync(_options.BotId, memory, CancellationToken.None).ConfigureAwait(false);
        }
    }

    // While orders are out, the position is still the one from before, or one that the bar's own orders explain.
    private static AccountExpectation? Uncertain(CycleRecord cycle) =>
        cycle.IsBalanceForeign ? cycle.Memory.Expected : new AccountExpectation { Quantity = cycle.Account!.Position.Quantity };

    private static AccountExpectation Expect(AccountSnapshot account, TradingDesk desk) => new()
    {
        Quantity = account.Position.Quantity,
        Balance = account.Position.IsFlat && !account.OpenOrders.Any(order => order.Request.Type != OrderType.StopMarket && desk.Cycle.Ids.Owns(order.ClientOrderId))
            ? account.Balance
            : null,
    };
}
