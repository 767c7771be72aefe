using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Reads bars, rules and prices of Binance USD-M futures.</summary>
public sealed class BinanceFetcher : IFetcher
{
    private readonly BinanceClient _client;

    /// <summary>Initializes a fetcher.</summary>
    /// <param name="client">The connection.</param>
    public BinanceFetcher(BinanceClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
    }

    /// <inheritdoc/>
    public Task<BarSeries> FetchBarsAsync(BarRequest request, CancellationToken cancellationToken = default) =>
        _client.Market.GetBarsAsync(request, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Step and minimum are the coarser of those for limit and market orders. The rules are read at most once an hour.</remarks>
    public async Task<SymbolInfo> FetchSymbolInfoAsync(Symbol symbol, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return (await _client.Rules.GetAsync(symbol, cancellationToken).ConfigureAwait(false)).Info;
    }

    /// <inheritdoc/>
    public async Task<MarketPrice> FetchPriceAsync(Symbol symbol, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var last = _client.Market.GetLastPriceAsync(symbol, cancellationToken);
        var mark = _client.Market.GetMarkPriceAsync(symbol, cancellationToken);
        await Task.WhenAll(last, mark).ConfigureAwait(false);
        var (lastPrice, markPrice) = (await last.ConfigureAwait(false), await mark.ConfigureAwait(false));
        // The last trade can lie some time back where little is traded; the mark price is reckoned all the time.
        return new MarketPrice(lastPrice.Time > markPrice.Time ? lastPrice.Time : markPrice.Time, lastPrice.Price, markPrice.MarkPrice);
    }
}
