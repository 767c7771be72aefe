using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TradingBot.Binance;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Tests.Client;

/// <summary>The library's own client, connected to a server whose clock stands still unless it is moved.</summary>
internal sealed class BinanceRig : IAsyncDisposable
{
    private readonly Rig _rig;

    private BinanceRig(Rig rig, BinanceClient client) => (_rig, Client) = (rig, client);

    public static Symbol Symbol { get; } = Symbol.Parse("BTCUSDT");

    public BinanceClient Client { get; }

    public FakeBinanceServer Server => _rig.Server;

    /// <summary>Gets the protocol's own client, beside the library's.</summary>
    public Rig Protocol => _rig;

    /// <summary>Gets the clock of server and client.</summary>
    public Testing.ManualTimeProvider Time => _rig.Time;

    public BinanceFetcher Fetcher => new(Client);

    public static async Task<BinanceRig> StartAsync(Action<BinanceOptions>? configure = null, Func<Testing.ManualTimeProvider, FakeBinanceOptions>? server = null)
    {
        var rig = await Rig.StartAsync(server);
        return new BinanceRig(rig, Connect(rig.Server, configure));
    }

    /// <summary>Connects a client that tries once, so that nothing waits on the clock.</summary>
    public static BinanceClient Connect(FakeBinanceServer server, Action<BinanceOptions>? configure = null)
    {
        var options = new BinanceOptions
        {
            Environment = BinanceEnvironment.Custom,
            RestAddress = server.RestAddress,
            StreamAddress = server.StreamAddress,
            Credentials = new BinanceCredentials(Rig.Key, Rig.Secret),
            ReadAttempts = 1,
            LookupAttempts = 1,
        };
        configure?.Invoke(options);
        return new BinanceClient(Options.Create(options), server.TimeProvider, NullLogger<BinanceClient>.Instance);
    }

    public static OrderRequest Market(Side side, decimal quantity, string id, bool reduceOnly = false) => new()
    {
        Symbol = Symbol,
        Side = side,
        Type = OrderType.Market,
        ClientOrderId = id,
        Quantity = quantity,
        ReduceOnly = reduceOnly,
    };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _rig.DisposeAsync();
    }
}
