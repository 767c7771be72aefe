using TradingBot.Binance;
using TradingBot.Core.Tests.Binance;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Tests.Client;

/// <summary>What the client makes of each fault that the server can be told to make, of requests; those of streams are in <see cref="BinanceStreamsOverNetworkTests"/>.</summary>
public sealed class BinanceFaultsTests
{
    private const string OrderPath = "/fapi/v1/order";
    private const string KlinesPath = "/fapi/v1/klines";

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

    [Fact]
    public async Task SubmitAsync_AnswerLaterThanTheTimeout_IsLookedUpAndTradesOnce()
    {
        await using var rig = await BinanceRig.StartAsync();
        rig.Server.Inject(ServerFault.DelayAnswer(TimeSpan.FromSeconds(15)) with { Method = "POST", Path = OrderPath });

        var submitting = new BinanceOrderer(rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));
        await ClockDriving.SoonAsync(() => rig.Time.ActiveTimers == 2);
        rig.Time.Advance(TimeSpan.FromSeconds(10));

        (await submitting).Status.Should().Be(OrderStatus.Filled);
        rig.Server.Exchange.Fills.Should().ContainSingle();
    }

    [Fact]
    public async Task SubmitAsync_CarriedOutLaterThanTheTimeout_IsUnknownAndFoundLater()
    {
        // With the usual window of five seconds the exchange would refuse a request that arrives so late.
        await using var rig = await BinanceRig.StartAsync(options => options.ReceiveWindow = TimeSpan.FromSeconds(60));
        var orderer = new BinanceOrderer(rig.Client);
        rig.Server.Inject(ServerFault.DelayRequest(TimeSpan.FromSeconds(15)) with { Method = "POST", Path = OrderPath });

        var submitting = orderer.SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));
        await ClockDriving.SoonAsync(() => rig.Time.ActiveTimers == 2);
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        var order = await submitting;
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        await ClockDriving.SoonAsync(() => rig.Server.Exchange.Fills.Count == 1);

        order.Status.Should().Be(OrderStatus.Unknown);
        (await orderer.FindAsync(new OrderQuery(BinanceRig.Symbol, "a")))!.Status.Should().Be(OrderStatus.Filled);
    }

    [Fact]
    public async Task FetchBarsAsync_SlowAnswerWithinTheTimeout_IsTaken()
    {
        await using var rig = await BinanceRig.StartAsync();
        rig.Server.Inject(ServerFault.DelayRequest(TimeSpan.FromSeconds(4)) with { Path = KlinesPath });
        rig.Server.Inject(ServerFault.DelayAnswer(TimeSpan.FromSeconds(4)) with { Path = KlinesPath });

        var reading = rig.Fetcher.FetchBarsAsync(Bars());
        for (var wait = 0; wait < 2; wait++)
        {
            await ClockDriving.SoonAsync(() => rig.Time.UntilNextTimer == TimeSpan.FromSeconds(4));
            rig.Time.Advance(TimeSpan.FromSeconds(4));
        }

        (await reading).Should().HaveCount(5);
    }

    [Theory]
    [InlineData(500, -1000)]
    [InlineData(502, null)]
    [InlineData(503, -1001)]
    [InlineData(504, -1007)]
    public async Task FetchBarsAsync_ServerErrors_AreAskedAgain(int status, int? code)
    {
        await using var rig = await BinanceRig.StartAsync(options => options.ReadAttempts = 3);
        var fault = code is { } known ? ServerFault.Refuse(status, known, "Failed.") : ServerFault.RefuseWithText(status, "<html>Bad Gateway</html>");
        rig.Server.Inject(fault with { Path = KlinesPath, Times = 2 });

        var reading = rig.Fetcher.FetchBarsAsync(Bars());
        for (var attempt = 1; attempt < 3; attempt++)
        {
            // The wait before the next attempt, where a request may take ten seconds.
            await ClockDriving.SoonAsync(() => rig.Time.UntilNextTimer < TimeSpan.FromSeconds(10));
            rig.Time.Advance(rig.Time.UntilNextTimer!.Value);
        }

        (await reading).Should().HaveCount(5);
        rig.Server.PendingFaults.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true, OrderStatus.Filled)]
    [InlineData(false, OrderStatus.Unknown)]
    public async Task SubmitAsync_TimeoutBehindTheExchange_IsLookedUp(bool isExecuted, OrderStatus expected)
    {
        const string Text = "Timeout waiting for response from backend server. Send status unknown; execution status unknown.";
        await using var rig = await BinanceRig.StartAsync();
        rig.Server.Inject((isExecuted ? ServerFault.ReplaceAnswer(408, -1007, Text) : ServerFault.Refuse(408, -1007, Text)) with { Method = "POST", Path = OrderPath });

        var order = await new BinanceOrderer(rig.Client).SubmitAsync(BinanceRig.Market(Side.Buy, 0.02m, "a"));

        order.Status.Should().Be(expected);
        rig.Server.Exchange.Fills.Should().HaveCount(isExecuted ? 1 : 0);
    }

    [Fact]
    public async Task FetchBarsAsync_StaleData_WaitsForTheBarThatHasClosed()
    {
        await using var rig = await BinanceRig.StartAsync();
        rig.Server.Inject(ServerFault.StaleBars(1) with { Times = 2 });

        var reading = rig.Fetcher.FetchBarsAsync(Bars());
        await ClockDriving.SoonAsync(() => rig.Time.UntilNextTimer == TimeSpan.FromMilliseconds(250));
        rig.Time.Advance(TimeSpan.FromMilliseconds(250));

        var bars = await reading;
        bars.Should().HaveCount(5);
        bars[4].Should().Be(Rig.Bar(Rig.Closed - 1), "the last closed bar");
    }

    private static BarRequest Bars() => new() { Symbol = BinanceRig.Symbol, Interval = Interval.OneHour, GapPolicy = GapPolicy.Reject, Count = 5 };

    private static async Task<ExchangeException> Fails(Func<Task> call) => (await call.Should().ThrowAsync<ExchangeException>()).Which;
}
