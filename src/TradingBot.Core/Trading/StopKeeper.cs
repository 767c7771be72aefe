using Microsoft.Extensions.Logging;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Keeps exactly one right stop on the exchange for what is held or waits to be, and none for nothing. Strangers' stops are left alone.</summary>
internal sealed class StopKeeper(
    IOrderer orderer, OrderDesk desk, ClientOrderIds ids, SymbolInfo info, TradingBotOptions options, TimeProvider time, TraderMetrics metrics, ILogger logger)
{
    // A host that is held up again and again protects what it has last seen: a stop too many is better than none.
    private const int MostOldReadings = 3;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private long? _bareSince;

    /// <summary>Gets why the orderer cannot place stops at all, or <see langword="null"/> as long as nothing is known against it.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Gets how long the position has been seen without its stop, or <see langword="null"/> when it is protected or flat.</summary>
    public TimeSpan? Unprotected => _bareSince is { } since ? time.GetElapsedTime(since) : null;

    /// <summary>Compares position and stops, repairs what differs, and closes a position whose stop cannot be placed in time.</summary>
    /// <param name="bar">The bar that new orders are named after.</param>
    /// <param name="account">The account as it was read, or <see langword="null"/> to read it.</param>
    /// <param name="readAt">The timestamp of that reading.</param>
    /// <param name="entry">An entry that has just filled: a reading of the account may be from before it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<Protection> KeepAsync(
        DateTimeOffset bar, AccountSnapshot? account, long readAt, OrderResult? entry, CancellationToken cancellationToken)
    {
        var protection = new Protection { Account = account, ReadAt = readAt };
        for (var wait = FirstWait; ; wait = wait * 2 > LongestWait ? LongestWait : wait * 2)
        {
            try
            {
                account ??= await ReadAsync(protection, cancellationToken).ConfigureAwait(false);
                await RepairAsync(protection, bar, PositionOf(account.Position, entry), cancellationToken).ConfigureAwait(false);
            }
            catch (ExchangeException e)
            {
                protection.Trouble = e.Message;
            }

            if (protection.Trouble is null || options.StopLoss is null)
            {
                _bareSince = null;
                return protection;
            }

            if (IsOld(protection))
            {
                // Another host may have gone on since: nothing is placed or closed for what may be gone by now.
                protection.OldReadings++;
                (account, protection.Trouble, protection.IsHopeless, entry) = (null, null, false, null);
                continue;
            }

            _bareSince ??= time.GetTimestamp();
            logger.StopFailed(info.Symbol.Id, protection.Trouble);
            var left = options.StopPlacementTimeout - time.GetElapsedTime(_bareSince.Value);
            if (left <= TimeSpan.Zero || protection.IsHopeless)
            {
                await GiveUpAsync(protection, bar, entry, cancellationToken).ConfigureAwait(false);
                return protection;
            }

            await Task.Delay(wait < left ? wait : left, time, cancellationToken).ConfigureAwait(false);
            (account, protection.Trouble) = (null, null);
        }
    }

    /// <summary>Closes what is held at the market.</summary>
    /// <returns>The order, or <see langword="null"/> when nothing can be closed.</returns>
    public async Task<OrderResult?> CloseAsync(DateTimeOffset bar, Position position, CancellationToken cancellationToken)
    {
        if (position.IsFlat || info.FitQuantity(Math.Abs(position.Quantity)) is not { } quantity
            || await desk.NextIdAsync(bar, OrderLeg.Close, cancellationToken).ConfigureAwait(false) is not { } id)
        {
            return null;
        }

        return await desk.SendAsync(
            new OrderRequest
            {
                Symbol = info.Symbol,
                Side = position.ClosingSide,
                Type = OrderType.Market,
                ClientOrderId = id,
                Quantity = quantity,
                ReduceOnly = true,
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<AccountSnapshot> ReadAsync(Protection protection, CancellationToken cancellationToken)
    {
        protection.ReadAt = time.GetTimestamp();
        return protection.Account = await orderer.GetAccountAsync(info.Symbol, cancellationToken).ConfigureAwait(false);
    }

    private bool IsOld(Protection protection) =>
        protection.OldReadings < MostOldReadings && time.GetElapsedTime(protection.ReadAt) > options.MaxDecisionAge;

    private async Task RepairAsync(Protection protection, DateTimeOffset bar, Position position, CancellationToken cancellationToken)
    {
        var open = protection.Account!.OpenOrders;
        var own = open.Where(order => order.Request.Type == OrderType.StopMarket && ids.Owns(order.ClientOrderId))
            .OrderBy(order => order.ClientOrderId, StringComparer.Ordinal).ToList();
        var waiting = open.FirstOrDefault(order => order.Request is { Type: OrderType.Limit, ReduceOnly: false } && ids.Owns(order.ClientOrderId));
        if (options.StopLoss is not { } loss)
        {
            // Nothing says where a stop belongs; one from before is left to what is held, and taken from what is not.
            await CancelAsync(protection, position.IsFlat && waiting is null ? own : [], cancellationToken).ConfigureAwait(false);
            return;
        }

        var held = Math.Abs(position.Quantity);
        if ((ProtectiveStop.Of(position, loss, info) ?? (waiting is null ? null : ProtectiveStop.Of(waiting.Request, loss, info))) is not { } wanted)
        {
            await CancelAsync(protection, own, cancellationToken).ConfigureAwait(false);
            return;
        }

        protection.Stop = own.Find(order => wanted.IsServedBy(order.Request, held, info.TickSize));
        if (protection.Stop is null)
        {
            var named = position.IsFlat && waiting is not null ? ids.BarOf(waiting.ClientOrderId) ?? bar : bar;
            await PlaceAsync(protection, wanted, named, position, own, cancellationToken).ConfigureAwait(false);
        }

        if (protection.Trouble is null)
        {
            await CancelAsync(protection, own.FindAll(order => order.ClientOrderId != protection.Stop?.ClientOrderId), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PlaceAsync(
        Protection protection, ProtectiveStop wanted, DateTimeOffset bar, Position position, List<OrderResult> own, CancellationToken cancellationToken)
    {
        // Another host may have placed it since the account was read.
        var held = Math.Abs(position.Quantity);
        var (id, standing) = await desk.NextAsync(
            bar, OrderLeg.Stop, order => order.IsOpen && wanted.IsServedBy(order.Request, held, info.TickSize), cancellationToken).ConfigureAwait(false);
        if (id is null)
        {
            protection.Fail("every stop of this bar was canceled by somebody");
            return;
        }

        if (standing is not null)
        {
            protection.Stop = standing;
            return;
        }

        if (IsOld(protection))
        {
            protection.Fail("the account was read too long ago");
            return;
        }

        var request = wanted.ToRequest(info.Symbol, new OrderName(id));
        var placed = await desk.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (placed.RejectReason == RejectReason.CloseOrderExists)
        {
            // The exchange allows one close-position stop a side. If the other one is ours it is wrong and goes first; if it
            // is a stranger's it stays, and ours names its quantity.
            var inTheWay = own.FindAll(order => order.Request.ClosePosition && order.Request.Side == wanted.Side);
            await CancelAsync(protection, inTheWay, cancellationToken).ConfigureAwait(false);
            own.RemoveAll(inTheWay.Contains);
            request = inTheWay.Count > 0 ? request : request with { ClosePosition = false, ReduceOnly = true, Quantity = held };
            placed = await desk.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        protection.Orders.Add(placed);
        switch (placed)
        {
            case { IsOpen: true }:
                protection.Stop = placed;
                logger.StopPlaced(info.Symbol.Id, wanted.Side, wanted.TriggerPrice, placed.ClientOrderId);
                metrics.StopPlaced(info.Symbol);
                break;
            case { FilledQuantity: > 0 }:
                break;
            case { RejectReason: RejectReason.WouldTrigger } when !position.IsFlat:
                protection.Fail(placed.Message ?? "the price has passed the stop");
                protection.IsHopeless = true;
                break;
            case { Status: OrderStatus.Denied, RejectReason: RejectReason.InvalidOrder }:
                // Refused on this side, and would be again.
                Refusal = placed.Message ?? "stop orders are not supported";
                protection.Fail(Refusal);
                protection.IsHopeless = true;
                break;
            case { RejectReason: RejectReason.WouldTrigger } when !protection.IsEntryPassed:
                // The entry that it is for has been passed as well, so there is a position to look at.
                protection.IsEntryPassed = true;
                protection.Fail(placed.Message ?? "the price has passed the stop");
                break;
            case var _ when position.IsFlat:
                // A stop for an entry that still waits: the position gets its stop when it is there.
                logger.StopFailed(info.Symbol.Id, placed.Message ?? placed.Status.ToString());
                break;
            default:
                protection.Fail($"the stop is {placed.Status}: {placed.Message}");
                break;
        }
    }

    // A stop too many protects as well as one, so a failure here waits for the next look.
    private async Task CancelAsync(Protection protection, List<OrderResult> orders, CancellationToken cancellationToken)
    {
        foreach (var order in orders)
        {
            try
            {
                protection.Orders.Add(await desk.CancelAsync(order, cancellationToken).ConfigureAwait(false));
            }
            catch (ExchangeException e)
            {
                logger.StopNotCanceled(e, info.Symbol.Id, order.ClientOrderId);
            }
        }
    }

    private async Task GiveUpAsync(Protection protection, DateTimeOffset bar, OrderResult? entry, CancellationToken cancellationToken)
    {
        var closed = await CloseAsync(bar, PositionOf(protection.Account?.Position ?? Position.Flat, entry), cancellationToken).ConfigureAwait(false);
        logger.ClosedUnprotected(info.Symbol.Id, protection.Trouble, closed?.Status);
        metrics.ClosedUnprotected(info.Symbol);
        if (closed is null)
        {
            return;
        }

        protection.Orders.Add(closed);
        var isGone = closed.RejectReason == RejectReason.ReduceOnly;
        if (closed.Status != OrderStatus.Filled && !isGone)
        {
            return;
        }

        _bareSince = null;
        (protection.ClosedBecause, protection.Trouble) = (isGone ? null : protection.Trouble, null);
        try
        {
            var account = await ReadAsync(protection, cancellationToken).ConfigureAwait(false);
            await RepairAsync(protection, bar, account.Position, cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeException e)
        {
            // What is left to do is to take away stops of a position that is gone; the next look does it.
            logger.StopFailed(info.Symbol.Id, e.Message);
        }
    }

    // A reading can be from before the entry: then it shows nothing, or the position that the entry followed.
    private static Position PositionOf(in Position read, OrderResult? entry)
    {
        if (entry is not { FilledQuantity: > 0, AveragePrice: { } price })
        {
            return read;
        }

        var entered = new Position(entry.Request.Side == Side.Buy ? entry.FilledQuantity : -entry.FilledQuantity, price);
        return read.IsLong == entered.IsLong && read.IsShort == entered.IsShort ? read : entered;
    }
}
