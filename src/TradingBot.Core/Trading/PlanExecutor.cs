using Microsoft.Extensions.Logging;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Carries out a plan: the exit, then, past the guards, the entry; what filled in part or twice is put right.</summary>
internal sealed class PlanExecutor(
    IOrderer orderer,
    EntryGate gate,
    OrderDesk desk,
    ExposureCheck exposure,
    ClientOrderIds ids,
    SymbolInfo info,
    TradingBotOptions options,
    TimeProvider time,
    TraderMetrics metrics,
    ILogger logger)
{
    private const int MostExits = 3;
    private const int MostTrims = 3;
    private static readonly TimeSpan YoungReading = TimeSpan.FromSeconds(5);

    /// <summary>Carries out the cycle's plan, and writes into it what became of it.</summary>
    /// <param name="cycle">The cycle, with its plan.</param>
    /// <param name="finding">A guard that has tripped already, or <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends it between two orders.</param>
    public async Task ExecuteAsync(CycleRecord cycle, GuardFinding? finding, CancellationToken cancellationToken)
    {
        var plan = cycle.Plan;
        if (plan.Denial is not null)
        {
            cycle.Reason = plan.Denial;
            logger.OrderDenied(info.Symbol.Id, plan.Denial);
            metrics.OrderDenied(info.Symbol);
        }

        if (plan.Exit is { } exit && !await ExitAsync(cycle, exit, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (plan.Entry is { } entry)
        {
            await EnterAsync(cycle, entry, finding, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells that a guard keeps the cycle from entering.</summary>
    public void Bar(CycleRecord cycle, GuardFinding finding)
    {
        if (cycle.Finding?.Guard != finding.Guard)
        {
            cycle.Finding = finding;
            logger.EntryBarred(info.Symbol.Id, finding.Guard, finding.Reason);
            metrics.EntryBarred(info.Symbol, finding.Guard);
        }
    }

    /// <summary>Drops from a plan what another attempt at the same bar has carried out, where nothing but the exchange remembers it: a second host did,
    /// or this one before it lost its memory.</summary>
    public async Task DropHandledAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        var plan = cycle.Plan;
        if (cycle.IsRecalled || (plan.Exit is null && plan.Entry is null))
        {
            return;
        }

        if (plan.Exit is not null && plan.Risk.IsTripped)
        {
            // A limit closes whatever the bar did before.
            return;
        }

        // An exit after the bar's entry would undo it, an entry after the bar's exit would take it back.
        var other = ids.For(cycle.BarOpenTime!.Value, plan.Exit is null ? OrderLeg.Exit : OrderLeg.Entry);
        if (await desk.FindAsync(other, cancellationToken).ConfigureAwait(false) is { } done && (done.IsOpen || done.FilledQuantity > 0))
        {
            logger.BarHandled(info.Symbol.Id, cycle.BarOpenTime, done.ClientOrderId);
            cycle.Plan = plan with { Exit = null, Entry = null };
        }
    }

    /// <summary>Closes again what an entry filled in part, where the policy says so.</summary>
    public async Task UndoAsync(CycleRecord cycle, OrderResult entry, CancellationToken cancellationToken)
    {
        if (info.FitQuantity(entry.FilledQuantity) is not { } filled || ids.BarOf(entry.ClientOrderId) is not { } bar)
        {
            return;
        }

        var undone = await desk.SubmitOnceAsync(
            entry.Request with
            {
                Side = entry.Request.Side == Side.Buy ? Side.Sell : Side.Buy,
                Type = OrderType.Market,
                ClientOrderId = ids.For(bar, OrderLeg.Undo),
                Quantity = filled,
                Price = null,
                TimeInForce = TimeInForce.GoodTillCanceled,
                ReduceOnly = true,
            },
            cancellationToken).ConfigureAwait(false);
        cycle.Orders.Add(undone);
        (cycle.Latest, cycle.Entry) = (null, null);
    }

    private static bool IsHeld(Position position, OrderRequest exit) => !position.IsFlat && position.ClosingSide == exit.Side;

    private static bool IsPartial(OrderResult order) => !order.IsOpen && order.FilledQuantity > 0 && order.FilledQuantity < order.Request.Quantity;

    private static string Undone(string leg, OrderResult order) =>
        $"the {leg} is {order.Status.ToString().ToUpperInvariant()}{(order.Message is null ? "" : $": {order.Message}")}";

    // An exit is led by the position: what is still held after it, and after whatever was found under its id, is closed under the next one.
    // All of them only reduce.
    private async Task<bool> ExitAsync(CycleRecord cycle, OrderRequest exit, CancellationToken cancellationToken)
    {
        var position = cycle.Account!.Position;
        OrderResult? closed = null;
        for (var attempt = 1; IsHeld(position, exit) && attempt <= MostExits; attempt++)
        {
            if (await desk.NextIdAsync(cycle.BarOpenTime!.Value, OrderLeg.Exit, cancellationToken).ConfigureAwait(false) is not { } id)
            {
                break;
            }

            if (closed is null && id != exit.ClientOrderId)
            {
                position = (await ReadAsync(cycle, cancellationToken).ConfigureAwait(false)).Position;
                if (!IsHeld(position, exit))
                {
                    return true;
                }
            }

            if (info.FitQuantity(Math.Min(exit.Quantity, Math.Abs(position.Quantity))) is not { } quantity)
            {
                break;
            }

            cycle.Latest = null;
            closed = await desk.SendAsync(exit with { ClientOrderId = id, Quantity = quantity }, cancellationToken).ConfigureAwait(false);
            cycle.Orders.Add(closed);
            if (closed.Status == OrderStatus.Filled)
            {
                return true;
            }

            if (IsPartial(closed))
            {
                logger.FilledInPart(info.Symbol.Id, closed.ClientOrderId, closed.FilledQuantity, quantity);
            }
            else if (closed.RejectReason != RejectReason.ReduceOnly)
            {
                break;
            }

            // Filled in part, or the stop was faster.
            position = (await ReadAsync(cycle, cancellationToken).ConfigureAwait(false)).Position;
        }

        if (!IsHeld(position, exit))
        {
            return true;
        }

        cycle.Reason = closed is null ? "the exit could not be sent: what is held is below the exchange's minimum" : Undone("exit", closed);
        return false;
    }

    private async Task EnterAsync(CycleRecord cycle, OrderRequest entry, GuardFinding? finding, CancellationToken cancellationToken)
    {
        var account = cycle.Latest ?? await ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        if ((!account.Position.IsFlat && cycle.Plan.Exit is not null) || time.GetElapsedTime(cycle.LatestAt) > YoungReading)
        {
            // The reading can be from before the exit, or from before another host's entry on the bar before.
            account = await ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        }

        finding ??= account.Position.IsFlat ? null : new GuardFinding(Guard.NotFlat, $"the entry is for a flat account, found {account.Position}");
        // Another host may have sent it since the decision was made.
        finding ??= EntryGuards.Waiting(account, ids, entry.ClientOrderId);
        finding ??= await gate.CheckAsync(cycle, cancellationToken).ConfigureAwait(false);
        var opened = await desk.FindEarlierAsync(entry, cancellationToken).ConfigureAwait(false);
        if (opened is null)
        {
            finding ??= gate.CheckAge(cycle);
            if (finding is not null)
            {
                Bar(cycle, finding);
                return;
            }

            cycle.EnteredAt = time.GetTimestamp();
            opened = cycle.Entry = await desk.SendAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        cycle.Latest = null;
        cycle.Orders.Add(opened);
        if (opened.Status is OrderStatus.Denied or OrderStatus.Rejected or OrderStatus.Unknown)
        {
            cycle.Reason = Undone("entry", opened);
            return;
        }

        var isUndone = IsPartial(opened) && await SettleAsync(cycle, entry, opened, cancellationToken).ConfigureAwait(false);
        if (opened.FilledQuantity > 0 && !isUndone)
        {
            await TrimAsync(cycle, entry, opened, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Settles an entry that filled in part as the policy says; returns whether it was undone.</summary>
    private async Task<bool> SettleAsync(CycleRecord cycle, OrderRequest entry, OrderResult opened, CancellationToken cancellationToken)
    {
        logger.FilledInPart(info.Symbol.Id, opened.ClientOrderId, opened.FilledQuantity, entry.Quantity);
        if (options.PartialFillPolicy == PartialFillPolicy.Reduce)
        {
            await UndoAsync(cycle, opened, cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (options.PartialFillPolicy == PartialFillPolicy.Complete && entry.Type == OrderType.Market
            && info.FitQuantity(entry.Quantity - opened.FilledQuantity) is { } rest)
        {
            cycle.Orders.Add(await desk.SubmitOnceAsync(
                entry with { ClientOrderId = ids.For(cycle.BarOpenTime!.Value, OrderLeg.EntryRest), Quantity = rest }, cancellationToken).ConfigureAwait(false));
        }

        return false;
    }

    // An id is unique among open orders only, so two hosts that looked it up in the same moment both fill. The one whose
    // order is the latest under the id came second, and takes back what is too much; the other one leaves it alone.
    private async Task TrimAsync(CycleRecord cycle, OrderRequest entry, OrderResult opened, CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 1; attempt <= MostTrims; attempt++)
            {
                var position = (await ReadAsync(cycle, cancellationToken).ConfigureAwait(false)).Position;
                var surplus = Math.Abs(position.Quantity) - entry.Quantity;
                if (position.IsFlat || position.IsLong != (entry.Side == Side.Buy) || surplus <= 0)
                {
                    return;
                }

                var latest = await desk.FindAsync(entry.ClientOrderId, cancellationToken).ConfigureAwait(false);
                if (latest is not null && latest.ExchangeOrderId != opened.ExchangeOrderId)
                {
                    return;
                }

                var trimmed = await exposure.TrimAsync(
                    position, Math.Min(surplus, entry.Quantity), cycle.BarOpenTime!.Value, cancellationToken).ConfigureAwait(false);
                cycle.Latest = null;
                if (trimmed is null)
                {
                    return;
                }

                cycle.Orders.Add(trimmed);
                if (!IsPartial(trimmed))
                {
                    return;
                }
            }
        }
        catch (ExchangeException e)
        {
            // The position is there and must get its stop; the next look at it trims.
            logger.NotVerified(e, info.Symbol.Id, entry.ClientOrderId);
        }
    }

    private async Task<AccountSnapshot> ReadAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        cycle.LatestAt = time.GetTimestamp();
        return cycle.Latest = await orderer.GetAccountAsync(info.Symbol, cancellationToken).ConfigureAwait(false);
    }
}
