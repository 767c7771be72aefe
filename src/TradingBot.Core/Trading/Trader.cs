using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;

namespace TradingBot.Trading;

/// <summary>Runs one cycle: reads the exchange, forecasts, decides, and sends what was decided. The host decides when.</summary>
/// <remarks>Every cycle starts from what the exchange says; nothing but the exchange's rules for the symbol is remembered between cycles.
/// Cycles of one trader run one after another.</remarks>
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
    private TradeCycle? _cycle;

    /// <summary>Initializes a trader.</summary>
    /// <exception cref="OptionsValidationException">A setting is missing or outside its range; the message lists every fault.</exception>
    /// <exception cref="ModelException">The model was made for another interval, or its card says that it is an echo or without skill, it would trade
    /// live, and <see cref="TradingBotOptions.AllowUnskilledModel"/> is not set.</exception>
    /// <exception cref="UnprofitableSettingsException">The strategy's threshold cannot pay its own costs, and
    /// <see cref="TradingBotOptions.AllowThresholdBelowCosts"/> is not set.</exception>
    /// <exception cref="InvalidOperationException">Limits are set for live trading, but nothing would keep them across a restart.</exception>
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
        if (predictor.Card.Interval != _interval)
        {
            throw new ModelException($"The bot trades bars of {_interval}, but model '{predictor.Card.Name}' was made for bars of {predictor.Card.Interval}.");
        }

        if (_options.Mode == TradingMode.Live)
        {
            RequireSkill(predictor.Card);
        }

        _requiredBars = Math.Max(predictor.Card.RequiredBars, strategy.Lookback);
        CheckCosts(strategy, predictor.Card.Horizon * _interval.Length);
        if (_options is { Mode: TradingMode.Live } and ({ MaxDailyLoss: not null } or { MaxDrawdown: not null }) && riskStore is InMemoryRiskStore)
        {
            throw new InvalidOperationException("A limit is set for live trading but would be forgotten with the process; expected a call such as KeepLimitsIn(folder).");
        }
    }

    /// <summary>Runs one cycle on the latest closed bar.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer, or refused a reading; no order was sent after that.</exception>
    /// <exception cref="BarDataException">The exchange's bars cannot be used.</exception>
    /// <exception cref="ModelException">The model failed.</exception>
    public async Task<CycleResult> RunCycleAsync(CancellationToken cancellationToken = default)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        var started = _time.GetTimestamp();
        try
        {
            var result = await RunAsync(cancellationToken).ConfigureAwait(false);
            _logger.CycleEnded(_symbol.Id, result.BarOpenTime, result.Outcome, result.Decision.Action, result.Reason ?? result.Decision.Reason);
            _metrics.CycleEnded(_symbol, result.Outcome, _time.GetElapsedTime(started));
            return result;
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

    /// <summary>Lets trading go on after a limit has tripped, and measures the limits anew from the equity last seen.</summary>
    public async Task ResetLimitsAsync(CancellationToken cancellationToken = default)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var risk = await _riskStore.LoadAsync(_options.BotId, cancellationToken).ConfigureAwait(false);
            await _riskStore.SaveAsync(_options.BotId, risk.Reset(), cancellationToken).ConfigureAwait(false);
            _logger.LimitsReset(_symbol.Id, risk.Tripped);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private void CheckCosts(IStrategy strategy, TimeSpan holdingTime)
    {
        if (strategy.Edge is { } edge
            && BreakEven.Compute(edge, _options.TakerFee, _options.Slippage, holdingTime) is { IsPayable: false } breakEven
            && !_options.AllowThresholdBelowCosts)
        {
            throw new UnprofitableSettingsException(breakEven);
        }
    }

    private async Task<CycleResult> RunAsync(CancellationToken cancellationToken)
    {
        var cycle = _cycle ??= await PrepareAsync(cancellationToken).ConfigureAwait(false);
        var bars = await _fetcher.FetchBarsAsync(
            new BarRequest { Symbol = _symbol, Interval = _interval, GapPolicy = _options.GapPolicy, Count = _requiredBars },
            cancellationToken).ConfigureAwait(false);
        if (bars.Count < _strategy.Lookback)
        {
            return new CycleResult
            {
                Outcome = CycleOutcome.NotReady,
                Reason = string.Create(CultureInfo.InvariantCulture, $"{bars.Count} closed bars, the strategy needs {_strategy.Lookback}"),
            };
        }

        var orders = new List<OrderResult>();
        var account = await _orderer.GetAccountAsync(_symbol, cancellationToken).ConfigureAwait(false);
        var barOpenTime = bars.OpenTimeAt(bars.Count - 1);
        if (await CancelOutdatedAsync(cycle.Ids, account, barOpenTime, orders, cancellationToken).ConfigureAwait(false))
        {
            account = await _orderer.GetAccountAsync(_symbol, cancellationToken).ConfigureAwait(false);
        }

        var forecast = _predictor.Predict(bars);
        var risk = await _riskStore.LoadAsync(_options.BotId, cancellationToken).ConfigureAwait(false);
        var plan = Plan(cycle, bars, forecast, account, risk);
        // Saved before any order, so that a limit that trips stays tripped whatever happens to this process.
        if (plan.Risk != risk)
        {
            await _riskStore.SaveAsync(_options.BotId, plan.Risk, cancellationToken).ConfigureAwait(false);
        }

        if (plan.Risk.IsTripped && !risk.IsTripped)
        {
            _logger.LimitTripped(_symbol.Id, plan.Risk.Tripped, plan.Risk.LastEquity, plan.Risk.PeakEquity, plan.Risk.DayStartEquity);
            _metrics.LimitTripped(_symbol, plan.Risk.Tripped);
        }

        var reason = await CarryOutAsync(plan, orders, cancellationToken).ConfigureAwait(false);
        return new CycleResult
        {
            Outcome = reason is not null ? CycleOutcome.Denied : plan.Exit is null && plan.Entry is null ? CycleOutcome.Idle : CycleOutcome.Ordered,
            BarOpenTime = barOpenTime,
            Forecast = forecast,
            Decision = plan.Decision,
            Reason = reason,
            Account = account,
            Orders = orders,
        };
    }

    private TradePlan Plan(TradeCycle cycle, BarSeries bars, Forecast? forecast, AccountSnapshot account, in RiskState risk) =>
        cycle.Plan(
            new StrategyContext(bars[^_strategy.Lookback..], forecast, account.Position, account.Balance),
            risk);

    private async Task<TradeCycle> PrepareAsync(CancellationToken cancellationToken)
    {
        var info = await _fetcher.FetchSymbolInfoAsync(_symbol, cancellationToken).ConfigureAwait(false);
        await _orderer.PrepareAsync(new AccountSetup(_symbol, _options.Leverage, _options.MarginMode), cancellationToken).ConfigureAwait(false);
        return new TradeCycle(_strategy, _options.ToTradeSettings(info));
    }

    // An entry that did not fill belongs to a decision that is over. Orders that are not this bot's are left alone.
    private async Task<bool> CancelOutdatedAsync(
        ClientOrderIds ids, AccountSnapshot account, DateTimeOffset barOpenTime, List<OrderResult> orders, CancellationToken cancellationToken)
    {
        var current = ids.For(barOpenTime, OrderLeg.Entry);
        var outdated = account.OpenOrders
            .Where(order => order.Request.Type == OrderType.Limit && ids.Owns(order.ClientOrderId) && order.ClientOrderId != current)
            .ToArray();
        foreach (var order in outdated)
        {
            var canceled = await _orderer.CancelAsync(new OrderQuery(_symbol, order.ClientOrderId), cancellationToken).ConfigureAwait(false);
            orders.Add(canceled ?? order);
            _logger.OrderCanceled(_symbol.Id, order.ClientOrderId, canceled?.Status);
        }

        return outdated.Length > 0;
    }

    /// <summary>Sends the plan's orders; returns why something was left undone, or <see langword="null"/>.</summary>
    private async Task<string?> CarryOutAsync(TradePlan plan, List<OrderResult> orders, CancellationToken cancellationToken)
    {
        if (plan.Denial is not null)
        {
            _logger.OrderDenied(_symbol.Id, plan.Denial);
            _metrics.OrderDenied(_symbol);
        }

        if (plan.Exit is { } exit)
        {
            var closed = await SubmitOnceAsync(exit, cancellationToken).ConfigureAwait(false);
            orders.Add(closed);
            if (closed.Status != OrderStatus.Filled)
            {
                return Undone("exit", closed);
            }
        }

        if (plan.Entry is { } entry)
        {
            var opened = await SubmitOnceAsync(entry, cancellationToken).ConfigureAwait(false);
            orders.Add(opened);
            if (opened.Status is OrderStatus.Denied or OrderStatus.Rejected or OrderStatus.Unknown)
            {
                return Undone("entry", opened);
            }
        }

        return plan.Denial;
    }

    // The same intent has the same id, so an order that an earlier attempt at this bar already sent is found, not sent again.
    private async Task<OrderResult> SubmitOnceAsync(OrderRequest order, CancellationToken cancellationToken)
    {
        var query = new OrderQuery(_symbol, order.ClientOrderId);
        if (await _orderer.FindAsync(query, cancellationToken).ConfigureAwait(false) is { } earlier)
        {
            _logger.OrderFound(_symbol.Id, earlier.ClientOrderId, earlier.Status);
            return earlier;
        }

        var result = await _orderer.SubmitAsync(order, cancellationToken).ConfigureAwait(false);
        if (result.Status == OrderStatus.Unknown)
        {
            _logger.OrderUnknown(_symbol.Id, result.ClientOrderId, result.Message);
            result = await _orderer.FindAsync(query, cancellationToken).ConfigureAwait(false) ?? result;
        }

        _logger.OrderSent(_symbol.Id, order.Side, order.Quantity, order.Type, result.ClientOrderId, result.Status, result.FilledQuantity, result.AveragePrice, result.Message);
        _metrics.OrderSent(_symbol, order, result);
        return result;
    }

    private void RequireSkill(ModelCard card)
    {
        switch (card.Skill)
        {
            case { Verdict: ForecastVerdict.Skill }:
                break;
            case null:
                _logger.ModelNotEvaluated(_symbol.Id, card.Name);
                break;
            case var skill when _options.AllowUnskilledModel:
                _logger.ModelUnskilled(_symbol.Id, card.Name, skill);
                break;
            case var skill:
                throw new ModelException(
                    $"The model '{card.Name}' was found to be {skill}. It does not trade live; set {nameof(TradingBotOptions.AllowUnskilledModel)} if that is meant.");
        }
    }

    private static string Undone(string leg, OrderResult order) =>
        $"the {leg} is {order.Status.ToString().ToUpperInvariant()}{(order.Message is null ? "" : $": {order.Message}")}";
}
