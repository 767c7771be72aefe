using System.Collections.Concurrent;
using CryptoExchange.Net.SharedApis;
using TradingBot.Market;
using TradingBot.Trading;
using SharedTradingMode = CryptoExchange.Net.SharedApis.TradingMode;

namespace TradingBot.CryptoExchange;

/// <summary>Remembers the exchange's rules of the symbols in use for an hour, or until an order shows that they have changed.</summary>
internal sealed class SymbolListing(SharedClient client, ExchangeCalls calls, TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<Symbol, (ListedSymbol Listed, long Read)> _known = new();

    public async ValueTask<ListedSymbol> GetAsync(Symbol symbol, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(symbol, out var known) && time.GetElapsedTime(known.Read) < MaxAge)
        {
            return known.Listed;
        }

        var answer = await calls.ReadAsync(
            "list symbols",
            token => client.As<IFuturesSymbolRestClient>().GetFuturesSymbolsAsync(new GetSymbolsRequest(SharedTradingMode.PerpetualLinear), token),
            cancellationToken).ConfigureAwait(false);
        var listed = Array.Find(answer.Data!, entry =>
            entry.TradingMode == SharedTradingMode.PerpetualLinear
            && entry.BaseAsset.Equals(symbol.BaseAsset, StringComparison.OrdinalIgnoreCase)
            && entry.QuoteAsset.Equals(symbol.QuoteAsset, StringComparison.OrdinalIgnoreCase))
            ?? throw new ExchangeException(ExchangeErrorKind.Rejected, $"{client.Name} does not list {symbol}.");
        var result = new ListedSymbol(symbol, listed);
        _known[symbol] = (result, time.GetTimestamp());
        return result;
    }

    public void Forget(Symbol symbol) => _known.TryRemove(symbol, out _);
}
