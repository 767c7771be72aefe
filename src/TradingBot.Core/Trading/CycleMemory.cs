using System.Globalization;
using Microsoft.Extensions.Logging;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>What a cycle writes down and when: the decision before the first order, how it left the account at its end.</summary>
/// <remarks>Hosts may share one store, and one of them may have been held up: nothing is written over what belongs to a later bar.</remarks>
internal sealed class CycleMemory(
    IRiskStore store, OrderDesk desk, ClientOrderIds ids, Symbol symbol, TradingBotOptions options, TimeProvider time, TraderMetrics metrics, ILogger logger)
{
    public Task<RiskState> LoadAsync(CancellationToken cancellationToken) => store.LoadAsync(options.BotId, cancellationToken);

    /// <summary>Writes the decision down before any order: a limit that trips stays tripped, and a bar stays decided, whatever happens to this process.</summary>
    /// <returns><see langword="false"/> when the reading that was decided on is too old by now: nothing was written, another host may have traded since.</returns>
    public async Task<bool> WriteIntentAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        var (before, plan) = (cycle.Memory, cycle.Plan);
        var intent = cycle.IsRecalled ? before.Intent! : CycleIntent.Of(cycle.BarOpenTime!.Value, plan);
        // What was found to be the bot's own is written down as that, whatever comes after.
        var isAsLeft = !intent.HasOrders && before.Expected?.Quantity == cycle.Account!.Position.Quantity;
        var next = plan.Risk with { Intent = intent, Expected = isAsLeft ? before.Expected : Uncertain(cycle) };
        cycle.Plan = plan with { Risk = next };
        if (next != before)
        {
            if (await SaveAsync(next, cycle.ReadAt, cancellationToken).ConfigureAwait(false) is not { } stored)
            {
                return false;
            }

            if (stored.Intent!.BarOpenTime > intent.BarOpenTime)
            {
                cycle.Plan = new TradePlan { Risk = stored };
                cycle.Finding = Overtaken(intent.BarOpenTime, stored.Intent.BarOpenTime);
            }
        }

        if (next.IsTripped && !before.IsTripped)
        {
            logger.LimitTripped(symbol.Id, next.Tripped, next.LastEquity, next.PeakEquity, next.DayStartEquity);
            metrics.LimitTripped(symbol, next.Tripped);
        }

        return true;
    }

    /// <summary>Writes down how the cycle left the account.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="protection">What its last look after the stops has come to, or <see langword="null"/> when it sent and canceled nothing.</param>
    public async Task WriteExpectationAsync(CycleRecord cycle, Protection? protection)
    {
        var readAt = protection?.ReadAt ?? cycle.ReadAt;
        // A flat account may have been read before an entry that is undone or closed by now, and its balance with it.
        var isBalanceKnown = !cycle.Orders.Exists(order => order is { FilledQuantity: > 0, Request: { ReduceOnly: false, ClosePosition: false } });

        // A balance that somebody else changed stays conspicuous until it is accepted.
        var expected = cycle.IsBalanceForeign ? cycle.Memory.Expected
            : protection is null ? Expect(cycle, cycle.Account!, null, isBalanceKnown)
            : IsKnown(cycle, protection) ? Expect(cycle, protection.Account!, protection.Stop, isBalanceKnown)
            : Uncertain(cycle);
        var memory = cycle.Plan.Risk with { Expected = expected };
        if (memory != cycle.Plan.Risk)
        {
            await SaveAsync(memory, readAt, CancellationToken.None).ConfigureAwait(false);
        }
    }

    public static GuardFinding Overtaken(DateTimeOffset bar, DateTimeOffset decided) => new(
        Guard.StaleBars, string.Create(CultureInfo.InvariantCulture, $"the bar of {bar:u} is the newest, but that of {decided:u} was decided before"));

    /// <summary>Writes a state down unless what it rests on was read too long ago.</summary>
    private async Task<RiskState?> SaveAsync(RiskState state, long readAt, CancellationToken cancellationToken)
    {
        var stored = await LoadAsync(cancellationToken).ConfigureAwait(false);
        if (time.GetElapsedTime(readAt) > options.MaxDecisionAge)
        {
            return null;
        }

        var merged = state.Onto(stored);
        if (merged != stored)
        {
            await store.SaveAsync(options.BotId, merged, cancellationToken).ConfigureAwait(false);
        }

        return merged;
    }

    // While orders are out, the position is still the one from before, or one that the bar's own orders explain.
    private AccountExpectation? Uncertain(CycleRecord cycle) =>
        cycle.IsBalanceForeign
            ? cycle.Memory.Expected
            : new AccountExpectation { Quantity = OwnOf(cycle, cycle.Account!), Stop = StopOf(cycle.Account!) };

    private string? StopOf(AccountSnapshot account) =>
        account.OpenOrders.FirstOrDefault(order => order.Request.Type == OrderType.StopMarket && ids.Owns(order.ClientOrderId))?.ClientOrderId;

    // A later reading can be from before an earlier one. Less than the bot's own is the bot's own as well, so the larger of the two is written down;
    // of what was doubled the smaller.
    private static decimal OwnOf(CycleRecord cycle, AccountSnapshot account)
    {
        var (own, read) = (cycle.OwnQuantity, account.Position.Quantity);
        if (Math.Sign(own) == -Math.Sign(read) && own != 0)
        {
            return read;
        }

        return cycle.WasDoubled ? (Math.Abs(own) < Math.Abs(read) ? own : read)
            : cycle.Orders.Exists(order => order.FilledQuantity > 0 && (order.Request.ReduceOnly || order.Request.ClosePosition)) ? read
            : Math.Abs(own) > Math.Abs(read) ? own : read;
    }

    private AccountExpectation Expect(CycleRecord cycle, AccountSnapshot account, OrderResult? stop, bool isBalanceKnown)
    {
        var quantity = OwnOf(cycle, account);
        var isWaiting = account.OpenOrders.Any(order => order.Request.Type != OrderType.StopMarket && ids.Owns(order.ClientOrderId));
        return new AccountExpectation
        {
            Quantity = quantity,
            Balance = isBalanceKnown && quantity == 0 && !isWaiting ? account.Balance : null,
            Stop = stop?.ClientOrderId ?? StopOf(account),
        };
    }

    // A reading from before the entry, or more than it was meant to open, is not written down as the bot's own.
    private bool IsKnown(CycleRecord cycle, Protection protection)
    {
        if (protection.Account is not { } account || protection.Trouble is not null || desk.HasUnresolved)
        {
            return false;
        }

        if (protection.ClosedBecause is not null)
        {
            return true;
        }

        var isSettled = protection.Orders.TrueForAll(order => order.FilledQuantity == 0);
        return isSettled
            && (cycle.Plan.Entry is not { } entry
                || (account.Position.IsFlat ? cycle.Entry is not { FilledQuantity: > 0 } : Math.Abs(account.Position.Quantity) <= entry.Quantity));
    }
}
