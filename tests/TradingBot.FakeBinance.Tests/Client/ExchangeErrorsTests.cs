using System.Net;
using System.Net.Sockets;
using TradingBot.Binance;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Tests.Client;

/// <summary>What an owner sees of each fault that a bot's settings, account or network can have: one clear error, and nothing traded.</summary>
public sealed class ExchangeErrorsTests
{
    private const string BannedUntil = "Way too many requests; IP banned. Please use the websocket for live updates to avoid bans.";

    private static readonly Symbol Unknown = Symbol.Parse("NOPEUSDT");

    /// <summary>What goes wrong, what is asked for, and what comes of it: the kind and code of an exception or the status and reason of an order, and its text.</summary>
    private static readonly Dictionary<string, Case> All = new(StringComparer.Ordinal)
    {
        ["wrong key, reading"] = new(
            ReadAccount,
            "Authentication -2015: GET /fapi/v3/balance: Invalid API-key, IP, or permissions for action. (HTTP 401, code -2015)")
        { Options = options => options.Credentials = new BinanceCredentials("other-key", Rig.Secret) },
        ["wrong key, order"] = new(
            rig => Buy(rig, 0.02m),
            "Authentication -2015: POST /fapi/v1/order: Invalid API-key, IP, or permissions for action. (HTTP 401, code -2015)")
        { Options = options => options.Credentials = new BinanceCredentials("other-key", Rig.Secret) },
        ["bad signature, reading"] = new(
            ReadAccount,
            "Authentication -1022: GET /fapi/v3/balance: Signature for this request is not valid. (HTTP 400, code -1022)")
        { Options = options => options.Credentials = new BinanceCredentials(Rig.Key, "other-secret") },
        ["bad signature, order"] = new(
            rig => Buy(rig, 0.02m),
            "Authentication -1022: POST /fapi/v1/order: Signature for this request is not valid. (HTTP 400, code -1022)")
        { Options = options => options.Credentials = new BinanceCredentials(Rig.Key, "other-secret") },
        ["unknown symbol, rules"] = new(
            async rig => await rig.Fetcher.FetchSymbolInfoAsync(Unknown),
            "Rejected -1121: The exchange does not list NOPEUSDT."),
        ["unknown symbol, bars"] = new(
            rig => ReadBars(rig, Unknown),
            "Rejected -1121: GET /fapi/v1/klines: Invalid symbol. (HTTP 400, code -1121)"),
        ["unknown symbol, order"] = new(
            async rig => await new BinanceOrderer(rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a") with { Symbol = Unknown }),
            "Rejected -1121: The exchange does not list NOPEUSDT."),
        ["closed market, known"] = new(
            rig => Buy(rig, 0.02m),
            "Denied Symbol: status: the symbol is CLOSE; expected TRADING.")
        { Arrange = rig => rig.Server.IsMarketOpen = false },
        ["closed market, since the rules were read"] = new(
            async rig =>
            {
                await rig.Fetcher.FetchSymbolInfoAsync(BinanceRig.Symbol);
                rig.Server.IsMarketOpen = false;
                return await Buy(rig, 0.02m);
            },
            "Rejected Symbol: POST /fapi/v1/order: Invalid symbol status for opening position. (HTTP 400, code -4140)"),
        ["insufficient margin"] = new(
            rig => Buy(rig, 10m),
            "Rejected InsufficientMargin: POST /fapi/v1/order: Margin is insufficient. (HTTP 400, code -2019)"),
        ["too small a quantity"] = new(
            rig => Buy(rig, 0.0005m),
            "Denied Quantity: MARKET_LOT_SIZE: quantity 0.0005 is 0.000 in steps of 0.001, below the minimum of 0.001."),
        ["too small a notional"] = new(
            rig => Buy(rig, 0.001m),
            "Denied MinNotional: MIN_NOTIONAL: 0.001 at 61000.00000000 is 61.00000000000, below the minimum of 100.")
        { Server = time => Rig.Options(time, exchange: Rig.Exchange(minNotional: 100)) },
        ["too large a quantity"] = new(
            rig => Buy(rig, 500m),
            "Denied Quantity: MARKET_LOT_SIZE: quantity 500.000 is above the maximum of 120.000."),
        ["banned address, reading"] = new(
            rig => ReadBars(rig, BinanceRig.Symbol),
            $"RateLimited -1003: GET /fapi/v1/klines: {BannedUntil} (HTTP 418, code -1003), again after 00:02:00")
        { Arrange = rig => rig.Server.Inject(ServerFault.Banned(120) with { Path = "/fapi/v1/klines" }) },
        ["banned address, order"] = new(
            rig => Buy(rig, 0.02m),
            $"RateLimited -1003: POST /fapi/v1/order: {BannedUntil} (HTTP 418, code -1003), again after 00:02:00")
        { Arrange = rig => rig.Server.Inject(ServerFault.Banned(120) with { Path = "/fapi/v1/order" }) },
        ["banned address, once it is known"] = new(
            async rig =>
            {
                await OutcomeOf(() => ReadBars(rig, BinanceRig.Symbol));
                return await Buy(rig, 0.02m);
            },
            "RateLimited : GET /fapi/v1/exchangeInfo: not sent, the exchange's limits leave no room for 120 s; expected at most 90 s., again after 00:02:00")
        { Arrange = rig => rig.Server.Inject(ServerFault.Banned(120) with { Path = "/fapi/v1/klines" }) },
        ["dead network, reading"] = new(
            rig => ReadBars(rig, BinanceRig.Symbol),
            "Transient : GET /fapi/v1/time: the exchange could not be reached; nothing was sent.")
        { Options = options => options.RestAddress = DeadAddress() },
        ["dead network, order"] = new(
            rig => Buy(rig, 0.02m),
            "Transient : GET /fapi/v1/exchangeInfo: the exchange could not be reached; nothing was sent.")
        { Options = options => options.RestAddress = DeadAddress() },
    };

    public static TheoryData<string> Cases => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Fault_OfKeyRequestAccountOrNetwork_IsOneClearErrorAndTradesNothing(string what)
    {
        var one = All[what];
        await using var rig = await BinanceRig.StartAsync(one.Options, one.Server);
        one.Arrange?.Invoke(rig);

        var outcome = await OutcomeOf(() => one.Ask(rig));

        outcome.Should().Be(one.Outcome);
        outcome.Should().NotContainAny(Rig.Secret, "other-key", "other-secret");
        rig.Server.Exchange.Fills.Should().BeEmpty();
    }

    private static async Task<object> ReadAccount(BinanceRig rig) => await rig.Client.Account.GetBalancesAsync();

    private static async Task<object> ReadBars(BinanceRig rig, Symbol symbol) =>
        await rig.Fetcher.FetchBarsAsync(new BarRequest { Symbol = symbol, Interval = Interval.OneHour, GapPolicy = GapPolicy.Reject, Count = 5 });

    private static async Task<object> Buy(BinanceRig rig, decimal quantity) =>
        await new BinanceOrderer(rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, quantity, "a"));

    private static async Task<string> OutcomeOf(Func<Task<object>> ask)
    {
        try
        {
            return await ask() is OrderResult order ? $"{order.Status} {order.RejectReason}: {order.Message}" : "no error";
        }
        catch (ExchangeException e)
        {
            return $"{e.Kind} {e.Code}: {e.Message}{(e.RetryAfter is { } wait ? $", again after {wait}" : "")}";
        }
    }

    // A port that was free a moment ago.
    private static Uri DeadAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    private sealed record Case(Func<BinanceRig, Task<object>> Ask, string Outcome)
    {
        public Action<BinanceOptions>? Options { get; init; }

        public Func<Testing.ManualTimeProvider, FakeBinanceOptions>? Server { get; init; }

        public Action<BinanceRig>? Arrange { get; init; }
    }
}
