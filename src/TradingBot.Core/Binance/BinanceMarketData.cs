using TradingBot.Binance.Protocol;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Reads market data of USD-M futures. No key is needed.</summary>
/// <remarks>Every method may throw an <see cref="ExchangeException"/>: the exchange did not answer, or refused.</remarks>
public sealed class BinanceMarketData
{
    private const int FundingPageRows = 1000;
    private readonly BinanceTransport _transport;
    private readonly BarPager _pager;

    internal BinanceMarketData(BinanceTransport transport) => (_transport, _pager) = (transport, new BarPager(transport));

    /// <summary>Gets the exchange's time, in UTC.</summary>
    public Task<DateTimeOffset> GetServerTimeAsync(CancellationToken cancellationToken = default) => _transport.MeasureClockAsync(cancellationToken);

    /// <summary>Gets limits and contracts, and keeps to those limits from then on.</summary>
    public async Task<BinanceExchangeInfo> GetExchangeInfoAsync(CancellationToken cancellationToken = default)
    {
        var info = await _transport.SendAsync(BinanceRequest.Get("/fapi/v1/exchangeInfo", 1), BinanceJson.Default.BinanceExchangeInfo, cancellationToken).ConfigureAwait(false);
        _transport.Gate.SetLimits(info.RateLimits);
        return info;
    }

    /// <summary>Gets one contract.</summary>
    /// <exception cref="ExchangeException">The exchange did not answer, refused, or does not list the symbol.</exception>
    public async Task<BinanceSymbol> GetSymbolAsync(Symbol symbol, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var scan = await _transport.SendAsync(
            BinanceRequest.Get("/fapi/v1/exchangeInfo", 1), body => SymbolScan.Read(body, symbol.Id), cancellationToken).ConfigureAwait(false);
        _transport.Gate.SetLimits(scan.RateLimits);
        return scan.Symbol
            ?? throw new ExchangeException(ExchangeErrorKind.Rejected, $"The exchange does not list {symbol}.") { Code = BinanceErrors.InvalidSymbol };
    }

    /// <summary>Gets closed bars, oldest first, however many; each page of up to 1,500 is one request.</summary>
    /// <exception cref="BarDataException">The exchange's bars cannot be used, or have a gap that the request rejects.</exception>
    public Task<BarSeries> GetBarsAsync(BarRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _pager.ReadAsync(request, cancellationToken);
    }

    /// <summary>Gets the prices by which a contract is reckoned, and its funding.</summary>
    public Task<BinanceMarkPrice> GetMarkPriceAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(BinanceRequest.Get("/fapi/v1/premiumIndex", 1).With("symbol", symbol.Id), BinanceJson.Default.BinanceMarkPrice, cancellationToken);

    /// <summary>Gets the price of the last trade.</summary>
    public Task<BinanceLastPrice> GetLastPriceAsync(Symbol symbol, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(BinanceRequest.Get("/fapi/v2/ticker/price", 1).With("symbol", symbol.Id), BinanceJson.Default.BinanceLastPrice, cancellationToken);

    /// <summary>Gets settlements of funding, oldest first.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="from">The earliest settlement, inclusive.</param>
    /// <param name="to">The end, exclusive; <see langword="null"/> for up to now.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<BinanceFunding>> GetFundingAsync(
        Symbol symbol, DateTimeOffset from, DateTimeOffset? to = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var all = new List<BinanceFunding>();
        var end = to?.AddMilliseconds(-1);
        while (true)
        {
            // The endpoint has a limit of its own and no weight.
            var page = await _transport.SendAsync(
                new BinanceRequest(HttpMethod.Get, "/fapi/v1/fundingRate", 0) { FundingReads = 1 }
                    .With("symbol", symbol.Id).With("startTime", from).With("endTime", end).With("limit", FundingPageRows),
                BinanceJson.Default.BinanceFundingArray,
                cancellationToken).ConfigureAwait(false);
            all.AddRange(page);
            if (page.Length < FundingPageRows)
            {
                return all;
            }

            from = page[^1].FundingTime.AddMilliseconds(1);
        }
    }

    internal Task<KlinePage> GetLatestKlinesAsync(Symbol symbol, Interval interval, int limit, CancellationToken cancellationToken) =>
        _pager.ReadLatestAsync(symbol, interval, limit, cancellationToken);

    internal ValueTask<DateTimeOffset> GetExchangeTimeAsync(CancellationToken cancellationToken) => _transport.GetExchangeTimeAsync(cancellationToken);
}
