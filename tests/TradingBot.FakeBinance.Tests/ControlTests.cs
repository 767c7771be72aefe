using System.Net;

namespace TradingBot.FakeBinance.Tests;

public sealed class ControlTests
{
    [Fact]
    public async Task Advance_Bars_MovesTimeAndTellsTheState()
    {
        await using var rig = await Rig.StartAsync();
        await rig.BuyAsync();
        var state = (await Post(rig, "/control/advance", "bars=2")).ShouldBeOk().Json;
        state.GetProperty("closedBars").GetInt32().Should().Be(12);
        state.GetProperty("time").GetInt64().Should().Be(Rig.Start.AddHours(12).ToUnixTimeMilliseconds());
        state.GetProperty("position").GetProperty("quantity").GetDecimal().Should().Be(0.02m);
        state.GetProperty("fills")[0].GetProperty("price").GetDecimal().Should().Be(61_012.2m);
        state.GetProperty("ledger")[0].GetProperty("kind").GetString().Should().Be("Fee");
        state.GetProperty("balance").GetDecimal().Should().Be(rig.Server.Exchange.Balance);
        (await rig.GetAsync("/control/state")).ShouldBeOk().Json.GetProperty("closedBars").GetInt32().Should().Be(12);
    }

    [Fact]
    public async Task TimeAndSkew_Set_ApplyToTheServer()
    {
        await using var rig = await Rig.StartAsync();
        (await Post(rig, "/control/time", $"ms={Rig.Start.AddHours(11).ToUnixTimeMilliseconds()}")).ShouldBeOk();
        rig.Server.ClosedBars.Should().Be(11);
        (await Post(rig, "/control/skew", "ms=-2500")).ShouldBeOk();
        rig.Server.ClockSkew.Should().Be(TimeSpan.FromMilliseconds(-2_500));
        (await Post(rig, "/control/time", "ms=0")).Status.Should().Be(HttpStatusCode.Conflict);
        (await Post(rig, "/control/advance", "bars=1000")).Json.GetProperty("error").GetString().Should().StartWith("All 60 bars are closed");
    }

    [Theory]
    [InlineData("kind=loseAnswer&path=/fapi/v1/order&method=POST&times=2", "LoseAnswer")]
    [InlineData("kind=RefuseRequest&status=503&code=-1008&msg=busy&retryAfter=3", "RefuseRequest")]
    [InlineData("kind=ReplaceAnswer&status=503&text=broken", "ReplaceAnswer")]
    [InlineData("kind=DelayRequest&delayMs=5", "DelayRequest")]
    [InlineData("kind=DelayAnswer&delayMs=5&skip=1", "DelayAnswer")]
    [InlineData("kind=StaleBars&bars=2", "StaleBars")]
    [InlineData("kind=DuplicateEvent&event=kline", "DuplicateEvent")]
    public async Task Faults_Injected_AreListedUntilCleared(string parameters, string kind)
    {
        await using var rig = await Rig.StartAsync();
        var list = (await Post(rig, "/control/faults", parameters)).ShouldBeOk().Json;
        list[0].GetProperty("kind").GetString().Should().Be(kind);
        (await rig.GetAsync("/control/faults")).ShouldBeOk().Json.GetArrayLength().Should().Be(1);
        (await rig.SendAsync(HttpMethod.Delete, "/control/faults", "", "")).ShouldBeOk().Json.GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Faults_InjectedRefusal_Happens()
    {
        await using var rig = await Rig.StartAsync();
        await Post(rig, "/control/faults", "kind=RefuseRequest&status=503&code=-1001&msg=Internal%20error&retryAfter=3");
        var reply = await rig.GetAsync("/fapi/v1/time");
        reply.ShouldBeError(-1001, HttpStatusCode.ServiceUnavailable);
        reply.Text("msg").Should().Be("Internal error");
        reply.Headers["Retry-After"].Should().Be("3");
    }

    [Theory]
    [InlineData("/control/faults", "kind=Nonsense")]
    [InlineData("/control/faults", "")]
    [InlineData("/control/faults", "kind=RefuseRequest&code=1")]
    [InlineData("/control/faults", "kind=DelayRequest")]
    [InlineData("/control/nothing", "")]
    [InlineData("/control/time", "")]
    public async Task Control_NotUnderstood_IsRefused(string path, string parameters)
    {
        await using var rig = await Rig.StartAsync();
        var reply = await Post(rig, path, parameters);
        ((int)reply.Status).Should().BeInRange(400, 499);
        reply.Json.GetProperty("error").GetString().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Streams_DisconnectAndExpire_AreOfferedToo()
    {
        await using var rig = await Rig.StartAsync();
        using var client = await StreamClient.ConnectUserAsync(rig);
        (await Post(rig, "/control/expire-listen-key", "")).ShouldBeOk();
        (await client.ReceiveAsync()).GetProperty("e").GetString().Should().Be("listenKeyExpired");
        (await Post(rig, "/control/disconnect", "")).ShouldBeOk();
        await client.Invoking(c => c.ReceiveAsync()).Should().ThrowAsync<System.Net.WebSockets.WebSocketException>();
    }

    private static Task<Reply> Post(Rig rig, string path, string query) => rig.SendAsync(HttpMethod.Post, path, query, "", key: null);
}
