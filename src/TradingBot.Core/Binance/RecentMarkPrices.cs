using System.Collections.Concurrent;
using TradingBot.Market;

namespace TradingBot.Binance;

/// <summary>Remembers mark prices for some seconds, so that the check of an order need not wait for one. The exchange checks again, by the price it has then.</summary>
internal sealed class RecentMarkPrices(BinanceClient client)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Symbol, (decimal Price, long Read)> _known = new();

    public async ValueTask<decimal> GetAsync(Symbol symbol, CancellationToken cancellationToken) =>
        _known.TryGetValue(symbol, out var known) && client.Time.GetElapsedTime(known.Read) < MaxAge
            ? known.Price
            : await ReadAsync(symbol, cancellationToken).ConfigureAwait(false);

    public async Task<decimal> ReadAsync(Symbol symbol, CancellationToken cancellationToken)
    {
        var asked = client.Time.GetTimestamp();
        var price = (await client.Market.GetMarkPriceAsync(symbol, cancellationToken).ConfigureAwait(false)).MarkPrice;
        _known[symbol] = (price, asked);
        return price;
    }
}
