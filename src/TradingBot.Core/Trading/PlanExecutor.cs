using System.Globalization;
using Microsoft.Extensions.Logging;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Carries out a plan: the exit, then, past the guards, the entry; what filled in part or twice is put right.</summary>
internal sealed class PlanExecutor(
    IFetcher fetcher,
    IOrderer orderer,
    OrderDesk desk,
    ExposureCheck exposure,
    ClientOrderIds ids,
    SymbolInfo info,
    TradingBotOptions options,
    TimeProvider time,
    TraderMetrics metrics,
    ILogger logger)
{
    private AccountSetup Setup => new(info.Symbol, options.Leverage, options.MarginMode);

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

    /// <summary>Drops from a plan what another attempt at the same bar has carried out, where nothing but the exchange remembers it: a second host did,
    /// or this one before it lost its memory.</summary>
    public async Task DropHandledAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        var plan = cycle.Plan;
        if (cycle.IsRecalled || (plan.Exit is null && plan.Entry is null))
        {
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

    /// <summary>Sets the account as configured.</summary>
    /// <returns>Why the exchange refuses, or <see langword="null"/>.</returns>
    /// <exception cref="ExchangeException">The exchange did not answer.</exception>
    public async Task<GuardFinding?> PrepareAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        try
        {
            await orderer.PrepareAsync(Setup, cancellationToken).ConfigureAwait(false);
            cycle.IsPrepared = true;
            return null;
        }
        catch (ExchangeException e) when (e.Kind == ExchangeErrorKind.Rejected)
        {
            return new GuardFinding(Guard.AccountSetup, $"the account is not set to leverage {options.Leverage} and {options.MarginMode} margin, one-way: {e.Message}");
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

    private static bool IsPartial(OrderResult order) => !order.IsOpen && order.FilledQuantity > 0 && order.FilledQuantity < order.Request.Quantity;

    private static string Undone(string leg, OrderResult order) =>
        $"the {leg} is {order.Status.ToString().ToUpperInvariant()}{(order.Message is null ? "" : $": {order.Message}")}";

    private async Task<bool> ExitAsync(CycleRecord cycle, OrderRequest exit, CancellationToken cancellationToken)
    {
        if (cycle.IsRecalled && cycle.Account!.Position.IsFlat)
        {
            // Done by the earlier attempt, or by the stop.
            return true;
        }

        cycle.Latest = null;
        var closed = await desk.SubmitOnceAsync(exit, cancellationToken).ConfigureAwait(false);
        cycle.Orders.Add(closed);
        if (IsPartial(closed) && info.FitQuantity(exit.Quantity - closed.FilledQuantity) is { } rest)
        {
            logger.FilledInPart(info.Symbol.Id, closed.ClientOrderId, closed.FilledQuantity, exit.Quantity);
            closed = await desk.SubmitOnceAsync(
                exit with { ClientOrderId = ids.For(cycle.BarOpenTime!.Value, OrderLeg.ExitRest), Quantity = rest }, cancellationToken).ConfigureAwait(false);
            cycle.Orders.Add(closed);
        }

        if (closed.Status == OrderStatus.Filled)
        {
            return true;
        }

        if (closed.RejectReason == RejectReason.ReduceOnly && (await ReadAsync(cycle, cancellationToken).ConfigureAwait(false)).Position.IsFlat)
        {
            // The stop was faster.
            return true;
        }

        cycle.Reason = Undone("exit", closed);
        return false;
    }

    private async Task EnterAsync(CycleRecord cycle, OrderRequest entry, GuardFinding? finding, CancellationToken cancellationToken)
    {
        var account = cycle.Latest ?? await ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        if (!account.Position.IsFlat && cycle.Plan.Exit is not null)
        {
            // The reading can be from before the exit.
            account = await ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        }

        finding ??= account.Position.IsFlat ? null : new GuardFinding(Guard.NotFlat, $"the entry is for a flat account, found {account.Position}");
        var price = default((DateTimeOffset Time, long At));
        if (finding is null)
        {
            (finding, price) = await CheckMarketAsync(cycle, cancellationToken).ConfigureAwait(false);
        }

        var opened = await desk.FindEarlierAsync(entry, cancellationToken).ConfigureAwait(false);
        if (opened is null)
        {
            finding ??= Late(cycle, price.Time, price.At);
            if (finding is not null)
            {
                cycle.Finding = finding;
                cycle.Reason = finding.Reason;
                logger.EntryBarred(info.Symbol.Id, finding.Guard, finding.Reason);
                metrics.EntryBarred(info.Symbol, finding.Guard);
                return;
            }

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

    private async Task<(GuardFinding? Finding, (DateTimeOffset Time, long At) Price)> CheckMarketAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        if (!cycle.IsPrepared && await PrepareAsync(cycle, cancellationToken).ConfigureAwait(false) is { } refused)
        {
            return (refused, default);
        }

        var price = await fetcher.FetchPriceAsync(info.Symbol, cancellationToken).ConfigureAwait(false);
        var (bars, at) = (cycle.Bars!, time.GetTimestamp());
        return (
            EntryGuards.Age(bars, price.Time, options) ?? EntryGuards.Clock(price.Time, time.GetUtcNow(), options) ?? EntryGuards.Price(price, bars.Closes[^1], options),
            (price.Time, at));
    }

    // The process may have been frozen between any two lines, and another host may have traded since.
    private GuardFinding? Late(CycleRecord cycle, DateTimeOffset exchangeTime, long at)
    {
        var age = time.GetElapsedTime(cycle.ReadAt);
        return age > options.MaxDecisionAge
            ? new GuardFinding(
                Guard.LateDecision,
                string.Create(CultureInfo.InvariantCulture, $"the account was read {age:c} ago; an entry follows within {options.MaxDecisionAge:c} or not at all"))
            : EntryGuards.Age(cycle.Bars!, exchangeTime + time.GetElapsedTime(at), options);
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
            var position = (await ReadAsync(cycle, cancellationToken).ConfigureAwait(false)).Position;
            var surplus = Math.Abs(position.Quantity) - entry.Quantity;
            if (position.IsFlat || position.IsLong != (entry.Side == Side.Buy) || surplus <= 0)
            {
                return;
            }

            var latest = await desk.FindAsync(entry.ClientOrderId, cancellationToken).ConfigureAwait(false);
            if (latest is null || latest.ExchangeOrderId == opened.ExchangeOrderId)
            {
                var trimmed = await exposure.TrimAsync(
                    position, Math.Min(surplus, opened.FilledQuantity), cycle.BarOpenTime!.Value, cancellationToken).ConfigureAwait(false);
                cycle.Latest = null;
                if (trimmed is not null)
                {
                    cycle.Orders.Add(trimmed);
                }
            }
        }
        catch (ExchangeException e)
        {
            // The position is there and must get its stop; the next look at it trims.
            logger.NotVerified(e, info.Symbol.Id, entry.ClientOrderId);
        }
    }

    private async Task<AccountSnapshot> ReadAsync(CycleRecord cycle, CancellationToken cancellationToken) =>
        cycle.Latest = await orderer.GetAccountAsync(info.Symbol, cancellationToken).ConfigureAwait(false);
}
