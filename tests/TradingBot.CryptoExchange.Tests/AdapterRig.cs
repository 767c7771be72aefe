using Binance.Net.Objects.Options;
using Microsoft.Extensions.Logging.Abstractions;
using TradingBot.Binance;
using TradingBot.CryptoExchange.BinanceNet;
using TradingBot.FakeBinance;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Testing;
using TradingBot.Tests.Shared;
using TradingBot.Trading;
using BinanceOptions = TradingBot.Binance.BinanceOptions;

namespace TradingBot.CryptoExchange.Tests;

/// <summary>Binance.Net, connected to a server that keeps this machine's time, as the library does.</summary>
internal sealed class AdapterRig : IAsyncDisposable
{
    public const string Key = TestKeys.Key;
    public const string Secret = TestKeys.Secret;
    private readonly SharedClient _client;

    private AdapterRig(FakeBinanceServer server, SharedClient client, SharedConnection connection)
    {
        (Server, _client) = (server, client);
        (Fetcher, Orderer) = (new SharedFetcher(connection), new SharedOrderer(connection));
    }

    public static Symbol Symbol { get; } = Symbol.Parse("BTCUSDT");

    public FakeBinanceServer Server { get; }

    public SharedFetcher Fetcher { get; }

    public SharedOrderer Orderer { get; }

    /// <summary>Gets how the server is spoken to, with as few repetitions as possible.</summary>
    public static BinanceOptions Settings(FakeBinanceServer server) => new()
    {
        Environment = BinanceEnvironment.Custom,
        RestAddress = server.RestAddress,
        StreamAddress = server.StreamAddress,
        Credentials = new BinanceCredentials(Key, Secret),
        ReceiveWindow = TimeSpan.FromSeconds(60),
        ReadAttempts = 1,
        LookupAttempts = 1,
    };

    public static async Task<AdapterRig> StartAsync(
        Action<BinanceOptions>? configure = null, FakeBinanceOptions? server = null, Action<BinanceRestOptions>? library = null)
    {
        var started = await FakeBinanceServer.StartAsync(server ?? Options());
        var settings = Settings(started);
        configure?.Invoke(settings);
        var client = BinanceNetConnector.Connect(settings, library);
        var options = new SharedExchangeOptions { ReadAttempts = settings.ReadAttempts, LookupAttempts = settings.LookupAttempts };
        return new AdapterRig(started, client, new SharedConnection(client, options, TimeProvider.System, NullLogger.Instance));
    }

    /// <summary>Days, so that none closes while a test runs, of which each opens 100 above the one before.</summary>
    public static FakeBinanceOptions Options(ClockMode clock = ClockMode.Real, int count = 60, int closed = 20, Interval? interval = null) => new()
    {
        Bars = Bars(count, interval ?? Interval.OneDay),
        ClosedBars = closed,
        ApiKey = Key,
        ApiSecret = Secret,
        Clock = clock,
        Exchange = new SimulatedExchangeOptions
        {
            Markets = [new MarketListing(SampleSymbols.BtcUsdt) { Funding = FundingSchedule.Fixed(0.0001m) }],
            Slippage = SlippageModel.Fixed(0.0002m),
            Leverage = 20,
            MarginMode = MarginMode.Cross,
        },
    };

    public static OrderRequest Market(Side side, decimal quantity, string id, bool reduceOnly = false) => new()
    {
        Symbol = Symbol,
        Side = side,
        Type = OrderType.Market,
        ClientOrderId = id,
        Quantity = quantity,
        ReduceOnly = reduceOnly,
    };

    public static OrderRequest Stop(decimal trigger, string id, bool closePosition = true) => new()
    {
        Symbol = Symbol,
        Side = Side.Sell,
        Type = OrderType.StopMarket,
        ClientOrderId = id,
        Quantity = closePosition ? 0 : 0.02m,
        TriggerPrice = trigger,
        ReduceOnly = !closePosition,
        ClosePosition = closePosition,
    };

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Server.DisposeAsync();
    }

    private static BarSeries Bars(int count, Interval interval) => BarSeries.Create(
        Symbol,
        interval,
        GapPolicy.Reject,
        Enumerable.Range(0, count).Select(i =>
        {
            var open = 60_000d + (100 * i);
            return new Bar(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero) + (i * interval.Length), interval.Length, open, open + 250, open - 50, open + 100, 10.125);
        }));
}
