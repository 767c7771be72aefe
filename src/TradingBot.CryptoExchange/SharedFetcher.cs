using CryptoExchange.Net.SharedApis;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>Reads bars, rules and prices of an exchange of the family.</summary>
internal sealed class SharedFetcher(SharedConnection connection) : IFetcher
{
    private readonly BarReader _bars = new(connection);

    public Task<BarSeries> FetchBarsAsync(BarRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _bars.ReadAsync(request, cancellationToken);
    }

    public async Task<SymbolInfo> FetchSymbolInfoAsync(Symbol symbol, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return (await connection.Symbols.GetAsync(symbol, cancellationToken).ConfigureAwait(false)).Info;
    }

    public async Task<MarketPrice> FetchPriceAsync(Symbol symbol, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var answer = await connection.Calls.ReadAsync(
            "read the price",
            token => connection.Client.As<IFuturesTickerRestClient>().GetFuturesTickerAsync(new GetTickerRequest(ListedSymbol.NameOf(symbol)), token),
            cancellationToken).ConfigureAwait(false);
        return answer.Data is { LastPrice: { } last, MarkPrice: { } mark }
            ? new MarketPrice(connection.Clock.MadeAt(answer), last, mark)
            : throw new ExchangeException(ExchangeErrorKind.Rejected, $"{connection.Client.Name} tells no last or no mark price of {symbol}.");
    }
}
