using System.Net.WebSockets;
using System.Text.Json;

namespace TradingBot.FakeBinance.Tests;

public sealed class StreamTests
{
    [Fact]
    public async Task Kline_BarCloses_GivesTheClosedBarThenTheNext()
    {
        await using var rig = await Rig.StartAsync();
        using var client = await StreamClient.ConnectAsync(rig, "/market/ws/btcusdt@kline_1h");
        var running = (await client.ReceiveAsync()).GetProperty("k");
        running.GetProperty("x").GetBoolean().Should().BeFalse();
        rig.Server.AdvanceBar();
        var (closed, next) = (await client.ReceiveAsync(), (await client.ReceiveAsync()).GetProperty("k"));
        closed.GetProperty("e").GetString().Should().Be("kline");
        var bar = closed.GetProperty("k");
        bar.GetProperty("x").GetBoolean().Should().BeTrue();
        bar.GetProperty("t").GetInt64().Should().Be(Rig.Start.AddHours(10).ToUnixTimeMilliseconds());
        bar.GetProperty("T").GetInt64().Should().Be(Rig.Start.AddHours(11).ToUnixTimeMilliseconds() - 1);
        "ohlcv".Select(name => bar.GetProperty(name.ToString()).GetString()).Should().Equal("61000.00", "61150.00", "60950.00", "61100.00", "10.000");
        next.GetProperty("x").GetBoolean().Should().BeFalse();
        next.GetProperty("o").GetString().Should().Be("61100.00");
    }

    [Fact]
    public async Task Kline_LongerInterval_ClosesWithItsLastBar()
    {
        await using var rig = await Rig.StartAsync();
        using var client = await StreamClient.ConnectAsync(rig, "/market/ws/btcusdt@kline_4h");
        await client.ReceiveAsync();
        rig.Server.AdvanceBars(2);
        var bars = (await client.ReceiveAsync(3)).Select(message => message.GetProperty("k")).ToArray();
        bars.Select(bar => bar.GetProperty("x").GetBoolean()).Should().Equal(false, true, false);
        bars[1].GetProperty("o").GetString().Should().Be("60800.00");
        bars[1].GetProperty("c").GetString().Should().Be("61200.00");
    }

    [Fact]
    public async Task Combined_SubscribedByMessage_EchoesIdsAndWrapsEvents()
    {
        await using var rig = await Rig.StartAsync();
        using var client = await StreamClient.ConnectAsync(rig, "/market/stream");
        await client.SendAsync("""{"params":["btcusdt@markPrice@1s"],"method":"SUBSCRIBE","id":"abc"}""");
        (await client.ReceiveAsync()).GetRawText().Should().Be("""{"result":null,"id":"abc"}""");
        var first = await client.ReceiveAsync();
        first.GetProperty("stream").GetString().Should().Be("btcusdt@markPrice@1s");
        first.GetProperty("data").GetProperty("p").GetString().Should().Be("61000.00000000");
        first.GetProperty("data").GetProperty("T").GetInt64().Should().Be(Rig.Start.AddHours(16).ToUnixTimeMilliseconds());
        (await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":2}""")).GetRawText().Should().Be("""{"result":["btcusdt@markPrice@1s"],"id":2}""");
        (await client.AskAsync("""{"method":"SET_PROPERTY","params":["combined",false],"id":3}""")).GetProperty("id").GetInt32().Should().Be(3);
        (await client.AskAsync("""{"method":"GET_PROPERTY","params":["combined"],"id":4}""")).GetProperty("result").GetBoolean().Should().BeFalse();
        rig.Server.AdvanceBar();
        (await client.ReceiveAsync()).GetProperty("e").GetString().Should().Be("markPriceUpdate");
        (await client.AskAsync("""{"method":"UNSUBSCRIBE","params":["btcusdt@markPrice@1s"],"id":5}""")).GetProperty("id").GetInt32().Should().Be(5);
        rig.Server.AdvanceBar();
        (await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":6}""")).GetProperty("result").GetArrayLength().Should().Be(0, "nothing came in between");
    }

    [Theory]
    [InlineData("""{"method":"JUMP","id":1}""", 2)]
    [InlineData("""{"method":"SUBSCRIBE","id":1}""", 2)]
    [InlineData("{", 3)]
    public async Task Message_NotUnderstood_IsAnsweredWithAnError(string message, int code)
    {
        await using var rig = await Rig.StartAsync();
        using var client = await StreamClient.ConnectAsync(rig, "/public/ws");
        (await client.AskAsync(message)).GetProperty("code").GetInt32().Should().Be(code);
    }

    [Fact]
    public async Task Groups_StreamOfAnother_IsSilent()
    {
        await using var rig = await Rig.StartAsync();
        foreach (var path in new[] { "/ws", "/public/ws" })
        {
            using var client = await StreamClient.ConnectAsync(rig, path + "/btcusdt@kline_1h/btcusdt@bookTicker");
            var book = await client.ReceiveAsync();
            book.GetProperty("e").GetString().Should().Be("bookTicker");
            book.GetProperty("b").GetString().Should().Be(rig.Server.ClosedBars == 10 ? "61000.00" : "61100.00");
            rig.Server.AdvanceBar();
            (await client.ReceiveAsync()).GetProperty("e").GetString().Should().Be("bookTicker", "klines belong to /market");
            await client.CloseAsync();
        }
    }

    [Fact]
    public async Task Depth_Subscribed_GivesLevels()
    {
        await using var rig = await Rig.StartAsync();
        using var client = await StreamClient.ConnectAsync(rig, "/public/stream?streams=btcusdt@depth5@100ms");
        var depth = (await client.ReceiveAsync()).GetProperty("data");
        depth.GetProperty("e").GetString().Should().Be("depthUpdate");
        depth.GetProperty("a").GetArrayLength().Should().Be(5);
        depth.GetProperty("b")[0][0].GetString().Should().Be("61000.00");
    }

    [Fact]
    public async Task User_MarketOrder_TellsOrderTradeAndAccount()
    {
        await using var rig = await Rig.StartAsync();
        using var client = await StreamClient.ConnectUserAsync(rig);
        await rig.BuyAsync();
        var events = await client.ReceiveAsync(3);
        events.Select(NameOf).Should().Equal("ORDER_TRADE_UPDATE", "ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE");
        var (placed, traded, account) = (events[0].GetProperty("o"), events[1].GetProperty("o"), events[2].GetProperty("a"));
        placed.GetProperty("x").GetString().Should().Be("NEW");
        placed.TryGetProperty("N", out _).Should().BeFalse();
        traded.GetProperty("x").GetString().Should().Be("TRADE");
        traded.GetProperty("X").GetString().Should().Be("FILLED");
        traded.GetProperty("c").GetString().Should().Be("entry");
        traded.GetProperty("L").GetString().Should().Be("61012.2");
        traded.GetProperty("n").GetString().Should().Be("0.61012200");
        traded.GetProperty("t").GetInt64().Should().BeGreaterThan(int.MaxValue);
        account.GetProperty("m").GetString().Should().Be("ORDER");
        account.GetProperty("B")[0].GetProperty("wb").GetString().Should().Be("9999.38987800");
        account.GetProperty("P")[0].GetProperty("pa").GetString().Should().Be("0.020");
        account.GetProperty("P")[0].GetProperty("ep").GetString().Should().Be("61012.2");
    }

    [Fact]
    public async Task User_RefusedOrder_TellsNothing()
    {
        await using var rig = await Rig.StartAsync();
        using var client = await StreamClient.ConnectUserAsync(rig);
        (await rig.BuyAsync("100")).ShouldBeError(-2019);
        (await rig.OrderAsync("side=BUY&type=LIMIT&timeInForce=FOK&quantity=0.02&price=60000")).ShouldBeError(-5021);
        (await rig.SignedAsync("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=5")).ShouldBeOk();
        var told = await client.ReceiveAsync();
        NameOf(told).Should().Be("ACCOUNT_CONFIG_UPDATE");
        told.GetProperty("ac").GetProperty("l").GetInt32().Should().Be(5);
    }

    [Fact]
    public async Task User_LimitOrderChangedAndCanceled_TellsEachStep()
    {
        await using var rig = await Rig.StartAsync();
        using var client = await StreamClient.ConnectUserAsync(rig);
        await rig.OrderAsync("side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.02&price=60000&newClientOrderId=move");
        (await rig.SignedAsync("PUT", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=move&side=BUY&quantity=0.02&price=60500")).ShouldBeOk();
        (await rig.SignedAsync("DELETE", "/fapi/v1/order", "symbol=BTCUSDT&origClientOrderId=move")).ShouldBeOk();
        var events = await client.ReceiveAsync(3);
        events.Select(message => message.GetProperty("o").GetProperty("x").GetString()).Should().Equal("NEW", "AMENDMENT", "CANCELED");
        events.Select(message => message.GetProperty("o").GetProperty("p").GetString()).Should().Equal("60000", "60500", "60500");
    }

    [Fact]
    public async Task User_StopFires_TellsTheAlgoAndTheOrder()
    {
        await using var rig = await Rig.StartAsync(time => Rig.Options(time, Rig.Bars(step: -100)));
        await rig.BuyAsync();
        using var client = await StreamClient.ConnectUserAsync(rig);
        (await rig.AlgoAsync("side=SELL&type=STOP_MARKET&closePosition=true&triggerPrice=58900&clientAlgoId=sl")).ShouldBeOk();
        rig.Server.AdvanceBar();
        var events = await client.ReceiveAsync(7);
        events.Select(message => NameOf(message) + " " + StatusOf(message)).Should().Equal(
            "ALGO_UPDATE NEW", "ALGO_UPDATE TRIGGERING", "ALGO_UPDATE TRIGGERED", "ORDER_TRADE_UPDATE NEW", "ORDER_TRADE_UPDATE FILLED", "ACCOUNT_UPDATE ", "ALGO_UPDATE FINISHED");
        events[4].GetProperty("o").GetProperty("c").GetString().Should().Be("sl");
        events[6].GetProperty("o").GetProperty("ai").GetString().Should().Be(events[4].GetProperty("o").GetProperty("i").ToString());
        events[6].GetProperty("o").GetProperty("ap").GetString().Should().Be("58888.20000");
        events[5].GetProperty("a").GetProperty("P")[0].GetProperty("pa").GetString().Should().Be("0.000");
    }

    [Fact]
    public async Task User_Funding_TellsTheBalanceOnlyInCrossMode()
    {
        await using var rig = await Rig.StartAsync();
        await rig.BuyAsync();
        using var client = await StreamClient.ConnectUserAsync(rig);
        rig.Server.AdvanceBars(6);
        var account = (await client.ReceiveAsync()).GetProperty("a");
        account.GetProperty("m").GetString().Should().Be("FUNDING_FEE");
        account.GetProperty("P").GetArrayLength().Should().Be(0);
        account.GetProperty("B")[0].GetProperty("wb").GetString().Should().Be(rig.Server.Exchange.Balance.ToString("0.00000000", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task ListenKey_Life_ExtendsAndEnds()
    {
        await using var rig = await Rig.StartAsync();
        Task<Reply> Send(HttpMethod method) => rig.SendAsync(method, "/fapi/v1/listenKey", "", "");
        (await Send(HttpMethod.Put)).ShouldBeError(-1125);
        var key = (await Send(HttpMethod.Post)).ShouldBeOk().Text("listenKey");
        (await Send(HttpMethod.Post)).Text("listenKey").Should().Be(key, "there is one at a time");
        using var client = await StreamClient.ConnectUserAsync(rig);
        rig.Time.Advance(TimeSpan.FromMinutes(59));
        (await Send(HttpMethod.Put)).ShouldBeOk();
        rig.Time.Advance(TimeSpan.FromMinutes(59));
        (await rig.GetAsync("/fapi/v1/time")).ShouldBeOk();
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        (await rig.GetAsync("/fapi/v1/time")).ShouldBeOk();
        var expired = await client.ReceiveAsync();
        NameOf(expired).Should().Be("listenKeyExpired");
        expired.GetProperty("listenKey").GetString().Should().Be(key);
        (await Send(HttpMethod.Put)).ShouldBeError(-1125);
        (await Send(HttpMethod.Post)).Text("listenKey").Should().NotBe(key);
        (await Send(HttpMethod.Delete)).ShouldBeOk();
        (await Send(HttpMethod.Put)).ShouldBeError(-1125);
    }

    [Fact]
    public async Task UserForms_QueryAndSubscription_AllListen()
    {
        await using var rig = await Rig.StartAsync();
        var key = (await rig.SendAsync(HttpMethod.Post, "/fapi/v1/listenKey", "", "")).Text("listenKey");
        using var bare = await StreamClient.ConnectAsync(rig, $"/private/ws?listenKey={key}&events=ACCOUNT_UPDATE/ALGO_UPDATE");
        using var combined = await StreamClient.ConnectAsync(rig, "/private/stream");
        (await combined.AskAsync($$"""{"method":"SUBSCRIBE","params":["{{key}}"],"id":1}""")).GetProperty("id").GetInt32().Should().Be(1);
        (await bare.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""")).GetProperty("id").GetInt32().Should().Be(1);
        await rig.BuyAsync();
        NameOf(await bare.ReceiveAsync()).Should().Be("ACCOUNT_UPDATE", "other events were not asked for");
        var wrapped = await combined.ReceiveAsync();
        wrapped.GetProperty("stream").GetString().Should().Be(key);
        NameOf(wrapped.GetProperty("data")).Should().Be("ORDER_TRADE_UPDATE");
    }

    [Fact]
    public async Task Faults_OnEvents_DuplicateReorderAndLose()
    {
        await using var rig = await Rig.StartAsync();
        using var client = await StreamClient.ConnectUserAsync(rig);
        rig.Server.Inject(ServerFault.DuplicateEvent() with { Event = "ORDER_TRADE_UPDATE", Skip = 1 });
        await rig.BuyAsync(id: "a");
        (await client.ReceiveAsync(4)).Select(NameAndExecution).Should().Equal("ORDER_TRADE_UPDATE NEW", "ORDER_TRADE_UPDATE TRADE", "ORDER_TRADE_UPDATE TRADE", "ACCOUNT_UPDATE ");
        rig.Server.Inject(ServerFault.ReorderEvent());
        await rig.BuyAsync(id: "b");
        (await client.ReceiveAsync(3)).Select(NameAndExecution).Should().Equal("ORDER_TRADE_UPDATE TRADE", "ORDER_TRADE_UPDATE NEW", "ACCOUNT_UPDATE ");
        rig.Server.Inject(ServerFault.LoseEvent() with { Event = "ORDER_TRADE_UPDATE", Times = 2 });
        await rig.BuyAsync(id: "c");
        NameOf(await client.ReceiveAsync()).Should().Be("ACCOUNT_UPDATE");
    }

    [Fact]
    public async Task Disconnect_OpenConnections_Break()
    {
        await using var rig = await Rig.StartAsync();
        using var client = await StreamClient.ConnectUserAsync(rig);
        rig.Server.Disconnect().Should().Be(1);
        await client.Invoking(c => c.ReceiveAsync()).Should().ThrowAsync<WebSocketException>();
        using var again = await StreamClient.ConnectUserAsync(rig);
        rig.Server.ExpireListenKey();
        NameOf(await again.ReceiveAsync()).Should().Be("listenKeyExpired");
    }

    [Fact]
    public async Task Connect_UnknownPath_IsRefused()
    {
        await using var rig = await Rig.StartAsync();
        await FluentActions.Awaiting(() => StreamClient.ConnectAsync(rig, "/nowhere")).Should().ThrowAsync<WebSocketException>();
    }

    private static string NameOf(JsonElement message) => message.GetProperty("e").GetString()!;

    private static string StatusOf(JsonElement message) => message.TryGetProperty("o", out var order) ? order.GetProperty("X").GetString()! : "";

    private static string NameAndExecution(JsonElement message) =>
        NameOf(message) + " " + (message.TryGetProperty("o", out var order) ? order.GetProperty("x").GetString() : "");
}
