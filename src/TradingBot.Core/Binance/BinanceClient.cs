using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TradingBot.Binance.Protocol;

namespace TradingBot.Binance;

/// <summary>A typed client of Binance USD-M futures. One instance serves a process: it counts what it uses of the exchange's limits.</summary>
public sealed class BinanceClient : IDisposable
{
    private readonly HttpClient? _ownHttp;

    /// <summary>Initializes a client.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="logger">Where events go; never a key, a secret or a parameter of a request.</param>
    /// <param name="httpClient">The connection, which must not follow redirects; <see langword="null"/> for an own one. It is not disposed here.</param>
    /// <exception cref="OptionsValidationException">A setting is missing or outside its range; the message lists every fault.</exception>
    public BinanceClient(IOptions<BinanceOptions> options, TimeProvider timeProvider, ILogger<BinanceClient> logger, HttpClient? httpClient = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(logger);
        BinanceOptionsValidator.ThrowIfInvalid(options.Value);
        (Options, Time, Logger) = (options.Value, timeProvider, logger);
        _ownHttp = httpClient is null ? CreateHttpClient() : null;
        Transport = new BinanceTransport(httpClient ?? _ownHttp!, Options, timeProvider, logger);
        Market = new BinanceMarketData(Transport);
        Account = new BinanceAccount(Transport);
        Orders = new BinanceOrders(Transport);
        Rules = new SymbolRules(Market, timeProvider);
    }

    /// <summary>Gets the market data.</summary>
    public BinanceMarketData Market { get; }

    /// <summary>Gets the account.</summary>
    public BinanceAccount Account { get; }

    /// <summary>Gets the orders.</summary>
    public BinanceOrders Orders { get; }

    /// <summary>Gets the weight of requests that the exchange counted in the current minute, for this address of the network.</summary>
    public int UsedWeight => Transport.Gate.UsedWeight;

    internal BinanceOptions Options { get; }

    internal TimeProvider Time { get; }

    internal ILogger Logger { get; }

    internal BinanceTransport Transport { get; }

    internal SymbolRules Rules { get; }

    /// <inheritdoc/>
    public void Dispose() => _ownHttp?.Dispose();

    /// <summary>Returns the system that is spoken to.</summary>
    public override string ToString() => $"BinanceClient ({Options.Environment}, {Options.EffectiveRestAddress.Host})";

    // A redirect would send a signed order a second time, to wherever the answer points.
    private static HttpClient CreateHttpClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.All,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
