using System.Runtime.ExceptionServices;
using System.Text.Json;
using LambdaHost.Bots;
using LambdaHost.Events;
using Microsoft.Extensions.Logging;
using TradingBot.Trading;

namespace LambdaHost;

/// <summary>Carries out events: a cycle of each bot that the event names, or a look at its protection.</summary>
internal sealed class BotFunction(Fleet fleet, TimeProvider time, ILogger logger)
{
    // An event that is further ahead than this was meant for something else.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    public async Task<ReadOnlyMemory<byte>> HandleAsync(FunctionEvent request, CancellationToken cancellationToken)
    {
        var bots = fleet.Find(request.Bots);
        await SettleAsync(request, cancellationToken);
        var runs = bots.Select(bot => RunAsync(bot, request, cancellationToken)).ToArray();
        await ((Task)Task.WhenAll(runs)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ThrowIfFailed(bots, runs);
        return JsonSerializer.SerializeToUtf8Bytes(new FunctionOutcome([.. runs.Select(run => run.Result)]), EventJson.Default.FunctionOutcome);
    }

    // Schedules wake at the bar's close, more or less; the exchange needs a moment to close the bar too.
    private async Task SettleAsync(FunctionEvent request, CancellationToken cancellationToken)
    {
        if (request.Time is not { } scheduled || scheduled.AddSeconds(request.SettleSeconds) - time.GetUtcNow() is not { Ticks: > 0 } left)
        {
            return;
        }

        if (left > LongestWait)
        {
            throw new SettingsException($"The event is meant for {scheduled:O} and {request.SettleSeconds} seconds, {left} ahead of this machine's clock; expected at most {LongestWait}.");
        }

        await Task.Delay(left, time, cancellationToken);
    }

    private async Task<BotOutcome> RunAsync(Bot bot, FunctionEvent request, CancellationToken cancellationToken)
    {
        using var scope = logger.BeginScope<IReadOnlyList<KeyValuePair<string, object?>>>([new("bot", bot.Name)]);
        try
        {
            var trader = await bot.WakeAsync(cancellationToken);
            return request.Action switch
            {
                BotAction.Protect => await ProtectAsync(bot, trader, cancellationToken),
                BotAction.ResetLimits => await ResetAsync(bot, trader, cancellationToken),
                _ => await DecideAsync(bot, trader, request, cancellationToken),
            };
        }
        catch (ExchangeException e) when (e.Kind is ExchangeErrorKind.Rejected or ExchangeErrorKind.Authentication)
        {
            // It would be refused again. The log line raises the alarm; an error here would only have the event repeated.
            logger.Refused(e, bot.Name, e.Kind);
            return new BotOutcome { Bot = bot.Name, Symbol = bot.Symbol.Id, Outcome = "Refused", Reason = e.Message };
        }
    }

    private static async Task<BotOutcome> DecideAsync(Bot bot, Trader trader, FunctionEvent request, CancellationToken cancellationToken)
    {
        var result = await trader.RunCycleAsync(cancellationToken);
        RequireCurrent(bot, request, result);
        RequireKnown(result.Orders);
        return BotOutcome.Of(bot.Name, bot.Symbol.Id, result);
    }

    private static async Task<BotOutcome> ProtectAsync(Bot bot, Trader trader, CancellationToken cancellationToken)
    {
        var result = await trader.ProtectAsync(cancellationToken);
        RequireKnown(result.Orders);
        return BotOutcome.Of(bot.Name, bot.Symbol.Id, result);
    }

    private static async Task<BotOutcome> ResetAsync(Bot bot, Trader trader, CancellationToken cancellationToken)
    {
        await trader.ResetLimitsAsync(cancellationToken);
        return new BotOutcome { Bot = bot.Name, Symbol = bot.Symbol.Id, Outcome = "Reset" };
    }

    // What cannot be told now, the same event tells when it is tried again: the trader looks the order up by its id.
    private static void RequireKnown(IReadOnlyList<OrderResult> orders)
    {
        if (orders.FirstOrDefault(order => order.Status == OrderStatus.Unknown) is { } lost)
        {
            throw new ExchangeException(ExchangeErrorKind.StatusUnknown, $"What became of order {lost.ClientOrderId} is not known: {lost.Message}");
        }
    }

    private static void RequireCurrent(Bot bot, FunctionEvent request, CycleResult result)
    {
        if (request.Time is { } scheduled && bot.Interval.OpenTimeAt(scheduled) - bot.Interval.Length is var expected && result.BarOpenTime is { } found && found < expected)
        {
            throw new ExchangeException(
                ExchangeErrorKind.Transient, $"{bot.Symbol}: the latest closed bar is that of {found:u}, expected that of {expected:u}; the exchange is late, or the event came too early.");
        }
    }

    /// <summary>Throws what a single bot threw; of several failures, one that names them all.</summary>
    private static void ThrowIfFailed(IReadOnlyList<Bot> bots, Task<BotOutcome>[] runs)
    {
        var failed = Enumerable.Range(0, runs.Length).Where(i => !runs[i].IsCompletedSuccessfully).ToArray();
        if (failed.Length == 0)
        {
            return;
        }

        if (runs.Length == 1 || Array.Exists(runs, run => run.IsCanceled))
        {
            ExceptionDispatchInfo.Throw(ExceptionOf(runs[failed[0]]));
        }

        throw new BotsFailedException(
            $"{failed.Length} of {runs.Length} bots failed: {string.Join("; ", failed.Select(i => $"{bots[i].Name}: {ExceptionOf(runs[i]).Message}"))}",
            new AggregateException(failed.Select(i => ExceptionOf(runs[i]))));
    }

    private static Exception ExceptionOf(Task run) => run.Exception?.InnerException ?? new TaskCanceledException(run);
}
