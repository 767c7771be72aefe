using System.Diagnostics;
using Microsoft.Extensions.Logging;
using TradingBot.Journal;
using TradingBot.Market;
using TradingBot.Monitoring;
using TradingBot.Prediction;
using TradingBot.Strategies;

namespace TradingBot.Trading;

/// <summary>Tells of a cycle: log, metrics, trace, health, journal and notifiers. None of them changes what is traded, but for one thing:
/// where a journal is kept, nothing is entered that it does not hold.</summary>
internal sealed class CycleReporter(
    TradingBotOptions options,
    IStrategy strategy,
    ModelCard model,
    TraderReporting reporting,
    TimeProvider time,
    TraderMetrics metrics,
    ILogger logger)
{
    private static readonly TimeSpan NotifierPatience = TimeSpan.FromSeconds(5);
    private static readonly ActivitySource Source = new(TraderMetrics.MeterName);
    private readonly Symbol _symbol = Symbol.Parse(options.Symbol!);
    private readonly SortedDictionary<string, string> _options = TradingBotOptionsText.Of(options);

    /// <summary>Begins the trace of a cycle; <see langword="null"/> when nobody listens.</summary>
    public Activity? Begin()
    {
        var trace = Source.StartActivity("tradingbot.cycle");
        trace?.SetTag("tradingbot.bot", options.BotId).SetTag("tradingbot.symbol", _symbol.Id);
        return trace;
    }

    /// <summary>Writes the decision down before its first order.</summary>
    /// <returns>What bars an entry, or <see langword="null"/>.</returns>
    public async Task<GuardFinding?> DecidedAsync(CycleRecord cycle, TradeSettings settings, CancellationToken cancellationToken)
    {
        if (reporting.Journal is not { } journal || cycle.IsRecalled)
        {
            return null;
        }

        var plan = cycle.Plan;
        var failure = await TryWriteAsync(
            journal,
            new DecisionEntry
            {
                Time = time.GetUtcNow(),
                BotId = options.BotId,
                Symbol = _symbol,
                Bars = cycle.Bars!,
                Forecast = cycle.ShownForecast,
                Account = cycle.Account!,
                Memory = cycle.Memory,
                Settings = settings,
                Strategy = strategy.GetType().FullName!,
                Options = _options,
                OptionsHash = TradingBotOptionsText.Hash(_options),
                Model = model.Name,
                ModelHash = model.ContentHash,
                Decision = plan.Decision,
                Exit = plan.Exit,
                Entry = plan.Entry,
                Denial = plan.Denial,
            },
            cancellationToken).ConfigureAwait(false);
        return failure is null ? null : new GuardFinding(Guard.Journal, $"the decision could not be written down: {failure}");
    }

    /// <summary>Writes down how an order stands.</summary>
    public async Task OrderAsync(OrderResult order, CancellationToken cancellationToken)
    {
        if (reporting.Journal is { } journal)
        {
            await TryWriteAsync(
                journal,
                new OrderEntry { Time = time.GetUtcNow(), BotId = options.BotId, Symbol = _symbol, Order = order },
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells that a cycle has ended.</summary>
    public async Task EndedAsync(CycleResult result, CycleRecord cycle, Activity? trace, TimeSpan duration, CancellationToken cancellationToken)
    {
        logger.CycleEnded(_symbol.Id, result.BarOpenTime, result.Outcome, result.Decision.Action, result.Reason ?? result.Decision.Reason);
        metrics.CycleEnded(_symbol, result.Outcome, duration);
        trace?.SetTag("tradingbot.bar", result.BarOpenTime?.ToString("u")).SetTag("tradingbot.decision", result.Decision.Action.ToString())
            .SetTag("tradingbot.outcome", result.Outcome.ToString()).SetTag("tradingbot.reason", result.Reason ?? result.Decision.Reason)
            .SetTag("tradingbot.orders", result.Orders.Select(order => order.ClientOrderId).ToArray());
        var before = reporting.Health?.Current;
        reporting.Health?.Update(health => health with
        {
            LastCycleAt = time.GetUtcNow(),
            FailedCycles = 0,
            LastBarCloseTime = cycle.Bars is { Count: > 0 } bars ? bars.CloseTimeAt(bars.Count - 1) : health.LastBarCloseTime,
            Tripped = cycle.Plan.Risk.Tripped,
            Verdict = model.Skill?.Verdict,
            ClockOffset = cycle.ClockOffset ?? health.ClockOffset,
        });
        if (reporting.Journal is { } journal)
        {
            await TryWriteAsync(
                journal,
                new CycleEntry
                {
                    Time = time.GetUtcNow(),
                    BotId = options.BotId,
                    Symbol = _symbol,
                    BarOpenTime = result.BarOpenTime,
                    Outcome = result.Outcome,
                    Reason = result.Reason,
                },
                cancellationToken).ConfigureAwait(false);
        }

        if (reporting.Notifiers.Count == 0)
        {
            return;
        }

        foreach (var (kind, text) in CycleNews.Of(result, cycle, before))
        {
            await NotifyAsync(kind, text, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells that a cycle has failed.</summary>
    public async Task FailedAsync(Exception failure, Activity? trace, TimeSpan duration, CancellationToken cancellationToken)
    {
        logger.CycleFailed(failure, _symbol.Id);
        metrics.CycleFailed(_symbol, duration);
        trace?.SetStatus(ActivityStatusCode.Error, failure.Message);
        reporting.Health?.Update(health => health with { FailedCycles = health.FailedCycles + 1, Verdict = model.Skill?.Verdict });
        if (reporting.Journal is { } journal)
        {
            await TryWriteAsync(
                journal,
                new CycleEntry { Time = time.GetUtcNow(), BotId = options.BotId, Symbol = _symbol, Reason = failure.Message },
                cancellationToken).ConfigureAwait(false);
        }

        await NotifyAsync(NotificationKind.Error, failure.Message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes in how long what is held has been without its stop; <see langword="null"/> when all is well.</summary>
    public void Protected(TimeSpan? unprotected) =>
        reporting.Health?.Update(health => health with { UnprotectedSince = unprotected is { } span ? time.GetUtcNow() - span : null });

    private async Task<string?> TryWriteAsync(ITradeJournal journal, JournalEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await journal.AppendAsync(entry, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.JournalFailed(e, _symbol.Id);
            metrics.JournalFailed(_symbol);
            return e.Message;
        }
    }

    private async Task NotifyAsync(NotificationKind kind, string text, CancellationToken cancellationToken)
    {
        foreach (var notifier in reporting.Notifiers)
        {
            try
            {
                using var patience = new CancellationTokenSource(NotifierPatience, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
                // Waited for with a limit: a notifier may not heed its token.
                await notifier.NotifyAsync(
                    new Notification { Kind = kind, BotId = options.BotId, Symbol = _symbol, Time = time.GetUtcNow(), Text = text }, either.Token)
                    .WaitAsync(NotifierPatience, time, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // Whatever it is, it is not trading.
                logger.NotifierFailed(e, _symbol.Id, notifier.GetType().Name);
                metrics.NotifierFailed(_symbol);
            }
        }
    }
}
