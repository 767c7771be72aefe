using CryptoExchange.Net.Objects;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>Orders that wait for a trigger and can be found by their owner's id, which the shared interfaces do not offer.</summary>
internal interface IConditionalOrders
{
    Task<HttpResult<ConditionalOrder>> PlaceAsync(OrderRequest order, CancellationToken cancellationToken);

    Task<HttpResult<ConditionalOrder>> GetAsync(OrderQuery query, CancellationToken cancellationToken);

    Task<HttpResult<ConditionalOrder[]>> GetOpenAsync(Symbol symbol, CancellationToken cancellationToken);

    Task<HttpResult<string>> CancelAsync(OrderQuery query, CancellationToken cancellationToken);
}
