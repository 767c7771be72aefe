using System.Collections.Concurrent;
using TradingBot.Market;

namespace TradingBot.Binance;

/// <summary>Remembers the exchange's rules of the symbols in use for an hour, or until an order shows that they have changed.</summary>
internal sealed class SymbolRules(BinanceMarketData market, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<Symbol, (OrderFilters Filters, long Read)> _known = new();

    public async ValueTask<OrderFilters> GetAsync(Symbol symbol, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(symbol, out var known) && time.GetElapsedTime(known.Read) < MaxAge)
        {
            return known.Filters;
        }

        var filters = new OrderFilters(symbol, await market.GetSymbolAsync(symbol, cancellationToken).ConfigureAwait(false));
        _known[symbol] = (filters, time.GetTimestamp());
        return filters;
    }

    public void Forget(Symbol symbol) => _known.TryRemove(symbol, out _);
}
