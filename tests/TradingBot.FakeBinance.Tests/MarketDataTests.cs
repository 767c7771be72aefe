using System.Text.Json;

namespace TradingBot.FakeBinance.Tests;

public sealed class MarketDataTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public async Task Answers_Always_CarryTheServersTimeAsTheirDate()
    {
        await using var rig = await Rig.StartAsync();

        (await rig.GetAsync("/fapi/v1/ping")).Headers["Date"].Should().Be("Mon, 02 Mar 2026 10:00:00 GMT");
        rig.Server.AdvanceBar();
        (await rig.GetAsync("/fapi/v1/nowhere")).Headers["Date"].Should().Be("Mon, 02 Mar 2026 11:00:00 GMT");
    }

    [Fact]
    public async Task Klines_NoTimes_EndWithTheRunningBar()
    {
        await using var rig = await Rig.StartAsync();
        var rows = (await rig.GetAsync("/fapi/v1/klines", "symbol=BTCUSDT&interval=1h&limit=3")).ShouldBeOk().Json;
        Opens(rows).Should().Equal(TimeOf(8), TimeOf(9), TimeOf(10));
        rows[1].GetRawText().Should().Be(
            $"""[{TimeOf(9)},"60900.00","61050.00","60850.00","61000.00","10.000",{TimeOf(10) - 1},"609500.00000",0,"5.000","304750.00000","0"]""");
        rows[2].GetRawText().Should().Be(
            $"""[{TimeOf(10)},"61000.00","61000.00","61000.00","61000.00","0.000",{TimeOf(11) - 1},"0.00000",0,"0.000","0.00000","0"]""");
    }

    [Fact]
    public async Task Klines_Times_AreInclusiveOpenTimesForwardFromTheStart()
    {
        await using var rig = await Rig.StartAsync();
        async Task<IEnumerable<long>> Ask(string query) => Opens((await rig.GetAsync("/fapi/v1/klines", "symbol=BTCUSDT&interval=1h&" + query)).ShouldBeOk().Json);
        (await Ask($"startTime={TimeOf(2)}&limit=2")).Should().Equal(TimeOf(2), TimeOf(3));
        (await Ask($"startTime={TimeOf(2) + 1}&endTime={TimeOf(4)}")).Should().Equal(TimeOf(3), TimeOf(4));
        (await Ask($"endTime={TimeOf(4)}&limit=2")).Should().Equal(TimeOf(3), TimeOf(4));
        (await Ask($"startTime={TimeOf(11)}")).Should().BeEmpty();
        (await Ask($"endTime={TimeOf(0) - 1}")).Should().BeEmpty();
        (await Ask("startTime=0&limit=1")).Should().Equal(TimeOf(0));
    }

    [Fact]
    public async Task Klines_LongerInterval_AreJoined()
    {
        await using var rig = await Rig.StartAsync();
        var rows = (await rig.GetAsync("/fapi/v1/klines", "symbol=BTCUSDT&interval=4h")).ShouldBeOk().Json;
        Opens(rows).Should().Equal(TimeOf(0), TimeOf(4), TimeOf(8));
        rows[1].EnumerateArray().Take(6).Select(cell => cell.ToString()).Should().Equal($"{TimeOf(4)}", "60400.00", "60850.00", "60350.00", "60800.00", "40.000");
        rows[2].EnumerateArray().Take(6).Select(cell => cell.ToString()).Should().Equal($"{TimeOf(8)}", "60800.00", "61050.00", "60750.00", "61000.00", "20.000");
    }

    [Theory]
    [InlineData("interval=1h", -1102)]
    [InlineData("symbol=BTCUSDT", -1102)]
    [InlineData("symbol=ETHUSDT&interval=1h", -1121)]
    [InlineData("symbol=BTCUSDT&interval=1M", -1120)]
    [InlineData("symbol=BTCUSDT&interval=1m", -1120)]
    [InlineData("symbol=BTCUSDT&interval=1h&limit=0", -1130)]
    [InlineData("symbol=BTCUSDT&interval=1h&startTime=x", -1102)]
    public async Task Klines_BadParameters_AreRefused(string query, int code)
    {
        await using var rig = await Rig.StartAsync();
        (await rig.GetAsync("/fapi/v1/klines", query)).ShouldBeError(code);
    }

    [Theory]
    [InlineData("markPriceKlines", "symbol=BTCUSDT", "60900.00")]
    [InlineData("indexPriceKlines", "pair=BTCUSDT", "60900.00")]
    [InlineData("continuousKlines", "pair=BTCUSDT&contractType=PERPETUAL", "60900.00")]
    [InlineData("premiumIndexKlines", "symbol=BTCUSDT", "0")]
    public async Task OtherKlines_LastTwo_HaveTheSameTimes(string path, string query, string open)
    {
        await using var rig = await Rig.StartAsync();
        var rows = (await rig.GetAsync("/fapi/v1/" + path, query + "&interval=1h&limit=2")).ShouldBeOk().Json;
        Opens(rows).Should().Equal(TimeOf(9), TimeOf(10));
        rows[0][1].GetString().Should().Be(open);
        rows[0][5].GetString().Should().Be(path == "continuousKlines" ? "10.000" : "0");
    }

    [Fact]
    public async Task ExchangeInfo_NoRulesGiven_DerivesThemFromThePrice()
    {
        await using var rig = await Rig.StartAsync(time => new FakeBinanceOptions { Bars = Rig.Bars(), TimeProvider = time });
        var symbol = (await rig.GetAsync("/fapi/v1/exchangeInfo")).ShouldBeOk().Json.GetProperty("symbols")[0];
        var filters = symbol.GetProperty("filters").EnumerateArray().ToDictionary(filter => filter.GetProperty("filterType").GetString()!, StringComparer.Ordinal);
        filters["PRICE_FILTER"].GetProperty("tickSize").GetString().Should().Be("0.10");
        filters["LOT_SIZE"].GetProperty("stepSize").GetString().Should().Be("0.001");
        filters["MARKET_LOT_SIZE"].GetProperty("maxQty").GetString().Should().Be("120.000");
        filters["MIN_NOTIONAL"].GetProperty("notional").GetString().Should().Be("50");
        symbol.GetProperty("pricePrecision").GetInt32().Should().Be(2, "the precision is not the tick");
        symbol.GetProperty("marginAsset").GetString().Should().Be("USDT");
    }

    [Fact]
    public async Task Prices_WithAndWithoutSymbol_AreObjectAndArray()
    {
        await using var rig = await Rig.StartAsync();
        foreach (var path in new[] { "v1/premiumIndex", "v2/ticker/price", "v1/ticker/price", "v1/ticker/bookTicker", "v1/ticker/24hr" })
        {
            (await rig.GetAsync("/fapi/" + path, "symbol=BTCUSDT")).ShouldBeOk().Text("symbol").Should().Be("BTCUSDT");
            (await rig.GetAsync("/fapi/" + path)).ShouldBeOk().Json.GetArrayLength().Should().Be(1);
            (await rig.GetAsync("/fapi/" + path, "symbol=ETHUSDT")).ShouldBeError(-1121);
        }

        (await rig.GetAsync("/fapi/v1/premiumIndex", "symbol=BTCUSDT")).Text("markPrice").Should().Be("61000.00000000");
        (await rig.GetAsync("/fapi/v1/ticker/24hr", "symbol=BTCUSDT")).Text("priceChange").Should().Be("1000.00");
    }

    [Fact]
    public async Task Depth_Limits_AreEnforced()
    {
        await using var rig = await Rig.StartAsync();
        var book = (await rig.GetAsync("/fapi/v1/depth", "symbol=BTCUSDT&limit=5")).ShouldBeOk().Json;
        book.GetProperty("bids").GetArrayLength().Should().Be(5);
        book.GetProperty("bids")[1][0].GetString().Should().Be("60999.90");
        book.GetProperty("asks")[0][0].GetString().Should().Be("61000.10");
        (await rig.GetAsync("/fapi/v1/depth", "symbol=BTCUSDT&limit=7")).ShouldBeError(-4021);
    }

    [Fact]
    public async Task FundingRate_UpToNow_IsAscendingAndLimited()
    {
        await using var rig = await Rig.StartAsync();
        rig.Server.AdvanceBars(15);
        async Task<IEnumerable<long>> Ask(string query) =>
            (await rig.GetAsync("/fapi/v1/fundingRate", query)).ShouldBeOk().Json.EnumerateArray().Select(row => row.GetProperty("fundingTime").GetInt64());
        (await Ask("symbol=BTCUSDT")).Should().Equal(TimeOf(0), TimeOf(8), TimeOf(16), TimeOf(24));
        (await Ask("symbol=BTCUSDT&limit=2")).Should().Equal(TimeOf(16), TimeOf(24));
        (await Ask($"startTime={TimeOf(1)}&limit=2")).Should().Equal(TimeOf(8), TimeOf(16));
        (await Ask($"endTime={TimeOf(9)}")).Should().Equal(TimeOf(0), TimeOf(8));
        (await rig.GetAsync("/fapi/v1/fundingInfo")).Body.Should().Be("[]");
    }

    private static long TimeOf(int bar) => Rig.Start.ToUnixTimeMilliseconds() + (bar * Hour);

    private static IEnumerable<long> Opens(JsonElement rows) => rows.EnumerateArray().Select(row => row[0].GetInt64());
}
