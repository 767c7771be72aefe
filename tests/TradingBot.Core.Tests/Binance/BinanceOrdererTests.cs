using System.Net;
using TradingBot.Binance;
using TradingBot.Core.Tests.Market;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Binance;

public sealed class BinanceOrdererTests : IDisposable
{
    private const string Place = "POST /fapi/v1/order";
    private const string Get = "GET /fapi/v1/order";
    private const string Cancel = "DELETE /fapi/v1/order";
    private const string PlaceAlgo = "POST /fapi/v1/algoOrder";
    private const string GetAlgo = "GET /fapi/v1/algoOrder";
    private const string CancelAlgo = "DELETE /fapi/v1/algoOrder";
    private readonly StubExchange _exchange = new();
    private readonly BinanceClient _client;
    private readonly BinanceOrderer _orderer;

    public BinanceOrdererTests()
    {
        _exchange.On("GET /fapi/v1/exchangeInfo", Samples.ExchangeInfo).On("GET /fapi/v1/premiumIndex", Samples.PremiumIndex);
        _client = _exchange.Client();
        _orderer = new BinanceOrderer(_client);
    }

    private static OrderQuery Query => new(TestBars.BtcUsdt, "bot-1a2b3c");

    private IEnumerable<string> Traded => _exchange.Routes.Where(route => route is not ("GET /fapi/v1/exchangeInfo" or "GET /fapi/v1/premiumIndex"));

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Submit_AMarketOrder_IsSentOnce_AndItsFillPriceIsRead()
    {
        _exchange.On(Place, Samples.PostOrder).On(Get, Samples.GetOrder);
        var order = Orders.MarketBuy() with { Quantity = 0.0207m };
        var result = await _orderer.SubmitAsync(order);
        result.Should().Be(new OrderResult
        {
            Request = order,
            Status = OrderStatus.Filled,
            ExchangeOrderId = "880000000123",
            FilledQuantity = 0.02m,
            AveragePrice = 61200m,
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(1795003000000),
        });
        Traded.Should().Equal(Place, Get);
        var sent = _exchange.Requests.Single(request => request.Route == Place);
        sent.Parameters.Should().MatchRegex(
            "^symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.02&newClientOrderId=bot-1a2b3c&newOrderRespType=RESULT&recvWindow=5000&timestamp=1795003212123&signature=[0-9a-f]{64}$");
    }

    [Theory]
    [InlineData(TimeInForce.GoodTillCanceled, "GTC")]
    [InlineData(TimeInForce.ImmediateOrCancel, "IOC")]
    [InlineData(TimeInForce.PostOnly, "GTX")]
    public async Task Submit_ALimitOrder_CarriesPriceAndTime(TimeInForce timeInForce, string name)
    {
        _exchange.On(Place, Open(Samples.PostOrder));
        var result = await _orderer.SubmitAsync(Orders.LimitBuy(61000.07m) with { TimeInForce = timeInForce, ReduceOnly = true });
        result.Status.Should().Be(OrderStatus.New);
        result.AveragePrice.Should().BeNull();
        Traded.Should().Equal(Place);
        var sent = _exchange.Requests.Single(request => request.Route == Place);
        (sent["type"], sent["timeInForce"], sent["price"], sent["quantity"], sent["reduceOnly"]).Should().Be(("LIMIT", name, "61000", "0.02", "true"));
    }

    [Fact]
    public async Task Submit_AStop_GoesToTheAlgoService()
    {
        _exchange.On(PlaceAlgo, Samples.PostAlgo);
        var result = await _orderer.SubmitAsync(Orders.Stop());
        result.Should().Be(new OrderResult
        {
            Request = Orders.Stop(),
            Status = OrderStatus.New,
            ExchangeOrderId = "4100000001",
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(1795003100000),
        });
        Traded.Should().Equal(PlaceAlgo);
        _exchange.Requests[^1].Parameters.Should().StartWith(
            "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&quantity=0.02&triggerPrice=59900&workingType=CONTRACT_PRICE&reduceOnly=true&clientAlgoId=bot-sl-7&recvWindow=");
    }

    [Fact]
    public async Task Submit_AStopThatClosesThePosition_HasNoQuantity()
    {
        _exchange.On(PlaceAlgo, Samples.PostAlgo);
        await _orderer.SubmitAsync(Orders.Stop() with { ClosePosition = true, Quantity = 0, ReduceOnly = false });
        var sent = _exchange.Requests[^1];
        (sent["quantity"], sent["reduceOnly"], sent["closePosition"]).Should().Be((null, null, "true"));
    }

    [Fact]
    public async Task Submit_AnOrderThatBreaksAFilter_IsDeniedAndNotSent()
    {
        var result = await _orderer.SubmitAsync(Orders.MarketBuy() with { Quantity = 0.0005m });
        result.Status.Should().Be(OrderStatus.Denied);
        result.RejectReason.Should().Be(RejectReason.Quantity);
        result.Message.Should().StartWith("MARKET_LOT_SIZE");
        Traded.Should().BeEmpty();
    }

    [Theory]
    [InlineData(-2019, RejectReason.InsufficientMargin)]
    [InlineData(-2022, RejectReason.ReduceOnly)]
    [InlineData(-4116, RejectReason.DuplicateClientOrderId)]
    [InlineData(-5022, RejectReason.PostOnly)]
    public async Task Submit_ARefusal_IsAResult(int code, RejectReason reason)
    {
        _exchange.On(Place, _ => StubExchange.Error(400, code, "No."));
        var result = await _orderer.SubmitAsync(Orders.MarketBuy());
        result.Should().Be(new OrderResult
        {
            Request = Orders.MarketBuy(),
            Status = OrderStatus.Rejected,
            RejectReason = reason,
            Message = $"POST /fapi/v1/order: No. (HTTP 400, code {code})",
        });
        Traded.Should().Equal(Place);
    }

    [Fact]
    public async Task Submit_RefusedForARule_ReadsTheRulesAnewForTheNextOrder()
    {
        _exchange.OnSequence(Place, _ => StubExchange.Error(400, -4014), _ => StubExchange.Json(Open(Samples.PostOrder)));
        await _orderer.SubmitAsync(Orders.LimitBuy(61000));
        await _orderer.SubmitAsync(Orders.LimitBuy(61000));
        _exchange.Routes.Count(route => route == "GET /fapi/v1/exchangeInfo").Should().Be(2);
    }

    [Theory]
    [InlineData(401, -2015, ExchangeErrorKind.Authentication)]
    [InlineData(429, -1003, ExchangeErrorKind.RateLimited)]
    [InlineData(503, -1008, ExchangeErrorKind.Transient)]
    public async Task Submit_AnOrderThatCertainlyDidNotArrive_Throws(int status, int code, ExchangeErrorKind kind)
    {
        _exchange.On(Place, _ => StubExchange.Error(status, code));
        var submit = () => _orderer.SubmitAsync(Orders.MarketBuy());
        (await submit.Should().ThrowAsync<ExchangeException>()).Which.Kind.Should().Be(kind);
        Traded.Should().Equal(Place);
    }

    [Fact]
    public async Task Submit_OutsideTheReceiveWindow_IsSentOnceMoreByTheRightClock()
    {
        _exchange.ClockAhead = TimeSpan.Zero;
        _exchange.OnSequence(
            Place,
            _ =>
            {
                _exchange.ClockAhead = TimeSpan.FromSeconds(20);
                return StubExchange.Error(400, -1021);
            },
            _ => StubExchange.Json(Samples.PostOrder)).On(Get, Samples.GetOrder);
        (await _orderer.SubmitAsync(Orders.MarketBuy())).Status.Should().Be(OrderStatus.Filled);
        _exchange.Requests.Where(request => request.Route == Place).Select(request => request["timestamp"]).Should().Equal("1795003212123", "1795003232123");
    }

    [Fact]
    public async Task Submit_OutsideTheReceiveWindowTwice_Throws()
    {
        _exchange.On(Place, _ => StubExchange.Error(400, -5028));
        var submit = () => _orderer.SubmitAsync(Orders.MarketBuy());
        (await submit.Should().ThrowAsync<ExchangeException>()).Which.Kind.Should().Be(ExchangeErrorKind.ClockSkew);
        Traded.Should().Equal(Place, Place);
    }

    public static TheoryData<string, Func<HttpResponseMessage>> LostAnswers => new()
    {
        { "cut", () => throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut") },
        { "timeout", () => throw new TaskCanceledException("timeout", new TimeoutException()) },
        { "-1006", () => StubExchange.Error(400, -1006) },
        { "-1007", () => StubExchange.Error(408, -1007) },
        { "503", () => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new StringContent("Unknown error, please check your request or try again later.") } },
        { "502", () => new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<html/>") } },
        { "half", () => StubExchange.Json("{\"orderId\":88") },
    };

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task Submit_ExecutedButTheAnswerIsLost_IsFoundAndNotSentAgain(string how, Func<HttpResponseMessage> lose)
    {
        var visible = false;
        _exchange
            .On(Place, _ => lose())
            .On(Get, _ => visible ? StubExchange.Json(Samples.GetOrder) : Become(ref visible))
            .On(GetAlgo, _ => StubExchange.Error(400, -2013));
        var submitting = _orderer.SubmitAsync(Orders.MarketBuy());
        await _exchange.Clock.DriveAsync(submitting);
        var result = await submitting;
        result.Status.Should().Be(OrderStatus.Filled, how);
        result.AveragePrice.Should().Be(61200m);
        result.Request.Should().Be(Orders.MarketBuy());
        Traded.Count(route => route == Place).Should().Be(1);
        _exchange.Log.Events.Should().Contain("OrderAnswerLost").And.Contain("OrderResolved");
    }

    [Fact]
    public async Task Submit_TheAnswerIsLostAndTheOrderIsNowhere_IsUnknown_AndIsLookedUpPatientlyLater()
    {
        _exchange.On(Place, _ => StubExchange.Error(503, -1000)).On(Get, _ => StubExchange.Error(400, -2013)).On(GetAlgo, _ => StubExchange.Error(400, -2013));
        var submitting = _orderer.SubmitAsync(Orders.MarketBuy());
        var waits = await _exchange.Clock.DriveAsync(submitting);
        var result = await submitting;
        result.Status.Should().Be(OrderStatus.Unknown);
        result.Message.Should().EndWith("It was not found by its client id since.");
        waits.Select(wait => wait.TotalMilliseconds).Should().Equal(250, 500, 1000, 2000);
        Traded.Count(route => route == Place).Should().Be(1);

        var finding = _orderer.FindAsync(Query);
        (await _exchange.Clock.DriveAsync(finding)).Should().HaveCount(4);
        (await finding).Should().BeNull();
        (await _orderer.FindAsync(Query)).Should().BeNull("by now it is believed");
    }

    [Fact]
    public async Task Submit_NeitherAnswerNorLookUp_IsUnknown()
    {
        _exchange.On(Place, _ => throw new HttpRequestException("cut")).On(Get, _ => throw new HttpRequestException("cut"));
        var submitting = _orderer.SubmitAsync(Orders.MarketBuy());
        await _exchange.Clock.DriveAsync(submitting);
        (await submitting).Status.Should().Be(OrderStatus.Unknown);
        Traded.Count(route => route == Place).Should().Be(1);
    }

    [Fact]
    public async Task Submit_CanceledAfterTheAnswerWasLost_IsUnknownNotForgotten()
    {
        using var canceling = new CancellationTokenSource();
        _exchange.On(Place, _ =>
        {
            canceling.Cancel();
            return StubExchange.Error(503, -1000);
        }).On(Get, _ => StubExchange.Error(400, -2013)).On(GetAlgo, _ => StubExchange.Error(400, -2013));
        (await _orderer.SubmitAsync(Orders.MarketBuy(), canceling.Token)).Status.Should().Be(OrderStatus.Unknown);
    }

    [Fact]
    public async Task Submit_AMarketOrderStillOpenInTheAnswer_IsReadUntilItEnds()
    {
        _exchange.On(Place, Open(Samples.PostOrder))
            .OnSequence(Get, _ => StubExchange.Error(400, -2013), _ => StubExchange.Json(Open(Samples.GetOrder)), _ => StubExchange.Json(Samples.GetOrder));
        var submitting = _orderer.SubmitAsync(Orders.MarketBuy());
        await _exchange.Clock.DriveAsync(submitting);
        (await submitting).Status.Should().Be(OrderStatus.Filled);
        Traded.Should().Equal(Place, Get, Get, Get);
    }

    [Fact]
    public async Task Submit_PlacedButThePriceCannotBeRead_IsStillPlaced()
    {
        _exchange.On(Place, Samples.PostOrder).On(Get, _ => StubExchange.Error(400, -1100));
        var result = await _orderer.SubmitAsync(Orders.MarketBuy());
        (result.Status, result.FilledQuantity, result.AveragePrice).Should().Be((OrderStatus.Filled, 0.02m, null));
        _exchange.Log.Events.Should().Contain("FillPriceMissing");
    }

    [Fact]
    public async Task Submit_AnOlderOrderOfTheSameId_IsNotTakenForTheNewOne()
    {
        _exchange.On(Place, Samples.PostOrder).On(Get, Samples.GetOrder.Replace("880000000123", "770000000000", StringComparison.Ordinal).Replace("61200.00000", "1.0", StringComparison.Ordinal));
        var submitting = _orderer.SubmitAsync(Orders.MarketBuy());
        await _exchange.Clock.DriveAsync(submitting);
        (await submitting).AveragePrice.Should().BeNull();
    }

    [Fact]
    public async Task Submit_AStatusThatIsNotDocumented_IsUnknownWithItsName()
    {
        _exchange.On(Place, Samples.PostOrder.Replace("FILLED", "PONDERING", StringComparison.Ordinal)).On(Get, Samples.GetOrder.Replace("FILLED", "PONDERING", StringComparison.Ordinal));
        var result = await _orderer.SubmitAsync(Orders.MarketBuy());
        result.Status.Should().Be(OrderStatus.Unknown);
        result.Message.Should().Contain("'PONDERING'");
    }

    [Fact]
    public async Task Submit_LostConditionalOrder_IsFoundInTheAlgoService()
    {
        _exchange.On(PlaceAlgo, _ => throw new HttpRequestException("cut")).On(Get, _ => StubExchange.Error(400, -2013)).On(GetAlgo, Samples.PostAlgo);
        var submitting = _orderer.SubmitAsync(Orders.Stop());
        await _exchange.Clock.DriveAsync(submitting);
        (await submitting).Status.Should().Be(OrderStatus.New);
    }

    [Fact]
    public async Task Find_AnIdThatNoStoreKnows_IsNull()
    {
        _exchange.On(Get, _ => StubExchange.Error(400, -2013)).On(GetAlgo, _ => StubExchange.Error(400, -2013));
        (await _orderer.FindAsync(Query)).Should().BeNull();
        Traded.Should().Equal(Get, GetAlgo);
    }

    [Theory]
    [InlineData(400, -2013)]
    [InlineData(400, -1020)]
    [InlineData(401, -2015)]
    public async Task Find_ANormalOrder_IsRebuiltFromTheExchange(int status, int code)
    {
        // What the other store says does not matter then.
        _exchange.On(Get, Samples.GetOrder).On(GetAlgo, _ => StubExchange.Error(status, code));
        var found = await _orderer.FindAsync(Query);
        found!.Request.Should().Be(Orders.MarketBuy());
        found.AveragePrice.Should().Be(61200m);
    }

    [Fact]
    public async Task Find_AFiredConditionalOrder_HasTheFillOfWhatItBecame()
    {
        _exchange.On(Get, request => request["orderId"] == "880000000777"
            ? StubExchange.Json(Samples.GetOrder.Replace("880000000123", "880000000777", StringComparison.Ordinal).Replace("61200.00000", "59884.20", StringComparison.Ordinal))
            : StubExchange.Error(400, -2013)).On(GetAlgo, Samples.GetAlgoTriggered);
        var found = await _orderer.FindAsync(new OrderQuery(TestBars.BtcUsdt, "bot-sl-7"));
        found!.Request.Should().Be(Orders.Stop());
        (found.Status, found.FilledQuantity, found.AveragePrice, found.ExchangeOrderId).Should().Be((OrderStatus.Filled, 0.02m, 59884.2m, "880000000777"));
    }

    [Theory]
    [InlineData("CANCELED", OrderStatus.Canceled)]
    [InlineData("EXPIRED", OrderStatus.Expired)]
    [InlineData("REJECTED", OrderStatus.Rejected)]
    [InlineData("TRIGGERING", OrderStatus.New)]
    [InlineData("FINISHED", OrderStatus.Unknown)]
    public async Task Find_AConditionalOrderWithoutAnOrder_HasItsOwnState(string algoStatus, OrderStatus expected)
    {
        _exchange.On(Get, _ => StubExchange.Error(400, -2013)).On(GetAlgo, Samples.PostAlgo.Replace("\"NEW\"", $"\"{algoStatus}\"", StringComparison.Ordinal));
        (await _orderer.FindAsync(new OrderQuery(TestBars.BtcUsdt, "bot-sl-7")))!.Status.Should().Be(expected);
    }

    [Fact]
    public async Task Find_AConditionalOrderOfAnotherSymbol_IsNotIt()
    {
        _exchange.On(Get, _ => StubExchange.Error(400, -2013)).On(GetAlgo, Samples.PostAlgo);
        (await _orderer.FindAsync(new OrderQuery(Symbol.Parse("ETHUSDT"), "bot-sl-7"))).Should().BeNull();
    }

    [Theory]
    [InlineData(Get, GetAlgo)]
    [InlineData(GetAlgo, Get)]
    public async Task Find_AnExchangeThatDoesNotAnswer_Throws(string silent, string other)
    {
        _exchange.On(silent, _ => StubExchange.Error(500, -1000)).On(other, _ => StubExchange.Error(400, -2013));
        var finding = _orderer.FindAsync(Query);
        var driving = () => _exchange.Clock.DriveAsync(finding);
        (await driving.Should().ThrowAsync<ExchangeException>()).Which.IsTransient.Should().BeTrue("'not found' would be a lie");
    }

    [Fact]
    public async Task Cancel_AnOpenOrder_IsCanceled()
    {
        _exchange.On(Cancel, Open(Samples.PostOrder).Replace("\"NEW\"", "\"CANCELED\"", StringComparison.Ordinal));
        (await _orderer.CancelAsync(Query))!.Status.Should().Be(OrderStatus.Canceled);
        Traded.Should().Equal(Cancel);
    }

    [Fact]
    public async Task Cancel_APartlyFilledOrder_KnowsItsPrice()
    {
        _exchange.On(Cancel, Samples.PostOrder.Replace("FILLED", "CANCELED", StringComparison.Ordinal)).On(Get, Samples.GetOrder.Replace("FILLED", "CANCELED", StringComparison.Ordinal));
        var result = await _orderer.CancelAsync(Query);
        (result!.Status, result.FilledQuantity, result.AveragePrice).Should().Be((OrderStatus.Canceled, 0.02m, 61200m));
    }

    [Fact]
    public async Task Cancel_AConditionalOrder_IsCanceledInItsStore()
    {
        _exchange.On(Cancel, _ => StubExchange.Error(400, -2011)).On(CancelAlgo, Samples.DeleteAlgo)
            .On(Get, _ => StubExchange.Error(400, -2013)).On(GetAlgo, Samples.PostAlgo.Replace("\"NEW\"", "\"CANCELED\"", StringComparison.Ordinal));
        (await _orderer.CancelAsync(new OrderQuery(TestBars.BtcUsdt, "bot-sl-7")))!.Status.Should().Be(OrderStatus.Canceled);
        Traded.Should().Equal(Cancel, CancelAlgo, Get, GetAlgo);
    }

    [Fact]
    public async Task Cancel_AFinishedOrder_StaysAsItWas()
    {
        _exchange.On(Cancel, _ => StubExchange.Error(400, -2011)).On(CancelAlgo, _ => StubExchange.Error(400, -2011)).On(Get, Samples.GetOrder);
        (await _orderer.CancelAsync(Query))!.Status.Should().Be(OrderStatus.Filled);
    }

    [Fact]
    public async Task Cancel_AnUnknownId_IsNull()
    {
        _exchange.On(Cancel, _ => StubExchange.Error(400, -2011)).On(CancelAlgo, _ => StubExchange.Error(400, -2011))
            .On(Get, _ => StubExchange.Error(400, -2013)).On(GetAlgo, _ => StubExchange.Error(400, -2013));
        (await _orderer.CancelAsync(Query)).Should().BeNull();
    }

    [Fact]
    public async Task Cancel_TheAnswerIsLost_AsksHowTheOrderIs()
    {
        _exchange.On(Cancel, _ => throw new HttpRequestException("cut")).On(Get, Samples.GetOrder.Replace("FILLED", "CANCELED", StringComparison.Ordinal));
        (await _orderer.CancelAsync(Query))!.Status.Should().Be(OrderStatus.Canceled);
        Traded.Should().Equal(Cancel, Get);
    }

    [Fact]
    public async Task GetAccount_BothStoresAndThePosition_AreRead()
    {
        _exchange.On("GET /fapi/v3/balance", Samples.Balance).On("GET /fapi/v3/positionRisk", Samples.PositionRisk)
            .On("GET /fapi/v1/openOrders", $"[{Open(Samples.GetOrder)}]").On("GET /fapi/v1/openAlgoOrders", $"[{Samples.PostAlgo}]");
        var account = await _orderer.GetAccountAsync(TestBars.BtcUsdt);
        account.Balance.Should().Be(2500m);
        account.AvailableBalance.Should().Be(2265.6064m);
        account.Position.Should().Be(new Position(0.02m, 61200m));
        account.OpenOrders.Select(order => (order.ClientOrderId, order.Request.Type, order.Status)).Should().Equal(
            ("bot-1a2b3c", OrderType.Market, OrderStatus.New), ("bot-sl-7", OrderType.StopMarket, OrderStatus.New));
    }

    [Fact]
    public async Task Submit_RightAfterTheAccountWasRead_AsksForNoMarkPrice_ButLaterDoes()
    {
        const string MarkPrice = "GET /fapi/v1/premiumIndex";
        _exchange.On("GET /fapi/v3/balance", "[]").On("GET /fapi/v3/positionRisk", "[]").On("GET /fapi/v1/openOrders", "[]").On("GET /fapi/v1/openAlgoOrders", "[]")
            .On(Place, Samples.PostOrder).On(Get, Samples.GetOrder);
        await _orderer.GetAccountAsync(TestBars.BtcUsdt);
        _exchange.Clock.Advance(TimeSpan.FromSeconds(4.9));
        await _orderer.SubmitAsync(Orders.MarketBuy());
        _exchange.Routes.Count(route => route == MarkPrice).Should().Be(1);
        _exchange.Clock.Advance(TimeSpan.FromSeconds(0.1));
        await _orderer.SubmitAsync(Orders.MarketBuy() with { ClientOrderId = "next" });
        _exchange.Routes.Count(route => route == MarkPrice).Should().Be(2);
    }

    [Fact]
    public async Task GetAccount_NothingHeld_IsFlat()
    {
        _exchange.On("GET /fapi/v3/balance", "[]").On("GET /fapi/v3/positionRisk", "[]").On("GET /fapi/v1/openOrders", "[]").On("GET /fapi/v1/openAlgoOrders", "[]");
        var account = await _orderer.GetAccountAsync(TestBars.BtcUsdt);
        (account.Balance, account.Position, account.OpenOrders.Count).Should().Be((0m, Position.Flat, 0));
    }

    [Fact]
    public async Task GetAccount_AHedgePosition_IsAnErrorNotAFlatAccount()
    {
        _exchange.On("GET /fapi/v3/balance", Samples.Balance).On("GET /fapi/v3/positionRisk", Samples.PositionRisk.Replace("BOTH", "LONG", StringComparison.Ordinal))
            .On("GET /fapi/v1/openOrders", "[]").On("GET /fapi/v1/openAlgoOrders", "[]");
        var read = () => _orderer.GetAccountAsync(TestBars.BtcUsdt);
        await read.Should().ThrowAsync<ExchangeException>().WithMessage("*LONG position of BTCUSDT in hedge mode*");
    }

    [Fact]
    public async Task Prepare_AnAccountThatIsRight_IsLeftAlone()
    {
        _exchange.On("GET /fapi/v1/accountConfig", Samples.AccountConfig).On("GET /fapi/v1/symbolConfig", Samples.SymbolConfig);
        await _orderer.PrepareAsync(new AccountSetup(TestBars.BtcUsdt, 5, MarginMode.Cross));
        Traded.Should().Equal("GET /fapi/v1/accountConfig", "GET /fapi/v1/symbolConfig");
    }

    [Fact]
    public async Task Prepare_EverythingDiffers_IsChangedAndReadAgain()
    {
        _exchange.On("GET /fapi/v1/accountConfig", Samples.AccountConfig.Replace("\"dualSidePosition\":false", "\"dualSidePosition\":true", StringComparison.Ordinal).Replace("\"multiAssetsMargin\":false", "\"multiAssetsMargin\":true", StringComparison.Ordinal))
            .OnSequence("GET /fapi/v1/symbolConfig", _ => StubExchange.Json(Samples.SymbolConfig), _ => StubExchange.Json(Samples.SymbolConfig.Replace("CROSSED", "ISOLATED", StringComparison.Ordinal).Replace("\"leverage\":5", "\"leverage\":3", StringComparison.Ordinal)))
            .On("POST /fapi/v1/positionSide/dual", _ => StubExchange.Error(400, -4059))
            .On("POST /fapi/v1/multiAssetsMargin", """{"code":200,"msg":"success"}""")
            .On("POST /fapi/v1/marginType", _ => StubExchange.Error(400, -4046))
            .On("POST /fapi/v1/leverage", """{"leverage":3,"maxNotionalValue":"40000000","symbol":"BTCUSDT"}""");
        await _orderer.PrepareAsync(new AccountSetup(TestBars.BtcUsdt, 3, MarginMode.Isolated));
        Traded.Should().Equal(
            "GET /fapi/v1/accountConfig", "POST /fapi/v1/positionSide/dual", "POST /fapi/v1/multiAssetsMargin", "GET /fapi/v1/symbolConfig",
            "POST /fapi/v1/marginType", "POST /fapi/v1/leverage", "GET /fapi/v1/symbolConfig");
        _exchange.Requests.Single(request => request.Path == "/fapi/v1/positionSide/dual")["dualSidePosition"].Should().Be("false");
        _exchange.Requests.Single(request => request.Path == "/fapi/v1/marginType")["marginType"].Should().Be("ISOLATED");
        _exchange.Requests.Single(request => request.Path == "/fapi/v1/leverage")["leverage"].Should().Be("3");
    }

    [Theory]
    [InlineData(-4047)]
    [InlineData(-4048)]
    public async Task Prepare_ARefusedChange_Throws(int code)
    {
        _exchange.On("GET /fapi/v1/accountConfig", Samples.AccountConfig).On("GET /fapi/v1/symbolConfig", Samples.SymbolConfig).On("POST /fapi/v1/marginType", _ => StubExchange.Error(400, code, "Margin type cannot be changed."));
        var prepare = () => _orderer.PrepareAsync(new AccountSetup(TestBars.BtcUsdt, 5, MarginMode.Isolated));
        (await prepare.Should().ThrowAsync<ExchangeException>()).Which.Code.Should().Be(code);
    }

    [Fact]
    public async Task Prepare_AChangeThatDidNotHappen_Throws()
    {
        _exchange.On("GET /fapi/v1/accountConfig", Samples.AccountConfig).On("GET /fapi/v1/symbolConfig", Samples.SymbolConfig).On("POST /fapi/v1/leverage", """{"leverage":3,"symbol":"BTCUSDT"}""");
        var prepare = () => _orderer.PrepareAsync(new AccountSetup(TestBars.BtcUsdt, 3, MarginMode.Cross));
        await prepare.Should().ThrowAsync<ExchangeException>().WithMessage("BTCUSDT is set to leverage 5 and CROSSED after asking for 3 and CROSSED.");
    }

    [Fact]
    public async Task Prepare_ALockedAccount_Throws()
    {
        _exchange.On("GET /fapi/v1/accountConfig", Samples.AccountConfig.Replace("\"canTrade\":true", "\"canTrade\":false", StringComparison.Ordinal));
        var prepare = () => _orderer.PrepareAsync(new AccountSetup(TestBars.BtcUsdt, 3, MarginMode.Cross));
        (await prepare.Should().ThrowAsync<ExchangeException>()).Which.Kind.Should().Be(ExchangeErrorKind.Authentication);
    }

    [Fact]
    public void Constructor_WithoutAKey_Throws()
    {
        using var client = _exchange.Client(withKey: false);
        var create = () => new BinanceOrderer(client);
        create.Should().Throw<ArgumentException>().WithMessage("Orders need an API key*");
    }

    private static string Open(string order) => order
        .Replace("\"FILLED\"", "\"NEW\"", StringComparison.Ordinal)
        .Replace("\"executedQty\":\"0.020\"", "\"executedQty\":\"0\"", StringComparison.Ordinal)
        .Replace("\"avgPrice\":\"61200.00000\"", "\"avgPrice\":\"0.00000\"", StringComparison.Ordinal);

    private static HttpResponseMessage Become(ref bool visible)
    {
        visible = true;
        return StubExchange.Error(400, -2013, "Order does not exist.");
    }
}
