using System.Net;

namespace TradingBot.FakeBinance.Tests;

public sealed class FaultTests
{
    [Fact]
    public async Task LoseAnswer_Order_IsExecutedOnce()
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.Inject(ServerFault.LoseAnswer() with { Method = "POST", Path = "/fapi/v1/order" });
        (await rig.GetAsync("/fapi/v1/time")).ShouldBeOk();
        await rig.Invoking(r => r.BuyAsync()).Should().ThrowAsync<HttpRequestException>();
        rig.Server.Exchange.Fills.Should().ContainSingle();
        (await rig.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=entry")).ShouldBeOk().Text("status").Should().Be("FILLED");
    }

    [Fact]
    public async Task LoseRequest_Order_IsNotExecuted()
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.Inject(ServerFault.LoseRequest() with { Path = "/fapi/v1/order" });
        await rig.Invoking(r => r.BuyAsync()).Should().ThrowAsync<HttpRequestException>();
        rig.Server.Exchange.Fills.Should().BeEmpty();
        (await rig.BuyAsync()).ShouldBeOk();
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task OutcomeUnknown_Order_AnswersPlainText(bool isExecuted, int fills)
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.Inject(ServerFault.OutcomeUnknown(isExecuted));
        var reply = await rig.BuyAsync();
        reply.Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        reply.Body.Should().Be("Unknown error, please check your request or try again later.");
        reply.Headers["Content-Type"].Should().Be("text/plain");
        rig.Server.Exchange.Fills.Should().HaveCount(fills);
    }

    [Fact]
    public async Task Answers_OnDemand_HaveStatusCodeAndRetryAfter()
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.Inject(ServerFault.TooManyRequests(7));
        var limited = await rig.GetAsync("/fapi/v1/time");
        limited.ShouldBeError(-1003, HttpStatusCode.TooManyRequests);
        limited.Headers["Retry-After"].Should().Be("7");
        rig.Server.Inject(ServerFault.Banned(120));
        (await rig.GetAsync("/fapi/v1/time")).ShouldBeError(-1003, (HttpStatusCode)418);
        rig.Server.Inject(ServerFault.Refuse(503, -1008, "Request throttled by system-level protection."));
        (await rig.GetAsync("/fapi/v1/time")).ShouldBeError(-1008, HttpStatusCode.ServiceUnavailable);
        rig.Server.Inject(ServerFault.RefuseWithText(403, "<html>Forbidden</html>"));
        (await rig.GetAsync("/fapi/v1/time")).Body.Should().Be("<html>Forbidden</html>");
        rig.Server.Inject(ServerFault.ReplaceAnswer(408, -1007, "Timeout waiting for response from backend server. Send status unknown; execution status unknown."));
        (await rig.BuyAsync()).ShouldBeError(-1007, HttpStatusCode.RequestTimeout);
        rig.Server.Exchange.Fills.Should().ContainSingle();
        (await rig.GetAsync("/fapi/v1/time")).ShouldBeOk();
    }

    [Fact]
    public async Task SkipAndTimes_MatchingRequests_AreCounted()
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.Inject(ServerFault.TooManyRequests(1) with { Path = "/fapi/v1/time", Skip = 1, Times = 2 });
        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            statuses.Add((int)(await rig.GetAsync("/fapi/v1/time")).Status);
            (await rig.GetAsync("/fapi/v1/ping")).ShouldBeOk();
        }

        statuses.Should().Equal(200, 429, 429, 200);
    }

    [Fact]
    public async Task StaleBars_Klines_LackTheLatestBars()
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.Inject(ServerFault.StaleBars(1));
        (await rig.GetAsync("/fapi/v1/time")).ShouldBeOk();
        var stale = (await rig.GetAsync("/fapi/v1/klines", "symbol=BTCUSDT&interval=1h")).Json;
        stale.GetArrayLength().Should().Be(Rig.Closed - 1);
        (await rig.GetAsync("/fapi/v1/klines", "symbol=BTCUSDT&interval=1h")).Json.GetArrayLength().Should().Be(Rig.Closed + 1);
    }

    [Fact]
    public async Task HideOrder_FreshOrder_IsFoundLater()
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.Inject(ServerFault.HideOrder() with { Times = 2 });
        await rig.BuyAsync();
        Task<Reply> Find() => rig.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=entry");
        (await Find()).ShouldBeError(-2013);
        (await Find()).ShouldBeError(-2013);
        (await Find()).ShouldBeOk();
    }

    [Fact]
    public async Task Delays_RequestAndAnswer_WaitOnTheTimeProvider()
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.Inject(ServerFault.DelayRequest(TimeSpan.FromSeconds(3)));
        var delayed = rig.BuyAsync(id: "slow");
        await WaitForTimer(rig);
        rig.Server.Exchange.Fills.Should().BeEmpty();
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        (await delayed).ShouldBeOk();
        rig.Server.Inject(ServerFault.DelayAnswer(TimeSpan.FromSeconds(3)));
        delayed = rig.BuyAsync(id: "later");
        await WaitForTimer(rig);
        rig.Server.Exchange.Fills.Should().HaveCount(2);
        delayed.IsCompleted.Should().BeFalse();
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        (await delayed).ShouldBeOk();
    }

    [Fact]
    public async Task ClearFaults_PendingFault_DoesNotHappen()
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.Inject(ServerFault.LoseRequest());
        rig.Server.ClearFaults();
        (await rig.GetAsync("/fapi/v1/time")).ShouldBeOk();
    }

    [Fact]
    public void Create_BadValues_AreRefused()
    {
        FluentActions.Invoking(() => ServerFault.DelayRequest(TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ServerFault.StaleBars(0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ServerFault.Refuse(99, -1, "")).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ServerFault.LoseAnswer() with { Times = -1 }).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static async Task WaitForTimer(Rig rig)
    {
        // The request travels over a real socket; nothing else tells that it has arrived.
        while (rig.Time.ActiveTimers == 0)
        {
            await Task.Yield();
        }
    }
}
