using System.Net;
using System.Net.Sockets;
using TradingBot.Binance;
using TradingBot.FakeBinance;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange.Tests;

/// <summary>What can go wrong between a bot and the exchange is one clear error each, and never a second order.</summary>
public sealed class BinanceNetFailureTests
{
    private const string OrderPath = "/fapi/v1/order";
    private static readonly OrderQuery Query = new(AdapterRig.Symbol, "a");

    [Theory]
    [InlineData("other-key", null, -2015)]
    [InlineData(null, "other-secret", -1022)]
    public async Task SubmitAsync_WrongCredentials_ThrowsAndTradesNothing(string? wrongKey, string? wrongSecret, int code)
    {
        var (key, secret) = (wrongKey ?? AdapterRig.Key, wrongSecret ?? AdapterRig.Secret);
        await using var rig = await AdapterRig.StartAsync(options => options.Credentials = new BinanceCredentials(key, secret));

        var e = await Fails(() => rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "a")));

        (e.Kind, e.Code).Should().Be((ExchangeErrorKind.Authentication, code));
        e.ToString().Should().NotContain(key).And.NotContain(secret);
        rig.Server.Exchange.Fills.Should().BeEmpty();
    }

    [Fact]
    public async Task FetchSymbolInfoAsync_UnknownSymbol_NamesIt()
    {
        await using var rig = await AdapterRig.StartAsync();

        var e = await Fails(() => rig.Fetcher.FetchSymbolInfoAsync(Symbol.Parse("NOPEUSDT")));

        (e.Kind, e.Message).Should().Be((ExchangeErrorKind.Rejected, "Binance does not list NOPEUSDT."));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(418)]
    public async Task FetchBarsAsync_TooManyRequests_SaysHowLong(int status)
    {
        // With its limits on, the library refuses every later request of this process until then, other tests' too.
        await using var rig = await AdapterRig.StartAsync(library: options => options.RateLimiterEnabled = false);
        rig.Server.Inject(ServerFault.Refuse(status, -1003, "Too many requests.", retryAfter: 120));

        var e = await Fails(() => rig.Fetcher.FetchBarsAsync(Bars()));

        (e.Kind, e.RetryAfter).Should().Be((ExchangeErrorKind.RateLimited, TimeSpan.FromSeconds(120)));
    }

    [Fact]
    public async Task SubmitAsync_TooManyRequests_IsNotRepeated()
    {
        await using var rig = await AdapterRig.StartAsync();
        await rig.Fetcher.FetchSymbolInfoAsync(AdapterRig.Symbol);
        rig.Server.Inject(ServerFault.Refuse(429, -1015, "Too many new orders.") with { Method = "POST", Path = OrderPath });

        var e = await Fails(() => rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "a")));

        e.Kind.Should().Be(ExchangeErrorKind.RateLimited);
        rig.Server.Exchange.Fills.Should().BeEmpty("a second attempt would have been carried out");
    }

    [Fact]
    public async Task SubmitAsync_DeadNetwork_ThrowsInsteadOfCallingTheOutcomeUnknown()
    {
        await using var rig = await AdapterRig.StartAsync(options => options.RestAddress = DeadAddress());

        var e = await Fails(() => rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "a")));

        e.Kind.Should().Be(ExchangeErrorKind.Transient);
    }

    [Theory]
    [InlineData(OrderType.Market)]
    [InlineData(OrderType.StopMarket)]
    public async Task SubmitAsync_AnswerLostAfterExecution_IsFoundAndNotSentAgain(OrderType type)
    {
        await using var rig = await AdapterRig.StartAsync();
        await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "held"));
        rig.Server.Inject(ServerFault.LoseAnswer() with { Method = "POST" });

        var order = await rig.Orderer.SubmitAsync(type == OrderType.Market ? AdapterRig.Market(Side.Buy, 0.02m, "a") : AdapterRig.Stop(55_000, "a"));

        (order.Status, order.ClientOrderId).Should().Be((type == OrderType.Market ? OrderStatus.Filled : OrderStatus.New, "a"));
        rig.Server.Exchange.Fills.Should().HaveCount(type == OrderType.Market ? 2 : 1);
        rig.Server.Exchange.OpenOrdersOf(AdapterRig.Symbol).Should().HaveCount(type == OrderType.Market ? 0 : 1);
    }

    [Fact]
    public async Task SubmitAsync_RequestLostBeforeExecution_IsUnknownAndThenKnownNotToExist()
    {
        await using var rig = await AdapterRig.StartAsync();
        rig.Server.Inject(ServerFault.LoseRequest() with { Method = "POST", Path = OrderPath });

        var order = await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "a"));

        order.Status.Should().Be(OrderStatus.Unknown);
        order.Message.Should().Contain("It was not found by its client id since.");
        (await rig.Orderer.FindAsync(Query)).Should().BeNull();
        rig.Server.Exchange.Fills.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SubmitAsync_OutcomeCalledUnknownByTheExchange_IsLookedUp(bool isExecuted)
    {
        await using var rig = await AdapterRig.StartAsync();
        rig.Server.Inject(ServerFault.OutcomeUnknown(isExecuted) with { Method = "POST", Path = OrderPath });

        var order = await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "a"));

        order.Status.Should().Be(isExecuted ? OrderStatus.Filled : OrderStatus.Unknown);
        rig.Server.Exchange.Fills.Should().HaveCount(isExecuted ? 1 : 0);
    }

    [Theory]
    [InlineData(408, -1007)]
    [InlineData(400, -1006)]
    public async Task SubmitAsync_ExchangeLostItsOwnAnswer_IsLookedUp(int status, int code)
    {
        await using var rig = await AdapterRig.StartAsync();
        rig.Server.Inject(ServerFault.ReplaceAnswer(status, code, "Execution status unknown.") with { Method = "POST", Path = OrderPath });

        (await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "a"))).Status.Should().Be(OrderStatus.Filled);
    }

    [Fact]
    public async Task SubmitAsync_AnswerThatIsNoJson_IsLookedUp()
    {
        await using var rig = await AdapterRig.StartAsync();
        rig.Server.Inject(ServerFault.ReplaceAnswerWithText(200, "<html>moved</html>") with { Method = "POST", Path = OrderPath });

        (await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "a"))).Status.Should().Be(OrderStatus.Filled);
    }

    [Fact]
    public async Task SubmitAsync_NoAnswerInTime_IsUnknownAndFoundLater()
    {
        await using var rig = await AdapterRig.StartAsync(options => options.RequestTimeout = TimeSpan.FromSeconds(1));
        rig.Server.Inject(ServerFault.DelayAnswer(TimeSpan.FromSeconds(2)) with { Method = "POST", Path = OrderPath });
        rig.Server.Inject(ServerFault.HideOrder() with { Method = "GET", Path = OrderPath, Skip = 1 });

        var order = await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "a"));
        var found = await rig.Orderer.FindAsync(Query);

        order.Status.Should().Be(OrderStatus.Unknown);
        (found!.Status, found.FilledQuantity).Should().Be((OrderStatus.Filled, 0.02m));
        rig.Server.Exchange.Fills.Should().ContainSingle();
    }

    [Fact]
    public async Task SubmitAsync_StateCannotBeReadAfterwards_IsPlacedAllTheSame()
    {
        await using var rig = await AdapterRig.StartAsync();
        rig.Server.Inject(ServerFault.Refuse(500, -1000, "An unknown error occurred.") with { Method = "GET", Path = OrderPath, Skip = 1 });

        var order = await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "a"));

        (order.Status, order.ExchangeOrderId).Should().NotBe((OrderStatus.New, null));
        (await rig.Orderer.FindAsync(Query))!.Status.Should().Be(OrderStatus.Filled);
        rig.Server.Exchange.Fills.Should().ContainSingle();
    }

    [Fact]
    public async Task CancelAsync_AnswerLost_SaysHowTheOrderStands()
    {
        await using var rig = await AdapterRig.StartAsync();
        await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "a") with { Type = OrderType.Limit, Price = 60_000 });
        rig.Server.Inject(ServerFault.LoseAnswer() with { Method = "DELETE", Path = OrderPath });

        (await rig.Orderer.CancelAsync(Query))!.Status.Should().Be(OrderStatus.Canceled);
    }

    [Fact]
    public async Task CancelAsync_RefusedWhileTheOrderStaysOpen_Throws()
    {
        await using var rig = await AdapterRig.StartAsync();
        await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "a") with { Type = OrderType.Limit, Price = 60_000 });
        rig.Server.Inject(ServerFault.Refuse(400, -1130, "Not now.") with { Method = "DELETE", Times = 2 });

        (await Fails(() => rig.Orderer.CancelAsync(Query))).Message.Should().Contain("Not now.");
        rig.Server.Exchange.OpenOrdersOf(AdapterRig.Symbol).Should().ContainSingle();
    }

    [Theory]
    [InlineData(3_600)]
    [InlineData(-3_600)]
    public async Task SubmitAsync_ClockMovedSinceItWasMeasured_IsMeasuredAgainAndTradesOnce(int seconds)
    {
        await using var rig = await AdapterRig.StartAsync();
        await rig.Orderer.GetAccountAsync(AdapterRig.Symbol);
        rig.Server.ClockSkew = TimeSpan.FromSeconds(seconds);

        var order = await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "a"));

        order.Status.Should().Be(OrderStatus.Filled);
        rig.Server.Exchange.Fills.Should().ContainSingle();
    }

    [Fact]
    public async Task FetchBarsAsync_PassingFailure_IsReadAgain()
    {
        await using var rig = await AdapterRig.StartAsync(options => options.ReadAttempts = 2);
        rig.Server.Inject(ServerFault.LoseAnswer() with { Method = "GET", Path = "/fapi/v1/klines" });

        (await rig.Fetcher.FetchBarsAsync(Bars())).Should().HaveCount(5);
    }

    [Fact]
    public async Task FetchBarsAsync_FailureThatStays_IsTransient()
    {
        await using var rig = await AdapterRig.StartAsync();
        rig.Server.Inject(ServerFault.OutcomeUnknown(isExecuted: false) with { Method = "GET" });

        (await Fails(() => rig.Fetcher.FetchBarsAsync(Bars()))).Kind.Should().Be(ExchangeErrorKind.Transient);
    }

    private static BarRequest Bars() => new() { Symbol = AdapterRig.Symbol, Interval = Interval.OneDay, GapPolicy = GapPolicy.Reject, Count = 5 };

    private static async Task<ExchangeException> Fails(Func<Task> call) => (await call.Should().ThrowAsync<ExchangeException>()).Which;

    // A port that was free a moment ago.
    private static Uri DeadAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }
}
