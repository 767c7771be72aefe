using TradingBot.Market;

namespace TradingBot.FakeBinance.Tests;

public sealed class OrderTests
{
    [Fact]
    public async Task Post_MarketWithResult_FillsAtTheOpenWithoutTellingThePrice()
    {
        await using var rig = await Rig.StartAsync();
        var reply = (await rig.BuyAsync()).ShouldBeOk();
        reply.Text("status").Should().Be("FILLED");
        reply.Text("executedQty").Should().Be("0.020");
        reply.Text("cumQty").Should().Be("0.020");
        reply.Json.TryGetProperty("avgPrice", out _).Should().BeFalse();
        reply.Json.TryGetProperty("cumQuote", out _).Should().BeFalse();
        var found = (await rig.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=entry")).ShouldBeOk();
        found.Text("avgPrice").Should().Be("61012.20000", "61,000 and 0.02 per cent of slippage");
        found.Text("cumQuote").Should().Be("1220.24400");
        found.Json.GetProperty("orderId").GetInt64().Should().Be(reply.Json.GetProperty("orderId").GetInt64()).And.BeGreaterThan(int.MaxValue);
        rig.Server.Exchange.PositionOf(rig.Server.Bars.Symbol).Should().Be(new Position(0.02m, 61_012.2m));
    }

    [Fact]
    public async Task Post_MarketWithoutRespType_IsOnlyAcknowledged()
    {
        await using var rig = await Rig.StartAsync();
        var reply = (await rig.OrderAsync("side=BUY&type=MARKET&quantity=0.02")).ShouldBeOk();
        reply.Text("status").Should().Be("NEW");
        reply.Text("executedQty").Should().Be("0.000");
        reply.Text("clientOrderId").Should().HaveLength(22);
        rig.Server.Exchange.Fills.Should().ContainSingle();
    }

    [Fact]
    public async Task Post_OldAnswers_TellThePrice()
    {
        await using var rig = await Rig.StartAsync(time => new FakeBinanceOptions
        {
            Bars = Rig.Bars(),
            ClosedBars = Rig.Closed,
            ApiKey = Rig.Key,
            ApiSecret = Rig.Secret,
            TimeProvider = time,
            Exchange = Rig.Exchange(),
            HasOldOrderAnswers = true,
        });
        var reply = (await rig.BuyAsync()).ShouldBeOk();
        reply.Text("avgPrice").Should().Be("61012.20000");
        reply.Text("cumQuote").Should().Be("1220.24400");
    }

    [Fact]
    public async Task Post_LimitBelowTheMarket_RestsUntilTheBarsTradeThroughIt()
    {
        await using var rig = await Rig.StartAsync(time => Rig.Options(time, Rig.Bars(step: -100)));
        var reply = (await rig.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=58800&newClientOrderId=dip&newOrderRespType=RESULT")).ShouldBeOk();
        reply.Text("status").Should().Be("NEW");
        (await rig.SignedAsync("GET", "/fapi/v1/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength().Should().Be(1);
        (await rig.SignedAsync("GET", "/fapi/v1/openOrder", "symbol=BTCUSDT&origClientOrderId=dip")).ShouldBeOk().Text("status").Should().Be("NEW");
        rig.Server.AdvanceBar();
        rig.Server.Exchange.Fills.Should().BeEmpty("the bar went down to 58,850");
        rig.Server.AdvanceBar();
        var fill = rig.Server.Exchange.Fills.Should().ContainSingle().Subject;
        fill.Price.Should().Be(58_800);
        fill.IsMaker.Should().BeTrue();
        var found = (await rig.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=dip")).ShouldBeOk();
        found.Text("status").Should().Be("FILLED");
        found.Json.GetProperty("updateTime").GetInt64().Should().Be(fill.Time.ToUnixTimeMilliseconds());
        (await rig.SignedAsync("GET", "/fapi/v1/openOrder", "symbol=BTCUSDT&origClientOrderId=dip")).ShouldBeError(-2013);
    }

    [Fact]
    public async Task Post_ImmediateOrCancelAwayFromTheMarket_Expires()
    {
        await using var rig = await Rig.StartAsync();
        var reply = (await rig.OrderAsync("side=BUY&type=LIMIT&timeInForce=IOC&quantity=0.02&price=60000&newOrderRespType=RESULT")).ShouldBeOk();
        reply.Text("status").Should().Be("EXPIRED");
        rig.Server.Exchange.Fills.Should().BeEmpty();
    }

    [Fact]
    public async Task Post_FillOrKillAwayFromTheMarket_IsRefusedWithoutTrace()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.OrderAsync("side=BUY&type=LIMIT&timeInForce=FOK&quantity=0.02&price=60000&newClientOrderId=kill")).ShouldBeError(-5021);
        (await rig.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=kill")).ShouldBeError(-2013);
    }

    [Fact]
    public async Task Post_FillOrKillThroughTheMarket_Fills()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.OrderAsync("side=BUY&type=LIMIT&timeInForce=FOK&quantity=0.02&price=61100&newOrderRespType=RESULT")).ShouldBeOk().Text("status").Should().Be("FILLED");
    }

    [Theory]
    [InlineData("side=BUY&type=STOP_MARKET&quantity=0.02&stopPrice=62000", -4120)]
    [InlineData("side=BUY&type=TRAILING_STOP_MARKET&quantity=0.02&callbackRate=1", -4120)]
    [InlineData("side=BUY&type=ICEBERG&quantity=0.02", -1116)]
    [InlineData("side=HOLD&type=MARKET&quantity=0.02", -1117)]
    [InlineData("type=MARKET&quantity=0.02", -1102)]
    [InlineData("side=BUY&quantity=0.02", -1102)]
    [InlineData("side=BUY&type=MARKET", -1102)]
    [InlineData("side=BUY&type=MARKET&quantity=", -1102)]
    [InlineData("side=BUY&type=MARKET&quantity=1e-2", -1102)]
    [InlineData("side=BUY&type=MARKET&quantity=0", -4003)]
    [InlineData("side=BUY&type=MARKET&quantity=-1", -4003)]
    [InlineData("side=BUY&type=MARKET&quantity=0.0205", -1111)]
    [InlineData("side=BUY&type=MARKET&quantity=121", -4005)]
    [InlineData("side=BUY&type=MARKET&quantity=0.02&timeInForce=GTC", -1106)]
    [InlineData("side=BUY&type=MARKET&quantity=0.02&price=61000", -1106)]
    [InlineData("side=BUY&type=MARKET&quantity=0.02&positionSide=LONG", -4061)]
    [InlineData("side=BUY&type=MARKET&quantity=0.02&positionSide=UP", -4060)]
    [InlineData("side=BUY&type=MARKET&quantity=0.02&reduceOnly=maybe", -1130)]
    [InlineData("side=BUY&type=MARKET&quantity=0.02&newOrderRespType=FULL", -1136)]
    [InlineData("side=BUY&type=MARKET&quantity=0.02&newClientOrderId=a%20b", -4015)]
    [InlineData("side=BUY&type=MARKET&quantity=0.02&newClientOrderId=1234567890123456789012345678901234567", -4015)]
    [InlineData("side=BUY&type=MARKET&quantity=0.02&selfTradePreventionMode=X", -5038)]
    [InlineData("side=BUY&type=MARKET&quantity=0.02&priceMatch=X", -5037)]
    [InlineData("side=BUY&type=MARKET&quantity=0.02&priceMatch=QUEUE", -1020)]
    [InlineData("side=BUY&type=LIMIT&quantity=0.02&price=61000", -1102)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02", -1102)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=DAY&quantity=0.02&price=61000", -1115)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=0", -4001)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=0.01", -4013)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=10000001", -4002)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=60000.05", -4014)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=60000.001", -1111)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=64050.1", -4016)]
    [InlineData("side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.02&price=57949.9", -4024)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTC&quantity=1001&price=60000", -4005)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTX&quantity=0.02&price=61000", -5022)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTD&quantity=0.02&price=60000", -1102)]
    [InlineData("side=BUY&type=LIMIT&timeInForce=GTD&quantity=0.02&price=60000&goodTillDate=1", -5040)]
    [InlineData("side=BUY&type=MARKET&quantity=100", -2019)]
    [InlineData("side=SELL&type=MARKET&quantity=0.02&reduceOnly=true", -2022)]
    public async Task Post_BadOrder_IsRefusedWithItsCodeAndWithoutTrace(string parameters, int code)
    {
        await using var rig = await Rig.StartAsync();
        (await rig.OrderAsync(parameters)).ShouldBeError(code);
        (await rig.SignedAsync("GET", "/fapi/v1/allOrders", "symbol=BTCUSDT")).Json.GetArrayLength().Should().Be(0);
        rig.Server.Exchange.Fills.Should().BeEmpty();
    }

    [Fact]
    public async Task Post_SmallNotional_IsRefusedUnlessItReduces()
    {
        await using var rig = await Rig.StartAsync(time => Rig.Options(time, exchange: Rig.Exchange(minNotional: 100)));
        (await rig.BuyAsync("0.001")).ShouldBeError(-4164);
        (await rig.BuyAsync("0.002")).ShouldBeOk();
        (await rig.OrderAsync("side=SELL&type=MARKET&quantity=0.001&reduceOnly=true")).ShouldBeOk();
    }

    [Fact]
    public async Task Post_BelowMinimumOrOffTheStep_IsRefused()
    {
        await using var rig = await Rig.StartAsync(time => Rig.Options(time, exchange: Rig.Exchange(step: 0.005m, minQuantity: 0.01m)));
        (await rig.BuyAsync("0.005")).ShouldBeError(-4004);
        (await rig.BuyAsync("0.012")).ShouldBeError(-4023);
        (await rig.BuyAsync("0.015")).ShouldBeOk();
    }

    [Fact]
    public async Task Post_PositionBeyondTheLeverage_IsRefused()
    {
        await using var rig = await Rig.StartAsync(time => Rig.Options(time, exchange: Rig.Exchange() with { InitialBalance = 10_000_000, Leverage = 125 }));
        (await rig.BuyAsync("2")).ShouldBeError(-2027);
        (await rig.BuyAsync("1")).ShouldBeOk();
    }

    [Fact]
    public async Task Post_ClientIdOfAnOpenOrder_IsRefusedAndOfAFinishedOneTaken()
    {
        await using var rig = await Rig.StartAsync();
        const string Resting = "side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=60000&newClientOrderId=same";
        (await rig.OrderAsync(Resting)).ShouldBeOk();
        (await rig.OrderAsync(Resting)).ShouldBeError(-4116);
        (await rig.SignedAsync("DELETE", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=same")).ShouldBeOk().Text("status").Should().Be("CANCELED");
        (await rig.OrderAsync(Resting)).ShouldBeOk();
        (await rig.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=same")).ShouldBeOk().Text("status").Should().Be("NEW");
    }

    [Fact]
    public async Task Post_TooManyOpenOrders_IsRefused()
    {
        await using var rig = await Rig.StartAsync(time => Rig.Options(time, exchange: Rig.Exchange() with { MaxOpenOrders = 1, MaxConditionalOrders = 1 }));
        const string Limit = "side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=60000";
        (await rig.OrderAsync(Limit)).ShouldBeOk();
        (await rig.OrderAsync(Limit)).ShouldBeError(-2025);
        const string Stop = "side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=60000";
        (await rig.AlgoAsync(Stop)).ShouldBeOk();
        (await rig.AlgoAsync(Stop)).ShouldBeError(-4045);
    }

    [Fact]
    public async Task Test_GoodAndBadOrder_IsCheckedAndNotPlaced()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.SignedAsync("POST", "/fapi/v1/order/test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.02")).ShouldBeOk().Body.Should().Be("{}");
        (await rig.SignedAsync("POST", "/fapi/v1/order/test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0")).ShouldBeError(-4003);
        rig.Server.Exchange.Fills.Should().BeEmpty();
    }

    [Fact]
    public async Task Lookups_UnknownOrder_HaveTheirOwnCodes()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&orderId=1")).ShouldBeError(-2013);
        (await rig.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT")).ShouldBeError(-1102);
        (await rig.SignedAsync("DELETE", "/fapi/v1/order", "symbol=BTCUSDT&orderId=1")).ShouldBeError(-2011);
        (await rig.SignedAsync("PUT", "/fapi/v1/order", "symbol=BTCUSDT&orderId=1&side=BUY&quantity=1&price=1")).ShouldBeError(-2013);
        (await rig.BuyAsync()).ShouldBeOk();
        (await rig.SignedAsync("DELETE", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=entry")).ShouldBeError(-2011);
    }

    [Fact]
    public async Task Lookups_UnfilledOrderAfterThreeDays_FindItNoMore()
    {
        await using var rig = await Rig.StartAsync(time => Rig.Options(time, Rig.Bars(100)));
        (await rig.OrderAsync("side=BUY&type=LIMIT&timeInForce=IOC&quantity=0.02&price=60000&newClientOrderId=gone")).ShouldBeOk();
        (await rig.BuyAsync()).ShouldBeOk();
        rig.Server.AdvanceBars(72);
        (await rig.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=gone")).ShouldBeOk();
        rig.Server.AdvanceBar();
        (await rig.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=gone")).ShouldBeError(-2013);
        (await rig.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=entry")).ShouldBeOk();
    }

    [Fact]
    public async Task Put_OpenLimitOrder_KeepsItsIdAndRefusesWhatIsWrong()
    {
        await using var rig = await Rig.StartAsync();
        var id = (await rig.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=60000&newClientOrderId=move")).ShouldBeOk().Json.GetProperty("orderId").GetInt64();
        Task<Reply> Change(string parameters) => rig.SignedAsync("PUT", "/fapi/v1/order", $"symbol=BTCUSDT&orderId={id}&{parameters}");
        (await Change("side=BUY&quantity=0.02&price=60000")).ShouldBeError(-5027);
        (await Change("side=SELL&quantity=0.03&price=60000")).ShouldBeError(-1130);
        (await Change("side=BUY&quantity=0.03&price=60000.05")).ShouldBeError(-4014);
        (await Change("side=BUY&quantity=100&price=60500")).ShouldBeError(-2019);
        var changed = (await Change("side=BUY&quantity=0.03&price=60500")).ShouldBeOk();
        changed.Json.GetProperty("orderId").GetInt64().Should().Be(id);
        changed.Text("pair").Should().Be("BTCUSDT");
        var open = (await rig.SignedAsync("GET", "/fapi/v1/openOrders", "symbol=BTCUSDT")).Json.EnumerateArray().Should().ContainSingle().Subject;
        open.GetProperty("orderId").GetInt64().Should().Be(id);
        open.GetProperty("price").GetString().Should().Be("60500.00");
        rig.Server.Exchange.OpenOrdersOf(rig.Server.Bars.Symbol).Should().ContainSingle().Which.Request.Quantity.Should().Be(0.03m);
    }

    [Fact]
    public async Task Batch_GoodAndBadOrders_SucceedAndFailAlone()
    {
        await using var rig = await Rig.StartAsync();
        const string Orders = """[{"symbol":"BTCUSDT","side":"BUY","type":"MARKET","quantity":"0.02","newClientOrderId":"one","newOrderRespType":"RESULT"},{"symbol":"BTCUSDT","side":"BUY","type":"MARKET","quantity":"0"},{"symbol":"BTCUSDT","side":"SELL","type":"MARKET","quantity":0.02,"reduceOnly":true}]""";
        var body = rig.Stamp("batchOrders=" + Orders);
        var reply = (await rig.SendAsync(HttpMethod.Post, "/fapi/v1/batchOrders", "", $"{body}&signature={Rig.Sign(body)}")).ShouldBeOk().Json;
        reply.GetArrayLength().Should().Be(3);
        reply[0].GetProperty("status").GetString().Should().Be("FILLED");
        reply[1].GetProperty("code").GetInt32().Should().Be(-4003);
        reply[2].GetProperty("status").GetString().Should().Be("NEW", "it is only acknowledged");
        rig.Server.Exchange.PositionOf(rig.Server.Bars.Symbol).IsFlat.Should().BeTrue();
        (await rig.SignedAsync("POST", "/fapi/v1/batchOrders", "batchOrders=[]")).ShouldBeError(-4082);
        (await rig.SignedAsync("POST", "/fapi/v1/batchOrders", "batchOrders={")).ShouldBeError(-1130);
    }

    [Fact]
    public async Task Batch_Cancel_TakesIdsInAnyCaseOfTheName()
    {
        await using var rig = await Rig.StartAsync();
        var ids = new List<long>();
        foreach (var name in new[] { "a", "b", "c" })
        {
            ids.Add((await rig.OrderAsync($"side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=60000&newClientOrderId={name}")).ShouldBeOk().Json.GetProperty("orderId").GetInt64());
        }

        var reply = (await rig.SignedAsync("DELETE", "/fapi/v1/batchOrders", $"symbol=BTCUSDT&orderidlist=%5B{ids[0]}%2C7%5D")).ShouldBeOk().Json;
        reply[0].GetProperty("status").GetString().Should().Be("CANCELED");
        reply[1].GetProperty("code").GetInt32().Should().Be(-2011);
        (await rig.SignedAsync("DELETE", "/fapi/v1/batchOrders", "symbol=BTCUSDT&origClientOrderIdList=%5B%22b%22%5D")).ShouldBeOk().Json[0].GetProperty("clientOrderId").GetString().Should().Be("b");
        (await rig.SignedAsync("DELETE", "/fapi/v1/allOpenOrders", "symbol=BTCUSDT")).ShouldBeOk().Code.Should().Be(200);
        rig.Server.Exchange.OpenOrdersOf(rig.Server.Bars.Symbol).Should().BeEmpty();
    }

    [Fact]
    public async Task CountdownCancelAll_TimePasses_CancelsOrders()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=60000")).ShouldBeOk();
        (await rig.SignedAsync("POST", "/fapi/v1/countdownCancelAll", "symbol=BTCUSDT&countdownTime=60000")).ShouldBeOk().Text("countdownTime").Should().Be("60000");
        rig.Time.Advance(TimeSpan.FromSeconds(59));
        (await rig.SignedAsync("GET", "/fapi/v1/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength().Should().Be(1);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        (await rig.SignedAsync("GET", "/fapi/v1/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength().Should().Be(0);
        (await rig.SignedAsync("POST", "/fapi/v1/countdownCancelAll", "symbol=BTCUSDT&countdownTime=-1")).ShouldBeError(-1130);
    }

    [Fact]
    public async Task GoodTillDate_Reached_ExpiresTheOrder()
    {
        await using var rig = await Rig.StartAsync();
        var date = rig.Now + 1_800_000;
        (await rig.OrderAsync($"side=BUY&type=LIMIT&timeInForce=GTD&goodTillDate={date}&quantity=0.02&price=60000&newClientOrderId=dated")).ShouldBeOk();
        rig.Server.AdvanceBar();
        (await rig.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=dated")).ShouldBeOk().Text("status").Should().Be("EXPIRED");
    }
}
