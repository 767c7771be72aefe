using System.Net;

namespace TradingBot.FakeBinance.Tests;

public sealed class SecurityTests
{
    private const string Path = "/fapi/v1/leverage";
    private const string Parameters = "symbol=BTCUSDT&leverage=7";

    [Fact]
    public async Task Request_SignedInTheQuery_IsAccepted()
    {
        await using var rig = await Rig.StartAsync();
        var query = rig.Stamp(Parameters);
        (await rig.SendAsync(HttpMethod.Post, Path, $"{query}&signature={Rig.Sign(query)}", "")).ShouldBeOk();
    }

    [Fact]
    public async Task Request_SignedInTheBodyInUpperCase_IsAccepted()
    {
        await using var rig = await Rig.StartAsync();
        var body = rig.Stamp(Parameters);
        (await rig.SendAsync(HttpMethod.Post, Path, "", $"{body}&signature={Rig.Sign(body).ToUpperInvariant()}")).ShouldBeOk();
    }

    [Fact]
    public async Task Request_SplitOverQueryAndBody_IsSignedAsQueryFollowedByBody()
    {
        await using var rig = await Rig.StartAsync();
        var (query, body) = ("symbol=BTCUSDT", rig.Stamp("leverage=7"));
        (await rig.SendAsync(HttpMethod.Post, Path, query, $"{body}&signature={Rig.Sign(query + body)}")).ShouldBeOk();
    }

    [Fact]
    public async Task Request_NameInQueryAndBody_QueryCounts()
    {
        await using var rig = await Rig.StartAsync();
        var (query, body) = ("symbol=BTCUSDT&leverage=7", rig.Stamp("leverage=9"));
        var reply = await rig.SendAsync(HttpMethod.Post, Path, query, $"{body}&signature={Rig.Sign(query + body)}");
        reply.Json.GetProperty("leverage").GetInt32().Should().Be(7);
    }

    [Fact]
    public async Task Delete_ParametersInTheBody_IsAccepted()
    {
        await using var rig = await Rig.StartAsync();
        var body = rig.Stamp("symbol=BTCUSDT");
        (await rig.SendAsync(HttpMethod.Delete, "/fapi/v1/allOpenOrders", "", $"{body}&signature={Rig.Sign(body)}")).ShouldBeOk();
    }

    [Fact]
    public async Task Request_PercentEncodedAndUnknownParameters_IsVerifiedAsReceived()
    {
        await using var rig = await Rig.StartAsync();
        var body = rig.Stamp("symbol=%42TCUSDT&leverage=7&what+else=%E2%82%AC");
        (await rig.SendAsync(HttpMethod.Post, Path, "", $"{body}&signature={Rig.Sign(body)}")).ShouldBeOk();
    }

    [Fact]
    public async Task Request_WrongSignature_IsRefused()
    {
        await using var rig = await Rig.StartAsync();
        var query = rig.Stamp(Parameters);
        (await rig.SendAsync(HttpMethod.Post, Path, $"{query}&signature={Rig.Sign(query + "x")}", "")).ShouldBeError(-1022);
        rig.Server.Exchange.RiskOf(rig.Server.Bars.Symbol).Leverage.Should().Be(20);
    }

    [Fact]
    public async Task Request_SignatureNotLast_IsRefused()
    {
        await using var rig = await Rig.StartAsync();
        var query = rig.Stamp(Parameters);
        (await rig.SendAsync(HttpMethod.Post, Path, $"signature={Rig.Sign(query)}&{query}", "")).ShouldBeError(-1022);
    }

    [Fact]
    public async Task Request_NoSignature_IsRefused()
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.SendAsync(HttpMethod.Post, Path, rig.Stamp(Parameters), "");
        reply.ShouldBeError(-1102);
        reply.Text("msg").Should().Contain("'signature'");
    }

    [Fact]
    public async Task Request_NoTimestamp_IsRefused()
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.SendAsync(HttpMethod.Post, Path, $"{Parameters}&signature={Rig.Sign(Parameters)}", "");
        reply.ShouldBeError(-1102);
        reply.Text("msg").Should().Contain("'timestamp'");
    }

    [Theory]
    [InlineData("timestamp=1e3")]
    [InlineData("timestamp=")]
    public async Task Request_MalformedTimestamp_IsRefused(string timestamp)
    {
        await using var rig = await Rig.StartAsync();
        var query = $"{Parameters}&{timestamp}";
        (await rig.SendAsync(HttpMethod.Post, Path, $"{query}&signature={Rig.Sign(query)}", "")).ShouldBeError(-1102);
    }

    [Fact]
    public async Task Request_NoKey_IsRefused()
    {
        await using var rig = await Rig.StartAsync();
        var query = rig.Stamp(Parameters);
        (await rig.SendAsync(HttpMethod.Post, Path, $"{query}&signature={Rig.Sign(query)}", "", key: null)).ShouldBeError(-2014, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Request_WrongKey_IsRefused()
    {
        await using var rig = await Rig.StartAsync();
        var query = rig.Stamp(Parameters);
        (await rig.SendAsync(HttpMethod.Post, Path, $"{query}&signature={Rig.Sign(query)}", "", key: "other")).ShouldBeError(-2015, HttpStatusCode.Unauthorized);
        (await rig.SendAsync(HttpMethod.Post, "/fapi/v1/listenKey", "", "", key: "other")).ShouldBeError(-2015, HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(999, 5_000, true)]
    [InlineData(1_000, 5_000, false)]
    [InlineData(-5_000, 5_000, true)]
    [InlineData(-5_001, 5_000, false)]
    [InlineData(-9_000, 10_000, true)]
    public async Task Request_ClientsClockOff_IsAcceptedInsideTheWindow(int ahead, int window, bool isAccepted)
    {
        await using var rig = await Rig.StartAsync();
        var query = $"{Parameters}&recvWindow={window}&timestamp={rig.Now + ahead}";
        var reply = await rig.SendAsync(HttpMethod.Post, Path, $"{query}&signature={Rig.Sign(query)}", "");
        if (isAccepted)
        {
            reply.ShouldBeOk();
        }
        else
        {
            reply.ShouldBeError(-1021);
        }
    }

    [Fact]
    public async Task Request_WindowTooLong_IsRefused()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.SignedAsync("POST", Path, Parameters + "&recvWindow=60001")).ShouldBeError(-1130);
    }

    [Fact]
    public async Task ClockSkew_ServerAhead_RefusesUntilTheClientAsksForTheTime()
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.ClockSkew = TimeSpan.FromSeconds(30);
        (await rig.SignedAsync("GET", "/fapi/v1/accountConfig")).ShouldBeError(-1021);
        var time = (await rig.GetAsync("/fapi/v1/time")).Json.GetProperty("serverTime").GetInt64();
        time.Should().Be(rig.Now + 30_000);
        var query = $"timestamp={time}";
        (await rig.SendAsync(HttpMethod.Get, "/fapi/v1/accountConfig", $"{query}&signature={Rig.Sign(query)}", "")).ShouldBeOk();
    }

    [Fact]
    public async Task Request_UnknownPath_IsNotFound()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.GetAsync("/fapi/v1/nothing")).ShouldBeError(-5000, HttpStatusCode.NotFound);
        (await rig.SendAsync(HttpMethod.Delete, "/fapi/v1/time", "", "")).ShouldBeError(-5000, HttpStatusCode.NotFound);
    }
}
