using System.Net;

namespace TradingBot.FakeBinance.Tests;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Weight_Requests_AreCountedByTheirWeightAndMinute()
    {
        await using var rig = await Rig.StartAsync();
        async Task<string> Used(string path, string query) => (await rig.GetAsync(path, query)).ShouldBeOk().Headers["X-MBX-USED-WEIGHT-1M"];
        (await Used("/fapi/v1/time", "")).Should().Be("1");
        (await Used("/fapi/v1/klines", "symbol=BTCUSDT&interval=1h&limit=99")).Should().Be("2");
        (await Used("/fapi/v1/klines", "symbol=BTCUSDT&interval=1h&limit=100")).Should().Be("4");
        (await Used("/fapi/v1/klines", "symbol=BTCUSDT&interval=1h")).Should().Be("9");
        (await Used("/fapi/v1/klines", "symbol=BTCUSDT&interval=1h&limit=1001")).Should().Be("19");
        (await Used("/fapi/v1/ticker/24hr", "")).Should().Be("59");
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        (await Used("/fapi/v1/time", "")).Should().Be("1");
    }

    [Fact]
    public async Task Weight_Exceeded_RefusesThenBansThenForgives()
    {
        await using var rig = await Rig.StartAsync(time => new FakeBinanceOptions
        {
            Bars = Rig.Bars(),
            ClosedBars = Rig.Closed,
            TimeProvider = time,
            RequestWeightPerMinute = 2,
            RefusalsBeforeBan = 1,
        });
        rig.Time.Advance(TimeSpan.FromSeconds(20));
        (await rig.GetAsync("/fapi/v1/time")).ShouldBeOk();
        (await rig.GetAsync("/fapi/v1/time")).ShouldBeOk();
        var refused = await rig.GetAsync("/fapi/v1/time");
        refused.ShouldBeError(-1003, HttpStatusCode.TooManyRequests);
        refused.Headers["Retry-After"].Should().Be("40", "the window ends with the minute");
        var banned = await rig.GetAsync("/fapi/v1/time");
        banned.ShouldBeError(-1003, (HttpStatusCode)418);
        banned.Headers["Retry-After"].Should().Be("120");
        banned.Text("msg").Should().Contain($"banned until {rig.Now + 120_000}");
        rig.Time.Advance(TimeSpan.FromSeconds(119));
        (await rig.GetAsync("/fapi/v1/time")).ShouldBeError(-1003, (HttpStatusCode)418);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        (await rig.GetAsync("/fapi/v1/time")).ShouldBeOk();
    }

    [Fact]
    public async Task Orders_Exceeded_AreRefusedUntilTheWindowEnds()
    {
        await using var rig = await Rig.StartAsync(time => new FakeBinanceOptions
        {
            Bars = Rig.Bars(),
            ClosedBars = Rig.Closed,
            ApiKey = Rig.Key,
            ApiSecret = Rig.Secret,
            TimeProvider = time,
            OrdersPerTenSeconds = 1,
            OrdersPerMinute = 2,
        });
        var first = (await rig.BuyAsync(id: "a")).ShouldBeOk();
        first.Headers["X-MBX-ORDER-COUNT-10S"].Should().Be("1");
        first.Headers["X-MBX-ORDER-COUNT-1M"].Should().Be("1");
        var refused = await rig.BuyAsync(id: "b");
        refused.ShouldBeError(-1015, HttpStatusCode.TooManyRequests);
        refused.Headers["Retry-After"].Should().Be("10");
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        (await rig.BuyAsync(id: "b")).ShouldBeOk();
        rig.Time.Advance(TimeSpan.FromSeconds(10));
        (await rig.BuyAsync(id: "c")).ShouldBeError(-1015, HttpStatusCode.TooManyRequests);
        rig.Server.Exchange.Fills.Should().HaveCount(2);
    }
}
