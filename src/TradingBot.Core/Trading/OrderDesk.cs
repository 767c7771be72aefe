using Microsoft.Extensions.Logging;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Sends orders so that no intent is carried out twice: looked up before they are sent, and a lost answer looked up before anything else.</summary>
internal sealed class OrderDesk(
    IOrderer orderer, Symbol symbol, ClientOrderIds ids, CycleReporter reporter, TraderMetrics metrics, ILogger logger)
{
    // An id that a bar needs more often than this is not used up by trading.
    private const int MostOfOneLeg = 20;

    // To tell of an order twice does no harm, so no more of them are remembered than one cycle may look at again.
    private const int MostEnded = 256;
    private readonly List<OrderQuery> _unresolved = [];
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    /// <summary>Gets a value indicating whether the outcome of an order that this process sent is still not known.</summary>
    public bool HasUnresolved => _unresolved.Count > 0;

    /// <summary>Asks again for the orders whose outcome is not known. One that the exchange does not know by now never reached it.</summary>
    public async Task ResolveAsync(CancellationToken cancellationToken)
    {
        for (var i = _unresolved.Count - 1; i >= 0; i--)
        {
            var query = _unresolved[i];
            try
            {
                var found = await orderer.FindAsync(query, cancellationToken).ConfigureAwait(false);
                _unresolved.RemoveAt(i);
                logger.OrderResolved(symbol.Id, query.ClientOrderId, found?.Status);
                if (found is not null)
                {
                    await TellAsync(found, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (ExchangeException e)
            {
                logger.OrderUnresolved(e, symbol.Id, query.ClientOrderId);
            }
        }
    }

    /// <summary>Finds out what became of orders that were left open, as far as nobody has told yet: a stop or a limit entry fills between two looks.</summary>
    /// <param name="account">The account as it was just read.</param>
    /// <param name="left">The ids of the orders.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Those that have filled, in whole or in part.</returns>
    public async Task<IReadOnlyList<OrderResult>> FollowAsync(AccountSnapshot account, IEnumerable<string> left, CancellationToken cancellationToken)
    {
        var filled = new List<OrderResult>();
        foreach (var id in left.Where(id => !_ended.Contains(id) && !account.OpenOrders.Any(order => order.ClientOrderId == id)))
        {
            try
            {
                // One that is open was placed after the account was read.
                if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is { IsOpen: false } found)
                {
                    logger.OrderEnded(symbol.Id, id, found.Status, found.FilledQuantity, found.AveragePrice);
                    await TellAsync(found, cancellationToken).ConfigureAwait(false);
                    filled.AddRange(found.FilledQuantity > 0 ? [found] : []);
                }
            }
            catch (ExchangeException e)
            {
                // No reason to leave the position alone; the next look asks again.
                logger.OrderNotFollowed(e, symbol.Id, id);
            }
        }

        return filled;
    }

    public Task<OrderResult?> FindAsync(string clientOrderId, CancellationToken cancellationToken) =>
        orderer.FindAsync(new OrderQuery(symbol, clientOrderId), cancellationToken);

    /// <summary>Finds the order that an earlier attempt at the same intent has sent.</summary>
    public async Task<OrderResult?> FindEarlierAsync(OrderRequest order, CancellationToken cancellationToken)
    {
        var earlier = await FindAsync(order.ClientOrderId, cancellationToken).ConfigureAwait(false);
        if (earlier is not null)
        {
            logger.OrderFound(symbol.Id, earlier.ClientOrderId, earlier.Status);
            await TellAsync(earlier, cancellationToken).ConfigureAwait(false);
        }

        return earlier;
    }

    /// <summary>Sends an order unless an earlier attempt at the same intent has sent it.</summary>
    public async Task<OrderResult> SubmitOnceAsync(OrderRequest order, CancellationToken cancellationToken) =>
        await FindEarlierAsync(order, cancellationToken).ConfigureAwait(false) ?? await SendAsync(order, cancellationToken).ConfigureAwait(false);

    /// <summary>Sends an order whose id was looked up.</summary>
    public async Task<OrderResult> SendAsync(OrderRequest order, CancellationToken cancellationToken)
    {
        var query = new OrderQuery(symbol, order.ClientOrderId);
        OrderResult result;
        try
        {
            result = await orderer.SubmitAsync(order, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _unresolved.Add(query);
            throw;
        }

        if (result.Status == OrderStatus.Unknown)
        {
            logger.OrderUnknown(symbol.Id, result.ClientOrderId, result.Message);
            result = await LookUpAsync(query, cancellationToken).ConfigureAwait(false) ?? result;
        }
        else if (result.RejectReason == RejectReason.DuplicateClientOrderId)
        {
            // Another host sent the same intent a moment before.
            result = await FindEarlierAsync(order, cancellationToken).ConfigureAwait(false) ?? result;
        }

        logger.OrderSent(symbol.Id, order.Side, order.Quantity, order.Type, result.ClientOrderId, result.Status, result.FilledQuantity, result.AveragePrice, result.Message);
        metrics.OrderSent(symbol, order, result);
        await TellAsync(result, cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>Finds the first id of a bar and leg that is not used up.</summary>
    /// <returns><see langword="null"/> when there have been too many.</returns>
    public async Task<string?> NextIdAsync(DateTimeOffset barOpenTime, OrderLeg leg, CancellationToken cancellationToken) =>
        (await NextAsync(barOpenTime, leg, static _ => false, cancellationToken).ConfigureAwait(false)).Id;

    /// <summary>Finds the first id of a bar and leg that is not used up, or the order under an earlier one that serves as well as a new one would.</summary>
    public async Task<(string? Id, OrderResult? Serving)> NextAsync(
        DateTimeOffset barOpenTime, OrderLeg leg, Func<OrderResult, bool> serves, CancellationToken cancellationToken)
    {
        for (var number = 0; number < MostOfOneLeg; number++)
        {
            var id = ids.For(barOpenTime, leg, number);
            var found = await FindAsync(id, cancellationToken).ConfigureAwait(false);
            if (found is null || serves(found))
            {
                return (id, found);
            }
        }

        return (null, null);
    }

    /// <summary>Sums up what has been taken back of a bar's entry.</summary>
    /// <returns>What the trims have filled, and what the last of them should have filled and did not.</returns>
    public async Task<(decimal Trimmed, decimal Left)> TrimmedAsync(DateTimeOffset barOpenTime, CancellationToken cancellationToken)
    {
        var (trimmed, left) = (0m, 0m);
        for (var number = 0; number < MostOfOneLeg; number++)
        {
            if (await FindAsync(ids.For(barOpenTime, OrderLeg.Trim, number), cancellationToken).ConfigureAwait(false) is not { } trim)
            {
                break;
            }

            (trimmed, left) = (trimmed + trim.FilledQuantity, trim.Request.Quantity - trim.FilledQuantity);
        }

        return (trimmed, left);
    }

    /// <summary>Cancels an order; it may have filled in the meantime, so the answer counts.</summary>
    public async Task<OrderResult> CancelAsync(OrderResult order, CancellationToken cancellationToken)
    {
        var canceled = await orderer.CancelAsync(new OrderQuery(symbol, order.ClientOrderId), cancellationToken).ConfigureAwait(false);
        logger.OrderCanceled(symbol.Id, order.ClientOrderId, canceled?.Status);
        await TellAsync(canceled ?? order, cancellationToken).ConfigureAwait(false);
        return canceled ?? order;
    }

    private async Task<OrderResult?> LookUpAsync(OrderQuery query, CancellationToken cancellationToken)
    {
        _unresolved.Add(query);
        try
        {
            if (await orderer.FindAsync(query, cancellationToken).ConfigureAwait(false) is { } found)
            {
                _unresolved.Remove(query);
                return found;
            }
        }
        catch (ExchangeException e)
        {
            logger.OrderUnresolved(e, symbol.Id, query.ClientOrderId);
        }

        return null;
    }

    private Task TellAsync(OrderResult order, CancellationToken cancellationToken)
    {
        if (!order.IsOpen)
        {
            if (_ended.Count == MostEnded)
            {
                _ended.Clear();
            }

            _ended.Add(order.ClientOrderId);
        }

        return reporter.OrderAsync(order, cancellationToken);
    }
}
