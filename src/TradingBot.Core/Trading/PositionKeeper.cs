using Microsoft.Extensions.Logging;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>The first half of a cycle, and all of <see cref="Trader.ProtectAsync"/>: what became of lost orders, whose the position is, and that it is
/// protected. It needs no bars and no model.</summary>
internal sealed class PositionKeeper(
    IOrderer orderer,
    OrderDesk desk,
    ExposureCheck exposure,
    StopKeeper stops,
    CycleMemory memory,
    ClientOrderIds ids,
    Symbol symbol,
    CycleReporter reporter,
    TradingBotOptions options,
    TimeProvider time,
    TraderMetrics metrics,
    ILogger logger)
{
    private string? _standingStop;

    /// <summary>Looks after the position.</summary>
    /// <returns>What its protection has come to, or <see langword="null"/> when the bot halts.</returns>
    /// <exception cref="ExchangeException">The exchange did not answer. What could be read was protected first.</exception>
    public async Task<Protection?> SecureAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        await desk.ResolveAsync(cancellationToken).ConfigureAwait(false);
        var interval = options.Interval!;
        var bar = interval.OpenTimeAt(time.GetUtcNow()) - interval.Length;
        var account = await ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        if (account.Position.IsFlat && account.OpenOrders.Any(order => order.Request.Type == OrderType.StopMarket && ids.Owns(order.ClientOrderId)))
        {
            // A reading can be from before an entry; its stop must not be taken away for that.
            account = await ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        }

        Exposure found;
        try
        {
            cycle.Memory = await memory.LoadAsync(cancellationToken).ConfigureAwait(false);
            await FollowAsync(cycle, account, cancellationToken).ConfigureAwait(false);
            found = await exposure.JudgeAsync(account, cycle.Memory, bar, interval.Length, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ExchangeException && options.UnknownExposurePolicy == UnknownExposurePolicy.Adopt)
        {
            await stops.KeepAsync(bar, account, cycle.LatestAt, null, cancellationToken).ConfigureAwait(false);
            throw;
        }

        if (found.Kind == ExposureKind.Unknown && options.UnknownExposurePolicy == UnknownExposurePolicy.Halt)
        {
            logger.ExposureUnknown(symbol.Id, found.Reason);
            metrics.EntryBarred(symbol, Guard.UnknownExposure);
            cycle.Finding = new GuardFinding(
                Guard.UnknownExposure, $"{found.Reason}; the bot halts until it is gone or {nameof(Trader.ResetLimitsAsync)} takes it over");
            return null;
        }

        if (found.Kind == ExposureKind.Unknown)
        {
            logger.ExposureAdopted(symbol.Id, found.Reason);
        }

        var own = account.Position.Quantity - (Math.Sign(account.Position.Quantity) * found.Surplus);
        if (await ReduceAsync(cycle, account, found, bar, cancellationToken).ConfigureAwait(false) is { } reducing)
        {
            cycle.Orders.Add(reducing);
            account = await ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        }

        // Where the entry is known, hosts whose clocks are a bar apart name the stop alike, and the stop says whose the position is.
        var named = found.EntryBar == default ? bar : found.EntryBar;
        var protection = await ProtectAsync(cycle, named, account, cancellationToken).ConfigureAwait(false);
        cycle.WasDoubled = found.Kind == ExposureKind.Doubled;
        cycle.OwnQuantity = protection.ClosedBecause is not null ? 0
            : cycle.WasDoubled ? own
            : account.Position.Quantity;
        if (protection.Orders.Count > 0)
        {
            await ReadAsync(cycle, cancellationToken).ConfigureAwait(false);
        }

        return protection;
    }

    /// <summary>Brings the stops in line with what a cycle has done.</summary>
    /// <param name="cycle">The cycle; its orders grow.</param>
    /// <param name="bar">The bar that new orders are named after.</param>
    /// <param name="account">The account as the cycle read it last, or <see langword="null"/> to read it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<Protection> ProtectAsync(CycleRecord cycle, DateTimeOffset bar, AccountSnapshot? account, CancellationToken cancellationToken)
    {
        // What an entry of long ago has opened may have been closed by another host.
        var entry = time.GetElapsedTime(cycle.EnteredAt) > options.MaxDecisionAge ? null : cycle.Entry;
        var protection = await stops.KeepAsync(bar, account, cycle.LatestAt, entry, cancellationToken).ConfigureAwait(false);
        reporter.Protected(stops.Unprotected);
        cycle.Orders.AddRange(protection.Orders);
        if (protection.Account is not null)
        {
            await FollowAsync(cycle, protection.Account, cancellationToken).ConfigureAwait(false);
        }

        _standingStop = protection.Stop?.ClientOrderId ?? _standingStop;
        (cycle.Latest, cycle.LatestAt) = (protection.Account, protection.ReadAt);
        cycle.Reason = protection.ClosedBecause is { } closed ? $"the position was closed, its stop could not be placed: {closed}"
            : protection.Trouble is { } trouble ? $"the position has no stop: {trouble}"
            : cycle.Reason;
        return protection;
    }

    /// <summary>Reads the account that a decision rests on.</summary>
    public async Task<AccountSnapshot> ReadAsync(CycleRecord cycle, CancellationToken cancellationToken)
    {
        cycle.ReadAt = cycle.LatestAt = time.GetTimestamp();
        return cycle.Account = cycle.Latest = await orderer.GetAccountAsync(symbol, cancellationToken).ConfigureAwait(false);
    }

    // Orders that the bot left open fill between two looks, and it would know of the money only.
    private async Task FollowAsync(CycleRecord cycle, AccountSnapshot account, CancellationToken cancellationToken)
    {
        var entry = cycle.Memory.Intent is { EntryPrice: not null } intent ? ids.For(intent.BarOpenTime, OrderLeg.Entry) : null;
        string?[] left = [entry, cycle.Memory.Expected?.Stop, _standingStop];
        cycle.Orders.AddRange(await desk.FollowAsync(account, left.OfType<string>(), cancellationToken).ConfigureAwait(false));
    }

    private async Task<OrderResult?> ReduceAsync(
        CycleRecord cycle, AccountSnapshot account, Exposure found, DateTimeOffset bar, CancellationToken cancellationToken)
    {
        if (!account.Position.IsFlat && options.KillSwitchAction == KillSwitchAction.ClosePosition && KillSwitch.Check(options) is { } killed)
        {
            logger.KillSwitchClosed(symbol.Id, account.Position.Quantity, killed.Reason);
            cycle.Reason = $"closed, as {killed.Reason}";
            return await stops.CloseAsync(bar, account.Position, cancellationToken).ConfigureAwait(false);
        }

        return found.Kind == ExposureKind.Doubled
            ? await exposure.TrimAsync(account.Position, found.Surplus, found.EntryBar, cancellationToken).ConfigureAwait(false)
            : null;
    }
}
