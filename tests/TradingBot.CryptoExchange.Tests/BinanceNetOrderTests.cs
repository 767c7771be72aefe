using TradingBot.FakeBinance;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange.Tests;

public sealed class BinanceNetOrderTests
{
    [Fact]
    public async Task SubmitAsync_AnyKind_KeepsTheOwnersIdAsItIs()
    {
        await using var rig = await AdapterRig.StartAsync();
        var limit = AdapterRig.Market(Side.Buy, 0.02m, "tb0123456789ab-1795003200-e") with { Type = OrderType.Limit, Price = 60_000 };

        await rig.Orderer.SubmitAsync(limit);
        await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "m"));
        await rig.Orderer.SubmitAsync(AdapterRig.Stop(55_000, "tb0123456789ab-1795003200-s"));

        rig.Server.Exchange.OpenOrdersOf(AdapterRig.Symbol).Select(order => order.ClientOrderId)
            .Should().BeEquivalentTo(limit.ClientOrderId, "tb0123456789ab-1795003200-s");
        rig.Server.Exchange.Fills.Should().ContainSingle().Which.ClientOrderId.Should().Be("m");
    }

    [Fact]
    public async Task SubmitAsync_QuantityOffTheStep_IsMadeSmallerNeverLarger()
    {
        await using var rig = await AdapterRig.StartAsync();

        var order = await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.0209999m, "a"));

        (order.Status, order.FilledQuantity).Should().Be((OrderStatus.Filled, 0.020m));
        rig.Server.Exchange.PositionOf(AdapterRig.Symbol).Quantity.Should().Be(0.020m);
    }

    [Theory]
    [InlineData("0.0009", RejectReason.Quantity, "Quantity 0.0009 is 0.000 in steps of 0.001; expected from 0.001 to 1000.000, above 0.")]
    [InlineData("1000.5", RejectReason.Quantity, "Quantity 1000.5 is 1000.500 in steps of 0.001; expected from 0.001 to 1000.000, above 0.")]
    public async Task SubmitAsync_QuantityOutsideTheRules_IsDenied(string quantity, RejectReason reason, string message)
    {
        await using var rig = await AdapterRig.StartAsync();

        var order = await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, decimal.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture), "a"));

        (order.Status, order.RejectReason, order.Message).Should().Be((OrderStatus.Denied, (RejectReason?)reason, message));
    }

    [Fact]
    public async Task SubmitAsync_LimitBelowTheMinimumNotional_IsDenied()
    {
        await using var rig = await AdapterRig.StartAsync();

        var order = await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.001m, "a") with { Type = OrderType.Limit, Price = 40_000 });

        (order.Status, order.RejectReason, order.Message).Should().Be((OrderStatus.Denied, (RejectReason?)RejectReason.MinNotional, "0.001 at 40000 is 40.000, below the minimum of 50."));
    }

    [Fact]
    public async Task SubmitAsync_PostOnly_IsDeniedBecauseTheLibraryCannotSayIt()
    {
        await using var rig = await AdapterRig.StartAsync();

        var order = await rig.Orderer.SubmitAsync(
            AdapterRig.Market(Side.Buy, 0.02m, "a") with { Type = OrderType.Limit, Price = 60_000, TimeInForce = TimeInForce.PostOnly });

        (order.Status, order.RejectReason, order.Message).Should().Be((OrderStatus.Denied, (RejectReason?)RejectReason.InvalidOrder, "The client of Binance offers no orders of type LimitMaker."));
    }

    [Fact]
    public async Task SubmitAsync_ImmediateOrCancelAwayFromTheMarket_EndsUnfilled()
    {
        await using var rig = await AdapterRig.StartAsync();

        var order = await rig.Orderer.SubmitAsync(
            AdapterRig.Market(Side.Buy, 0.02m, "a") with { Type = OrderType.Limit, Price = 60_000, TimeInForce = TimeInForce.ImmediateOrCancel });

        (order.Status, order.FilledQuantity).Should().Be((OrderStatus.Canceled, 0m), "the family has one word for canceled and expired");
    }

    [Fact]
    public async Task SubmitAsync_MarketClosedSinceTheRulesWereRead_IsRejectedAndTheRulesAreReadAgain()
    {
        await using var rig = await AdapterRig.StartAsync();
        await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "a"));
        rig.Server.IsMarketOpen = false;

        var first = await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "b"));
        var second = await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "c"));
        var exit = await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Sell, 0.02m, "d", reduceOnly: true));

        (first.Status, first.RejectReason).Should().Be((OrderStatus.Rejected, RejectReason.Symbol));
        (second.Status, second.Message).Should().Be((OrderStatus.Denied, "The exchange does not trade BTCUSDT now."));
        exit.Status.Should().Be(OrderStatus.Filled, "a position can still be closed");
    }

    [Fact]
    public async Task SubmitAsync_TooLittleMargin_IsRejectedWithTheExchangesWords()
    {
        await using var rig = await AdapterRig.StartAsync();

        var order = await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 10m, "a"));

        (order.Status, order.RejectReason).Should().Be((OrderStatus.Rejected, RejectReason.InsufficientMargin));
        order.Message.Should().Be("Binance, place the order: Margin is insufficient. (HTTP 400, code -2019)");
    }

    [Fact]
    public async Task FindAsync_StopThatFired_IsTheNormalOrderThatItBecame()
    {
        await using var rig = await AdapterRig.StartAsync(server: AdapterRig.Options(ClockMode.Manual, interval: Interval.OneHour));
        await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "entry"));
        var stop = await rig.Orderer.SubmitAsync(AdapterRig.Stop(61_960, "stop"));

        rig.Server.AdvanceBar();
        var fired = await rig.Orderer.FindAsync(new OrderQuery(AdapterRig.Symbol, "stop"));

        stop.Status.Should().Be(OrderStatus.New);
        (fired!.Status, fired.FilledQuantity, fired.Request.ClientOrderId).Should().Be((OrderStatus.Filled, 0.02m, "stop"));
        fired.AveragePrice.Should().BeInRange(61_900, 61_960);
        (await rig.Orderer.GetAccountAsync(AdapterRig.Symbol)).Position.IsFlat.Should().BeTrue();
    }

    [Fact]
    public async Task SubmitAsync_StopThatWouldFireAtOnce_IsRejected()
    {
        await using var rig = await AdapterRig.StartAsync();
        await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "entry"));

        var stop = await rig.Orderer.SubmitAsync(AdapterRig.Stop(63_000, "stop"));

        (stop.Status, stop.RejectReason).Should().Be((OrderStatus.Rejected, RejectReason.WouldTrigger));
    }

    [Fact]
    public async Task SubmitAsync_SecondStopThatClosesThePosition_IsRejected()
    {
        await using var rig = await AdapterRig.StartAsync();
        await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "entry"));
        await rig.Orderer.SubmitAsync(AdapterRig.Stop(55_000, "first"));

        var second = await rig.Orderer.SubmitAsync(AdapterRig.Stop(56_000, "second"));

        (second.Status, second.RejectReason).Should().Be((OrderStatus.Rejected, RejectReason.CloseOrderExists));
    }

    [Fact]
    public async Task GetAccountAsync_OrdersOfBothStores_ReadsThemBackAsTheyWereSent()
    {
        await using var rig = await AdapterRig.StartAsync();
        var limit = AdapterRig.Market(Side.Sell, 0.02m, "limit") with { Type = OrderType.Limit, Price = 65_000 };
        var stop = AdapterRig.Stop(55_000, "stop", closePosition: false);
        await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.02m, "entry"));
        await rig.Orderer.SubmitAsync(limit);
        await rig.Orderer.SubmitAsync(stop);

        var account = await rig.Orderer.GetAccountAsync(AdapterRig.Symbol);

        account.OpenOrders.Select(order => order.Request).Should().BeEquivalentTo([limit, stop]);
        account.Position.Quantity.Should().Be(0.02m);
        account.Balance.Should().Be(rig.Server.Exchange.GetAccount(AdapterRig.Symbol).Balance);
    }

    [Fact]
    public async Task PrepareAsync_OtherSettings_SetsMarginModeAndLeverage()
    {
        await using var rig = await AdapterRig.StartAsync();

        await rig.Orderer.PrepareAsync(new AccountSetup(AdapterRig.Symbol, 3, MarginMode.Isolated));
        await rig.Orderer.SubmitAsync(AdapterRig.Market(Side.Buy, 0.03m, "a"));

        var risk = rig.Server.Exchange.RiskOf(AdapterRig.Symbol);
        (risk.Leverage, risk.MarginMode).Should().Be((3, MarginMode.Isolated));
    }

    [Fact]
    public async Task PrepareAsync_LeverageAboveTheExchanges_IsRejected()
    {
        await using var rig = await AdapterRig.StartAsync();
        rig.Server.Inject(ServerFault.Refuse(400, -4028, "Leverage 100 is not valid") with { Method = "POST", Path = "/fapi/v1/leverage" });

        var e = (await rig.Orderer.Awaiting(orderer => orderer.PrepareAsync(new AccountSetup(AdapterRig.Symbol, 100, MarginMode.Cross))).Should().ThrowAsync<ExchangeException>()).Which;

        (e.Kind, e.Code, e.Message).Should().Be((ExchangeErrorKind.Rejected, -4028, "Binance, set the leverage: Leverage 100 is not valid (HTTP 400, code -4028)"));
    }
}
