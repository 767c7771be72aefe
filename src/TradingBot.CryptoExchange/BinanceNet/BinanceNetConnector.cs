using Binance.Net.Clients;
using Binance.Net.Objects.Options;
using CryptoExchange.Net.Objects;
using Microsoft.Extensions.Options;
using TradingBot.Binance;
using BinanceOptions = TradingBot.Binance.BinanceOptions;
using LibraryCredentials = Binance.Net.BinanceCredentials;
using LibraryEnvironment = Binance.Net.BinanceEnvironment;

namespace TradingBot.CryptoExchange.BinanceNet;

/// <summary>Makes the client of Binance.Net from the settings of the default client.</summary>
internal static class BinanceNetConnector
{
    /// <param name="options">The settings, which have been checked.</param>
    /// <param name="configure">What the application sets beyond them, or <see langword="null"/>.</param>
    public static SharedClient Connect(BinanceOptions options, Action<BinanceRestOptions>? configure)
    {
        var library = new BinanceRestOptions { ReceiveWindow = options.ReceiveWindow, RequestTimeout = options.RequestTimeout };
        configure?.Invoke(library);

        // Not the application's to change: where orders go, whose they are, and that none is renamed, resized or sent twice.
        library.Environment = EnvironmentOf(options);
        library.ApiCredentials = options.Credentials?.Create((key, secret) => new LibraryCredentials(key, secret));
        library.AllowAppendingClientOrderId = false;
        library.UsdFuturesOptions.TradeRulesBehaviour = global::Binance.Net.Enums.TradeRulesBehaviour.None;
        library.RateLimitingBehaviour = RateLimitingBehaviour.Fail;
        library.CachingEnabled = false;
        library.AutoTimestamp = true;
        library.UsdFuturesOptions.AutoTimestamp = null;

        // No log: the library writes the key's header at the level Debug.
        var client = new BinanceRestClient(null, null, Options.Create(library));
        return new SharedClient(client.UsdFuturesApi.SharedClient, new BinanceNetSpecifics(client.UsdFuturesApi), client);
    }

    private static LibraryEnvironment EnvironmentOf(BinanceOptions options) => options.Environment switch
    {
        BinanceEnvironment.Live => LibraryEnvironment.Live,
        BinanceEnvironment.Testnet => LibraryEnvironment.Demo,
        _ => Custom(options.RestAddress!.GetLeftPart(UriPartial.Authority)),
    };

    // Only the futures' REST service is spoken to; the others must have an address.
    private static LibraryEnvironment Custom(string address) =>
        LibraryEnvironment.CreateCustom(nameof(BinanceEnvironment.Custom), address, address, address, null, address, null, null, null, null, null);
}
