using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Reads market data from an exchange. Reads may be repeated freely.</summary>
public interface IFetcher
{
    /// <summary>Gets closed bars, oldest first. A bar is closed when the exchange's own clock has passed its close time.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer, or refused.</exception>
    /// <exception cref="BarDataException">The exchange's bars cannot be used, or have a gap that the request rejects.</exception>
    Task<BarSeries> FetchBarsAsync(BarRequest request, CancellationToken cancellationToken = default);

    /// <summary>Gets the trading rules of a symbol.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer, refused, or does not list the symbol.</exception>
    Task<SymbolInfo> FetchSymbolInfoAsync(Symbol symbol, CancellationToken cancellationToken = default);

    /// <summary>Gets the current price of a symbol.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer, refused, or does not list the symbol.</exception>
    Task<MarketPrice> FetchPriceAsync(Symbol symbol, CancellationToken cancellationToken = default);
}
