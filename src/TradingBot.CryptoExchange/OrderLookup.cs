using CryptoExchange.Net.Objects;
using CryptoExchange.Net.SharedApis;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>Finds out how an order stands, among the normal orders and the conditional ones.</summary>
internal sealed class OrderLookup(SharedConnection connection)
{
    private ExchangeCalls Calls => connection.Calls;

    /// <summary>Looks once. A fired conditional order is found as the normal order that it became.</summary>
    public async Task<OrderResult?> FindAsync(OrderQuery query, OrderRequest? request, CancellationToken cancellationToken)
    {
        var client = connection.Client.As<IFuturesOrderClientIdRestClient>();
        var asked = new GetOrderRequest(ListedSymbol.NameOf(query.Symbol), query.ClientOrderId);
        return await GetAsync(query, request, token => client.GetFuturesOrderByClientOrderIdAsync(asked, token), cancellationToken).ConfigureAwait(false)
            ?? await FindConditionalAsync(query, request, cancellationToken).ConfigureAwait(false);
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
            catch (ExchangeException e) when (e.IsTransient && attempt < connection.Options.LookupAttempts)
            {
                // The next look may succeed.
            }

            if (attempt >= connection.Options.LookupAttempts)
            {
                return null;
            }

            await Calls.WaitAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads state and fill price of an order that the exchange has just accepted; both are missing in that answer.</summary>
    /// <returns>The order as far as it could be read: it is placed, whatever happens here.</returns>
    public async Task<OrderResult> SettleAsync(OrderResult placed, CancellationToken cancellationToken)
    {
        var (best, query) = (placed, new OrderQuery(placed.Request.Symbol, placed.ClientOrderId));
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                // Another order may have had the same id before, and a reading may be behind.
                if (await FindAsync(query, placed.Request, cancellationToken).ConfigureAwait(false) is { } read
                    && read.ExchangeOrderId == placed.ExchangeOrderId
                    && read.FilledQuantity >= best.FilledQuantity)
                {
                    best = read;
                    if (IsSettled(best))
                    {
                        return best;
                    }
                }

                if (attempt >= connection.Options.LookupAttempts)
                {
                    break;
                }

                await Calls.WaitAsync(attempt, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ExchangeException)
        {
            connection.Logger.OrderStateMissing(e, query.Symbol.Id, query.ClientOrderId);
        }

        return best;
    }

    // A limit order may rightly stay open; a market order is on its way to its end.
    private static bool IsSettled(OrderResult order) =>
        (!order.IsOpen || order.Request.Type == OrderType.Limit) && (order.FilledQuantity == 0 || order.AveragePrice is not null);

    private async Task<OrderResult?> FindConditionalAsync(OrderQuery query, OrderRequest? request, CancellationToken cancellationToken)
    {
        if (connection.Client.Specifics?.ConditionalOrders is not { } conditional)
        {
            return null;
        }

        const string Operation = "look the conditional order up";
        var answer = await Calls.TryReadAsync(Operation, token => conditional.GetAsync(query, token), cancellationToken).ConfigureAwait(false);
        if (!answer.Success)
        {
            return Calls.Errors.IsUnknownOrder(answer.Error!) ? null : throw Calls.Refusal(Operation, answer);
        }

        if (answer.Data!.State.Request.Symbol != query.Symbol)
        {
            return null;
        }

        var asked = request ?? answer.Data.State.Request;
        if (answer.Data.PlacedOrderId is { } placed)
        {
            var client = connection.Client.As<IFuturesOrderRestClient>();
            var name = ListedSymbol.NameOf(query.Symbol);
            if (await GetAsync(query, asked, token => client.GetFuturesOrderAsync(new GetOrderRequest(name, placed), token), cancellationToken).ConfigureAwait(false) is { } order)
            {
                return order;
            }
        }

        return answer.Data.State with { Request = asked };
    }

    private async Task<OrderResult?> GetAsync(
        OrderQuery query,
        OrderRequest? request,
        Func<CancellationToken, Task<HttpResult<SharedFuturesOrder>>> call,
        CancellationToken cancellationToken)
    {
        const string Operation = "look the order up";
        var answer = await Calls.TryReadAsync(Operation, call, cancellationToken).ConfigureAwait(false);
        return answer.Success ? OrderTranslation.ResultOf(answer.Data!, query.Symbol, request)
            : Calls.Errors.IsUnknownOrder(answer.Error!) ? null
            : throw Calls.Refusal(Operation, answer);
    }
}
