using TradingBot.Market;

namespace TradingBot.FakeBinance.Tests;

public sealed class AlgoOrderTests
{
    private const string Path = "/fapi/v1/algoOrder";

    [Fact]
    public async Task Post_Stop_IsNewAndKeptApartFromOrders()
    {
        await using var rig = await Rig.StartAsync();
        await rig.BuyAsync();
        var reply = (await rig.AlgoAsync("side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=60000&reduceOnly=true&clientAlgoId=sl&workingType=MARK_PRICE")).ShouldBeOk();
        reply.Text("algoStatus").Should().Be("NEW");
        reply.Text("orderType").Should().Be("STOP_MARKET");
        reply.Text("triggerPrice").Should().Be("60000.00");
        reply.Json.TryGetProperty("actualOrderId", out _).Should().BeFalse();
        (await rig.SignedAsync("GET", "/fapi/v1/openOrders", "symbol=BTCUSDT")).Json.GetArrayLength().Should().Be(0);
        (await rig.SignedAsync("GET", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=sl")).ShouldBeError(-2013);
        (await rig.SignedAsync("DELETE", "/fapi/v1/allOpenOrders", "symbol=BTCUSDT")).ShouldBeOk();
        var open = (await rig.SignedAsync("GET", "/fapi/v1/openAlgoOrders", "symbol=BTCUSDT")).Json.EnumerateArray().Should().ContainSingle().Subject;
        open.GetProperty("clientAlgoId").GetString().Should().Be("sl");
        open.GetProperty("actualOrderId").GetString().Should().BeEmpty();
    }

    [Fact]
    public async Task Stop_BarsFallToIt_BecomesANormalOrderWithItsClientId()
    {
        await using var rig = await Rig.StartAsync(time => Rig.Options(time, Rig.Bars(step: -100)));
        await rig.BuyAsync();
        var id = (await rig.AlgoAsync("side=SELL&type=STOP_MARKET&closePosition=true&triggerPrice=58700&clientAlgoId=sl")).ShouldBeOk().Json.GetProperty("algoId").GetInt64();
        rig.Server.AdvanceBars(2);
        (await rig.SignedAsync("GET", Path, $"algoId={id}")).ShouldBeOk().Text("algoStatus").Should().Be("NEW");
        rig.Server.AdvanceBar();
        var algo = (await rig.SignedAsync("GET", Path, "clientAlgoId=sl")).ShouldBeOk();
        algo.Text("algoStatus").Should().Be("FINISHED");
        algo.Text("actualPrice").Should().Be("58688.20000", "58,700 less 0.02 per cent, down to the tick");
        algo.Text("actualQty").Should().Be("0.020");
        var order = (await rig.SignedAsync("GET", "/fapi/v1/order", $"symbol=BTCUSDT&orderId={algo.Text("actualOrderId")}")).ShouldBeOk();
        order.Text("clientOrderId").Should().Be("sl");
        order.Text("status").Should().Be("FILLED");
        order.Text("avgPrice").Should().Be("58688.20000");
        rig.Server.Exchange.PositionOf(rig.Server.Bars.Symbol).IsFlat.Should().BeTrue();
        (await rig.SignedAsync("DELETE", Path, $"algoId={id}")).ShouldBeError(-2011);
    }

    [Fact]
    public async Task Post_SecondOrderOfASideThatClosesThePosition_IsRefused()
    {
        await using var rig = await Rig.StartAsync();
        await rig.BuyAsync();
        (await rig.AlgoAsync("side=SELL&type=STOP_MARKET&closePosition=true&triggerPrice=58700&clientAlgoId=first")).ShouldBeOk();

        (await rig.AlgoAsync("side=SELL&type=STOP_MARKET&closePosition=true&triggerPrice=58600&clientAlgoId=second")).ShouldBeError(-4130);
        (await rig.AlgoAsync("side=SELL&type=TAKE_PROFIT_MARKET&closePosition=true&triggerPrice=70000&clientAlgoId=third")).ShouldBeOk();
        (await rig.AlgoAsync("side=SELL&type=STOP_MARKET&quantity=0.02&reduceOnly=true&triggerPrice=58600&clientAlgoId=fourth")).ShouldBeOk();
        (await rig.SignedAsync("DELETE", Path, "clientAlgoId=first")).ShouldBeOk();
        (await rig.AlgoAsync("side=SELL&type=STOP_MARKET&closePosition=true&triggerPrice=58600&clientAlgoId=second")).ShouldBeOk();
    }

    [Fact]
    public async Task TakeProfit_BarsRiseToIt_Fires()
    {
        await using var rig = await Rig.StartAsync();
        await rig.BuyAsync();
        (await rig.AlgoAsync("side=SELL&type=TAKE_PROFIT_MARKET&quantity=0.02&triggerPrice=61200&reduceOnly=true&clientAlgoId=tp")).ShouldBeOk();
        rig.Server.AdvanceBars(2);
        (await rig.SignedAsync("GET", Path, "clientAlgoId=tp")).ShouldBeOk().Text("algoStatus").Should().Be("FINISHED");
        rig.Server.Exchange.Fills[^1].Price.Should().Be(61_187.7m);
    }

    [Fact]
    public async Task Stop_NothingLeftToReduce_IsRejectedWhenItFires()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.AlgoAsync("side=BUY&type=STOP_MARKET&quantity=0.02&triggerPrice=61100&reduceOnly=true&clientAlgoId=late")).ShouldBeOk();
        rig.Server.AdvanceBar();
        (await rig.SignedAsync("GET", Path, "clientAlgoId=late")).ShouldBeOk().Text("algoStatus").Should().Be("REJECTED");
        rig.Server.Exchange.Fills.Should().BeEmpty();
    }

    [Fact]
    public async Task Delete_OpenStop_AnswersItsCodeAsText()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.AlgoAsync("side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=60000&clientAlgoId=sl")).ShouldBeOk();
        var reply = (await rig.SignedAsync("DELETE", Path, "symbol=BTCUSDT&clientAlgoId=sl")).ShouldBeOk();
        reply.Text("code").Should().Be("200");
        (await rig.SignedAsync("GET", Path, "clientAlgoId=sl")).Text("algoStatus").Should().Be("CANCELED");
        (await rig.SignedAsync("DELETE", Path, "clientAlgoId=sl")).ShouldBeError(-2011);
        (await rig.SignedAsync("GET", Path, "clientAlgoId=unknown")).ShouldBeError(-2013);
        (await rig.SignedAsync("GET", Path)).ShouldBeError(-1102);
    }

    [Fact]
    public async Task DeleteAll_OpenStops_CancelsThemAndListsThemAsHistory()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.AlgoAsync("side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=60000&clientAlgoId=a")).ShouldBeOk();
        (await rig.AlgoAsync("side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=60100&clientAlgoId=b")).ShouldBeOk();
        (await rig.SignedAsync("DELETE", "/fapi/v1/algoOpenOrders", "symbol=BTCUSDT")).ShouldBeOk().Code.Should().Be(200);
        (await rig.SignedAsync("GET", "/fapi/v1/openAlgoOrders")).Json.GetArrayLength().Should().Be(0);
        (await rig.SignedAsync("GET", "/fapi/v1/allAlgoOrders", "symbol=BTCUSDT")).Json.EnumerateArray().Select(algo => algo.GetProperty("algoStatus").GetString())
            .Should().Equal("CANCELED", "CANCELED");
        rig.Server.Exchange.OpenOrdersOf(Symbol.Parse("BTCUSDT")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=61000", -2021)]
    [InlineData("side=BUY&type=STOP_MARKET&quantity=0.02&triggerPrice=61000", -2021)]
    [InlineData("side=SELL&type=TAKE_PROFIT_MARKET&quantity=0.02&triggerPrice=60900", -2021)]
    [InlineData("side=SELL&type=MARKET&quantity=0.02&triggerPrice=60000", -1116)]
    [InlineData("side=SELL&type=STOP&quantity=0.02&triggerPrice=60000&price=59900", -1020)]
    [InlineData("side=SELL&type=TRAILING_STOP_MARKET&quantity=0.02&callbackRate=1", -1020)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=0.02", -1102)]
    [InlineData("side=SELL&type=STOP_MARKET&triggerPrice=60000", -1102)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=60000.05", -4014)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=60000&closePosition=true", -4137)]
    [InlineData("side=SELL&type=STOP_MARKET&triggerPrice=60000&closePosition=true&reduceOnly=true", -1106)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=60000&workingType=LAST", -1130)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=60000&timeInForce=DAY", -1115)]
    [InlineData("side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=60000&clientAlgoId=%24", -4015)]
    public async Task Post_BadOrder_IsRefusedWithItsCode(string parameters, int code)
    {
        await using var rig = await Rig.StartAsync();
        (await rig.AlgoAsync(parameters)).ShouldBeError(code);
        (await rig.SignedAsync("GET", "/fapi/v1/allAlgoOrders", "symbol=BTCUSDT")).Json.GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Post_NoOrWrongAlgoType_IsRefused()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.SignedAsync("POST", Path, "symbol=BTCUSDT&side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=60000")).ShouldBeError(-1102);
        (await rig.SignedAsync("POST", Path, "algoType=VP&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=60000")).ShouldBeError(-1130);
    }
}
