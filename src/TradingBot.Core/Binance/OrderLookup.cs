using System.Globalization;
using TradingBot.Binance.Protocol;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Finds out how an order stands, in both of the exchange's stores.</summary>
internal sealed class OrderLookup(BinanceClient client)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks once. A fired conditional order is found as the normal order that it became, which has the same client id.</summary>
    public async Task<OrderResult?> FindAsync(OrderQuery query, OrderRequest? request, CancellationToken cancellationToken)
    {
        try
        {
            var order = await client.Orders.GetAsync(query.Symbol, query.ClientOrderId, cancellationToken).ConfigureAwait(false);
            return OrderNames.ResultOf(order, request, query.Symbol);
        }
        catch (ExchangeException e) when (IsMissing(e))
        {
            return await FindConditionalAsync(query, request, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Looks once, in both stores at the same time: what is looked for before an order is sent is mostly nowhere.</summary>
    public async Task<OrderResult?> FindAtOnceAsync(OrderQuery query, CancellationToken cancellationToken)
    {
        var normal = client.Orders.GetAsync(query.Symbol, query.ClientOrderId, cancellationToken);
        var conditional = FindConditionalAsync(query, null, cancellationToken);
        try
        {
            var order = await normal.ConfigureAwait(false);
            await ((Task)conditional).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return OrderNames.ResultOf(order, null, query.Symbol);
        }
        catch (ExchangeException e) when (IsMissing(e))
        {
            return await conditional.ConfigureAwait(false);
        }
        catch
        {
            await ((Task)conditional).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>Looks until the order shows, for some seconds: a fresh order can be invisible for a moment.</summary>
    /// <exception cref="ExchangeException">The last look failed.</exception>
    public async Task<OrderResult?> FindPatientlyAsync(OrderQuery query, OrderRequest? request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await FindAsync(query, request, cancellationToken).ConfigureAwait(false) is { } found)
                {
                    return found;
                }
            }
            catch (ExchangeException e) when (e.IsTransient && attempt < client.Options.LookupAttempts)
            {
                // The next look may succeed.
            }

            if (attempt >= client.Options.LookupAttempts)
            {
                return null;
            }

            await WaitAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the final state and the fill price of an order that the exchange has just accepted; both are missing in that answer.</summary>
    /// <returns>The order as far as it could be read: it is placed, whatever happens here.</returns>
    public async Task<OrderResult> SettleAsync(OrderResult accepted, CancellationToken cancellationToken)
    {
        var best = accepted;
        try
        {
            for (var attempt = 1; !IsSettled(best); attempt++)
            {
                best = await ReadAgainAsync(best, cancellationToken).ConfigureAwait(false);
                if (IsSettled(best) || attempt >= client.Options.LookupAttempts)
                {
                    break;
                }

                await WaitAsync(attempt, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ExchangeException)
        {
            client.Logger.FillPriceMissing(e, accepted.Request.Symbol.Id, accepted.ClientOrderId);
        }

        return best;
    }

    // A limit order may rightly stay open; a market order is on its way to its end.
    private static bool IsSettled(OrderResult order) =>
        (!order.IsOpen || order.Request.Type == OrderType.Limit) && (order.FilledQuantity == 0 || order.AveragePrice is not null);

    private async Task<OrderResult> ReadAgainAsync(OrderResult known, CancellationToken cancellationToken)
    {
        try
        {
            var order = await client.Orders.GetAsync(known.Request.Symbol, known.ClientOrderId, cancellationToken).ConfigureAwait(false);

            // Another order may have had the same id before (ids are unique only among open orders), and a reading may be behind.
            var same = order.OrderId.ToString(CultureInfo.InvariantCulture) == known.ExchangeOrderId;
            return same && order.ExecutedQty >= known.FilledQuantity ? OrderNames.ResultOf(order, known.Request) : known;
        }
        catch (ExchangeException e) when (IsMissing(e))
        {
            return known;
        }
    }

    private static bool IsMissing(ExchangeException error) => error.Code is BinanceErrors.OrderDoesNotExist or BinanceErrors.UnknownOrder;

    private async Task<OrderResult?> FindConditionalAsync(OrderQuery query, OrderRequest? request, CancellationToken cancellationToken)
    {
        BinanceAlgoOrder algo;
        try
        {
            algo = await client.Orders.GetConditionalAsync(query.ClientOrderId, cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeException e) when (IsMissing(e))
        {
            return null;
        }

        if (algo.Symbol != query.Symbol.Id)
        {
            return null;
        }

        if (long.TryParse(algo.ActualOrderId, NumberStyles.None, CultureInfo.InvariantCulture, out var orderId) && orderId > 0)
        {
            try
            {
                var order = await client.Orders.GetAsync(query.Symbol, orderId, cancellationToken).ConfigureAwait(false);
                return OrderNames.ResultOf(order, request ?? OrderNames.RequestOf(algo, query.Symbol));
            }
            catch (ExchangeException e) when (IsMissing(e))
            {
                // What the conditional order itself says is all there is.
            }
        }

        return OrderNames.ResultOf(algo, request, query.Symbol);
    }

    private Task WaitAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(FirstWait * Math.Pow(2, attempt - 1), client.Time, cancellationToken);
}
