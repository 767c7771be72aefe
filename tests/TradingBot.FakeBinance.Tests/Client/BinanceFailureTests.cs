using System.Net;
using System.Net.Sockets;
using TradingBot.Binance;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Tests.Client;

/// <summary>What can go wrong between a bot and the exchange is one clear error each.</summary>
public sealed class BinanceFailureTests
{
    private const string OrderPath = "/fapi/v1/order";

    [Fact]
    public async Task GetAccountAsync_WrongKey_SaysThatTheKeyIsNotAccepted()
    {
        await using var rig = await BinanceRig.StartAsync(options => options.Credentials = new BinanceCredentials("other-key", Rig.Secret));

        var e = await Fails(() => new BinanceOrderer(rig.Client).GetAccountAsync(BinanceRig.Symbol));

        (e.Kind, e.Code).Should().Be((ExchangeErrorKind.Authentication, -2015));
        e.Message.Should().Contain("Invalid API-key, IP, or permissions for action. (HTTP 401, code -2015)").And.NotContain("other-key");
    }

    [Fact]
    public async Task GetAccountAsync_WrongSecret_SaysThatTheSignatureIsNotValid()
    {
        await using var rig = await BinanceRig.StartAsync(options => options.Credentials = new BinanceCredentials(Rig.Key, "other-secret"));

        var e = await Fails(() => new BinanceOrderer(rig.Client).GetAccountAsync(BinanceRig.Symbol));

        (e.Kind, e.Code).Should().Be((ExchangeErrorKind.Authentication, -1022));
        e.Message.Should().Contain("Signature for this request is not valid.").And.NotContain("other-secret");
    }

    [Fact]
    public async Task SubmitAsync_WrongKey_ThrowsAndTradesNothing()
    {
        await using var rig = await BinanceRig.StartAsync(options => options.Credentials = new BinanceCredentials("other-key", Rig.Secret));

        var e = await Fails(() => new BinanceOrderer(rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a")));

        e.Kind.Should().Be(ExchangeErrorKind.Authentication);
        rig.Server.Exchange.Fills.Should().BeEmpty();
    }

    [Fact]
    public async Task FetchSymbolInfoAsync_UnknownSymbol_NamesIt()
    {
        await using var rig = await BinanceRig.StartAsync();

        var e = await Fails(() => rig.Fetcher.FetchSymbolInfoAsync(Symbol.Parse("NOPEUSDT")));

        e.Kind.Should().Be(ExchangeErrorKind.Rejected);
        e.Message.Should().Be("The exchange does not list NOPEUSDT.");
    }

    [Fact]
    public async Task SubmitAsync_MarketKnownToBeClosed_IsDeniedBeforeItIsSent()
    {
        await using var rig = await BinanceRig.StartAsync();
        rig.Server.IsMarketOpen = false;

        var order = await new BinanceOrderer(rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));

        (order.Status, order.RejectReason, order.Message).Should().Be(
            (OrderStatus.Denied, RejectReason.Symbol, "status: the symbol is CLOSE; expected TRADING."));
    }

    [Fact]
    public async Task SubmitAsync_MarketClosedSinceTheRulesWereRead_IsRejectedAndTheRulesAreReadAgain()
    {
        await using var rig = await BinanceRig.StartAsync();
        var orderer = new BinanceOrderer(rig.Client);
        await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));
        rig.Server.IsMarketOpen = false;

        var first = await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "b"));
        var second = await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "c"));
        var exit = await orderer.SubmitAsync(BinanceRig.Market(Side.Sell, 0.02m, "d", reduceOnly: true));

        (first.Status, first.RejectReason).Should().Be((OrderStatus.Rejected, RejectReason.Symbol));
        first.Message.Should().Contain("Invalid symbol status for opening position. (HTTP 400, code -4140)");
        second.Status.Should().Be(OrderStatus.Denied);
        exit.Status.Should().Be(OrderStatus.Filled, "a position can still be closed");
    }

    [Fact]
    public async Task SubmitAsync_TooLittleMargin_IsRejected()
    {
        await using var rig = await BinanceRig.StartAsync();

        var order = await new BinanceOrderer(rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 10m, "a"));

        (order.Status, order.RejectReason).Should().Be((OrderStatus.Rejected, RejectReason.InsufficientMargin));
        order.Message.Should().Contain("Margin is insufficient. (HTTP 400, code -2019)");
    }

    [Theory]
    [InlineData("0.0005", RejectReason.Quantity, "MARKET_LOT_SIZE: quantity 0.0005 is 0.000 in steps of 0.001, below the minimum of 0.001.")]
    [InlineData("500", RejectReason.Quantity, "MARKET_LOT_SIZE: quantity 500.000 is above the maximum of 120.000.")]
    public async Task SubmitAsync_QuantityOutsideTheFilter_IsDeniedWithItsName(string quantity, RejectReason reason, string message)
    {
        await using var rig = await BinanceRig.StartAsync();

        var order = await new BinanceOrderer(rig.Client).SubmitAsync(
            BinanceRig.Market(Side.Buy, decimal.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture), "a"));

        (order.Status, order.RejectReason).Should().Be((OrderStatus.Denied, (RejectReason?)reason));
        order.Message.Should().Be(message);
    }

    [Fact]
    public async Task SubmitAsync_NotionalBelowTheMinimum_IsDeniedWithTheFiltersName()
    {
        await using var rig = await BinanceRig.StartAsync(server: Rig.Options(
            new Testing.ManualTimeProvider(Rig.Start), exchange: Rig.Exchange(minNotional: 100)));

        var order = await new BinanceOrderer(rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.001m, "a"));

        (order.Status, order.RejectReason).Should().Be((OrderStatus.Denied, RejectReason.MinNotional));
        order.Message.Should().StartWith("MIN_NOTIONAL: 0.001 at 61000");
    }

    [Fact]
    public async Task FetchPriceAsync_BannedAddress_SaysHowLong()
    {
        await using var rig = await BinanceRig.StartAsync(options => options.MaxRateLimitWait = TimeSpan.Zero);
        rig.Server.Inject(ServerFault.Banned(120));

        var e = await Fails(() => rig.Fetcher.FetchBarsAsync(Bars()));
        var next = await Fails(() => rig.Fetcher.FetchBarsAsync(Bars()));

        (e.Kind, e.RetryAfter).Should().Be((ExchangeErrorKind.RateLimited, TimeSpan.FromSeconds(120)));
        e.Message.Should().Contain("IP banned").And.Contain("HTTP 418");
        next.Kind.Should().Be(ExchangeErrorKind.RateLimited, "a request to an exchange that has banned the address would prolong the ban");
    }

    [Fact]
    public async Task FetchBarsAsync_TooManyRequests_IsSentAgainOnlyAfterTheTimeThatTheExchangeAsksFor()
    {
        await using var rig = await BinanceRig.StartAsync(options => options.MaxRateLimitWait = TimeSpan.Zero);
        await rig.Fetcher.FetchBarsAsync(Bars());
        rig.Server.Inject(ServerFault.TooManyRequests(7));

        var refused = await Fails(() => rig.Fetcher.FetchBarsAsync(Bars()));
        rig.Time.Advance(TimeSpan.FromSeconds(6));
        var early = await Fails(() => rig.Fetcher.FetchBarsAsync(Bars()));
        rig.Time.Advance(TimeSpan.FromSeconds(2));

        refused.RetryAfter.Should().Be(TimeSpan.FromSeconds(7));
        early.Kind.Should().Be(ExchangeErrorKind.RateLimited);
        (await rig.Fetcher.FetchBarsAsync(Bars())).Should().HaveCount(5);
    }

    [Fact]
    public async Task FetchBarsAsync_DeadNetwork_SaysThatNothingWasSent()
    {
        await using var rig = await BinanceRig.StartAsync(options => options.RestAddress = DeadAddress());

        var e = await Fails(() => rig.Fetcher.FetchBarsAsync(Bars()));

        e.Kind.Should().Be(ExchangeErrorKind.Transient);
        e.Message.Should().Contain("the exchange could not be reached; nothing was sent.");
    }

    [Fact]
    public async Task SubmitAsync_DeadNetwork_ThrowsInsteadOfCallingTheOutcomeUnknown()
    {
        await using var rig = await BinanceRig.StartAsync(options => options.RestAddress = DeadAddress());

        var e = await Fails(() => new BinanceOrderer(rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a")));

        e.Kind.Should().Be(ExchangeErrorKind.Transient);
    }

    [Fact]
    public async Task SubmitAsync_AnswerLostAfterExecution_IsFoundAndNotSentAgain()
    {
        await using var rig = await BinanceRig.StartAsync();
        rig.Server.Inject(ServerFault.LoseAnswer() with { Method = "POST", Path = OrderPath });

        var order = await new BinanceOrderer(rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));

        (order.Status, order.FilledQuantity, order.ClientOrderId).Should().Be((OrderStatus.Filled, 0.02m, "a"));
        order.AveragePrice.Should().NotBeNull();
        rig.Server.Exchange.Fills.Should().ContainSingle();
    }

    [Fact]
    public async Task SubmitAsync_RequestLostBeforeExecution_IsUnknownAndThenKnownNotToExist()
    {
        await using var rig = await BinanceRig.StartAsync();
        var orderer = new BinanceOrderer(rig.Client);
        rig.Server.Inject(ServerFault.LoseRequest() with { Method = "POST", Path = OrderPath });

        var order = await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));

        order.Status.Should().Be(OrderStatus.Unknown);
        order.Message.Should().Contain("It was not found by its client id since.");
        (await orderer.FindAsync(new OrderQuery(BinanceRig.Symbol, "a"))).Should().BeNull();
        rig.Server.Exchange.Fills.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SubmitAsync_OutcomeCalledUnknownByTheExchange_IsLookedUp(bool isExecuted)
    {
        await using var rig = await BinanceRig.StartAsync();
        rig.Server.Inject(ServerFault.OutcomeUnknown(isExecuted) with { Method = "POST", Path = OrderPath });

        var order = await new BinanceOrderer(rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));

        order.Status.Should().Be(isExecuted ? OrderStatus.Filled : OrderStatus.Unknown);
        rig.Server.Exchange.Fills.Should().HaveCount(isExecuted ? 1 : 0);
    }

    [Fact]
    public async Task SubmitAsync_LostAndNotYetVisible_IsUnknownAndFoundLater()
    {
        await using var rig = await BinanceRig.StartAsync();
        var orderer = new BinanceOrderer(rig.Client);
        rig.Server.Inject(ServerFault.LoseAnswer() with { Method = "POST", Path = OrderPath });
        rig.Server.Inject(ServerFault.HideOrder() with { Method = "GET", Path = OrderPath });

        var order = await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));
        var found = await orderer.FindAsync(new OrderQuery(BinanceRig.Symbol, "a"));

        order.Status.Should().Be(OrderStatus.Unknown);
        (found!.Status, found.FilledQuantity).Should().Be((OrderStatus.Filled, 0.02m));
        rig.Server.Exchange.Fills.Should().ContainSingle();
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    public async Task SubmitAsync_ClockMovedSinceItWasMeasured_IsMeasuredAgainAndTradesOnce(int seconds)
    {
        await using var rig = await BinanceRig.StartAsync();
        var orderer = new BinanceOrderer(rig.Client);
        await orderer.GetAccountAsync(BinanceRig.Symbol);
        rig.Server.ClockSkew = TimeSpan.FromSeconds(seconds);

        var order = await orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));

        order.Status.Should().Be(OrderStatus.Filled);
        rig.Server.Exchange.Fills.Should().ContainSingle();
    }

    private static BarRequest Bars() => new() { Symbol = BinanceRig.Symbol, Interval = Interval.OneHour, GapPolicy = GapPolicy.Reject, Count = 5 };

    private static async Task<ExchangeException> Fails(Func<Task> call) => (await call.Should().ThrowAsync<ExchangeException>()).Which;

    // A port that was free a moment ago.
    private static Uri DeadAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }
}
