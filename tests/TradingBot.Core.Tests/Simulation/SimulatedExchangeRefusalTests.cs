using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Simulation;

public sealed class SimulatedExchangeRefusalTests
{
    private readonly Rig _rig = new();

    public SimulatedExchangeRefusalTests() => _rig.Flat(100);

    [Theory]
    [InlineData(0, RejectReason.Quantity, "Quantity 0 must be above 0.")]
    [InlineData(-1, RejectReason.Quantity, "Quantity -1 must be above 0.")]
    [InlineData(0.0005, RejectReason.Quantity, "Quantity 0.0005 is below the minimum quantity 0.001.")]
    [InlineData(1.0005, RejectReason.Quantity, "Quantity 1.0005 is not a multiple of the step size 0.001.")]
    [InlineData(120.001, RejectReason.Quantity, "Quantity 120.001 is above the maximum quantity 120 of a Market order.")]
    [InlineData(0.499, RejectReason.MinNotional, "Notional value 49.900 (0.499 at 100) is below the minimum notional 50.")]
    [InlineData(100.001, RejectReason.InsufficientMargin, "Margin is insufficient: 10000.1 needed at 100, 10000 available.")]
    public void Submit_MarketQuantityOutsideAFilter_IsRejected(double quantity, RejectReason reason, string message) =>
        ShouldBeRejected(_rig.Market(Side.Buy, (decimal)quantity), reason, message);

    [Theory]
    [InlineData(99.05, 1, RejectReason.Price, "Price 99.05 is not a multiple of the tick size 0.10.")]
    [InlineData(0, 1, RejectReason.Price, "Price 0 must be above 0.")]
    [InlineData(-5, 1, RejectReason.Price, "Price -5 must be above 0.")]
    [InlineData(99, 0.5, RejectReason.MinNotional, "Notional value 49.5 (0.5 at 99) is below the minimum notional 50.")]
    [InlineData(5, 1000.001, RejectReason.Quantity, "Quantity 1000.001 is above the maximum quantity 1000 of a Limit order.")]
    [InlineData(99, 101.011, RejectReason.InsufficientMargin, "Margin is insufficient: 10000.089 needed at 99, 10000 available.")]
    public void Submit_LimitOutsideAFilter_IsRejected(double price, double quantity, RejectReason reason, string message) =>
        ShouldBeRejected(_rig.Limit(Side.Buy, (decimal)quantity, (decimal)price), reason, message);

    [Theory]
    [InlineData(Side.Buy, 100)]
    [InlineData(Side.Buy, 101)]
    [InlineData(Side.Sell, 100)]
    [InlineData(Side.Sell, 99)]
    public void Submit_PostOnlyThatWouldTake_IsRejected(Side side, int price) =>
        ShouldBeRejected(_rig.Limit(side, 1, price, TimeInForce.PostOnly), RejectReason.PostOnly, $"A post-only {side} at {price} would take from the market at 100.");

    [Theory]
    [InlineData(OrderType.StopMarket, Side.Sell, 100)]
    [InlineData(OrderType.StopMarket, Side.Buy, 99)]
    [InlineData(OrderType.TakeProfitMarket, Side.Sell, 99)]
    [InlineData(OrderType.TakeProfitMarket, Side.Buy, 101)]
    public void Submit_TriggerAlreadyReached_IsRejected(OrderType type, Side side, int trigger)
    {
        var order = type == OrderType.StopMarket ? _rig.Stop(side, trigger) : _rig.Target(side, trigger);

        ShouldBeRejected(order, RejectReason.WouldTrigger, $"A {side} {type} order at {trigger} would trigger at once at 100.");
    }

    [Fact]
    public void Submit_ReduceOnlyWithNothingToReduce_IsRejected()
    {
        const string Nothing = "Reduce-only {0}: a position of {1} leaves nothing to reduce.";
        ShouldBeRejected(_rig.Market(Side.Sell, 1, reduceOnly: true), RejectReason.ReduceOnly, string.Format(null, Nothing, "Sell", 0));
        ShouldBeRejected(_rig.Limit(Side.Sell, 1, 101, reduceOnly: true), RejectReason.ReduceOnly, string.Format(null, Nothing, "Sell", 0));
        _rig.Open(Side.Buy, 1, 100);
        ShouldBeRejected(_rig.Market(Side.Buy, 1, reduceOnly: true), RejectReason.ReduceOnly, string.Format(null, Nothing, "Buy", 1));
    }

    [Fact]
    public void Submit_ReduceOnlyAfterAPendingEntry_IsAccepted()
    {
        _rig.Market(Side.Buy, 1);

        _rig.Market(Side.Sell, 1, reduceOnly: true).Status.Should().Be(OrderStatus.New);
        _rig.Market(Side.Sell, 1, reduceOnly: true).RejectReason.Should().Be(RejectReason.ReduceOnly);
    }

    [Fact]
    public void Submit_ReduceOnlyBelowTheMinNotional_IsAccepted()
    {
        _rig.Open(Side.Buy, 1, 100);

        _rig.Market(Side.Sell, 0.001m, reduceOnly: true).Status.Should().Be(OrderStatus.New);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("café")]
    [InlineData("1234567890123456789012345678901234567")]
    public void Submit_ClientOrderIdNotValid_IsRejected(string id) =>
        ShouldBeRejected(
            _rig.Market(Side.Buy, 1, id: id), RejectReason.InvalidOrder, $"Client order id '{id}' is not valid: expected 1 to 36 of the characters A-Z a-z 0-9 . : / _ -");

    [Fact]
    public void Submit_ClientOrderIdOfEveryAllowedCharacter_IsAccepted() =>
        _rig.Market(Side.Buy, 1, id: "aZ09.:/_-0123456789012345678901234xy").Status.Should().Be(OrderStatus.New);

    [Fact]
    public void Submit_ClientOrderIdOfAnOpenOrder_IsRejected()
    {
        _rig.Market(Side.Buy, 1, id: "same");

        ShouldBeRejected(_rig.Market(Side.Buy, 1, id: "same"), RejectReason.DuplicateClientOrderId, "An open order already has the client order id 'same'.");
        _rig.Exchange.OpenOrdersOf(Rig.Btc).Should().ContainSingle();
    }

    [Fact]
    public void Submit_SymbolNotListed_IsRejected()
    {
        var order = new OrderRequest { Symbol = Rig.Eth, Side = Side.Buy, Type = OrderType.Market, ClientOrderId = "x", Quantity = 1 };

        ShouldBeRejected(_rig.Submit(order), RejectReason.Symbol, "The symbol ETHUSDT is not listed.");
        _rig.Exchange.Find(Rig.Eth, "x").Should().BeNull();
        _rig.Exchange.Cancel(Rig.Eth, "x").Should().BeNull();
        var read = () => _rig.Exchange.GetAccount(Rig.Eth);
        read.Should().Throw<ArgumentException>().WithMessage("The symbol ETHUSDT is not listed.*");
    }

    public static TheoryData<OrderRequest, string> Contradictions()
    {
        var market = new OrderRequest { Symbol = Rig.Btc, Side = Side.Buy, Type = OrderType.Market, ClientOrderId = "x", Quantity = 1 };
        var stop = market with { Type = OrderType.StopMarket, TriggerPrice = 110 };
        return new()
        {
            { market with { Price = 100 }, "A Market order takes no price." },
            { market with { TriggerPrice = 100 }, "A Market order takes no trigger price." },
            { market with { TimeInForce = TimeInForce.ImmediateOrCancel }, "A Market order takes no time in force, found ImmediateOrCancel." },
            { market with { ClosePosition = true, Quantity = 0 }, "Only stop and take-profit orders can close the position, not a Market order." },
            { market with { Type = OrderType.Limit }, "A Limit order needs a price." },
            { market with { Type = OrderType.StopMarket }, "A StopMarket order needs a trigger price." },
            { stop with { Price = 100 }, "A StopMarket order takes no price." },
            { stop with { ClosePosition = true }, "A close-position order takes no quantity, found 1." },
            { stop with { ClosePosition = true, Quantity = 0, ReduceOnly = true }, "A close-position order takes no reduce-only flag; it only ever reduces." },
            { market with { Type = (OrderType)9 }, "Unknown type 9, side Buy or time in force GoodTillCanceled." },
            { market with { Side = (Side)9 }, "Unknown type Market, side 9 or time in force GoodTillCanceled." },
        };
    }

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void Submit_PartsContradict_IsRejected(OrderRequest order, string message) =>
        ShouldBeRejected(_rig.Submit(order), RejectReason.InvalidOrder, message);

    [Fact]
    public void Submit_TooManyOpenOrders_IsRejected()
    {
        var rig = new Rig(Rig.Free() with { MaxOpenOrders = 2, MaxConditionalOrders = 1 });
        rig.Flat(100);
        rig.Limit(Side.Buy, 1, 90);
        rig.Limit(Side.Buy, 1, 90);
        rig.Stop(Side.Buy, 110, 1).Status.Should().Be(OrderStatus.New);

        ShouldBeRejected(rig.Limit(Side.Buy, 1, 90), RejectReason.PositionLimit, "There are 2 open orders in BTCUSDT, the most that are allowed.");
        ShouldBeRejected(rig.Stop(Side.Buy, 110, 1), RejectReason.PositionLimit, "There are 1 open conditional orders, the most that are allowed.");
    }

    [Fact]
    public void Submit_PositionAboveTheTierOfItsLeverage_IsRejected()
    {
        var rig = new Rig(Rig.Free(tiers: MarginTiers.FromRates((1_000, 0.004m, 20), (5_000, 0.01m, 10))) with { Leverage = 20 });
        rig.Open(Side.Buy, 8, 100);

        ShouldBeRejected(
            rig.Market(Side.Buy, 3), RejectReason.PositionLimit, "The position's notional value of 1100 would exceed 1000, the most at leverage 20.");
        rig.Exchange.SetLeverage(Rig.Btc, 20);
        rig.Market(Side.Buy, 2).Status.Should().Be(OrderStatus.New);
    }

    [Fact]
    public void Submit_SellToOpen_IsReckonedALittleAboveTheLastPrice()
    {
        ShouldBeRejected(_rig.Market(Side.Sell, 100), RejectReason.InsufficientMargin, "Margin is insufficient: 10015 needed at 100.15, 10000 available.");
        _rig.Market(Side.Sell, 99.8m).Status.Should().Be(OrderStatus.New);
    }

    [Fact]
    public void Submit_FeesDoNotFit_IsRejected()
    {
        var rig = new Rig(Rig.Free() with { TakerFeeRate = 0.0005m });
        rig.Flat(100);

        ShouldBeRejected(rig.Market(Side.Buy, 100), RejectReason.InsufficientMargin, "Margin is insufficient: 10005 needed at 100, 10000 available.");
        rig.Market(Side.Buy, 99.95m).Status.Should().Be(OrderStatus.New);
    }

    [Fact]
    public void Submit_RestingOrderHoldsMargin_TheNextIsRejected()
    {
        var first = _rig.Limit(Side.Buy, 60, 99);
        _rig.Exchange.AvailableBalance.Should().Be(4_060);
        _rig.Exchange.RiskOf(Rig.Btc).OrderMargin.Should().Be(5_940);

        ShouldBeRejected(_rig.Limit(Side.Buy, 60, 99), RejectReason.InsufficientMargin, "Margin is insufficient: 5940 needed at 99, 4060 available.");
        _rig.Exchange.Cancel(Rig.Btc, first.ClientOrderId);
        _rig.Exchange.AvailableBalance.Should().Be(10_000);
    }

    [Fact]
    public void Submit_ReversalWithAllTheBalance_IsAcceptedAndFills()
    {
        _rig.Open(Side.Buy, 99, 100);
        _rig.Market(Side.Sell, 99, reduceOnly: true).Status.Should().Be(OrderStatus.New);

        _rig.Market(Side.Sell, 99).Status.Should().Be(OrderStatus.New);
        _rig.Flat(100);

        _rig.Position.Quantity.Should().Be(-99);
    }

    [Fact]
    public void Advance_OpenTooDearForThePendingOrder_Expires()
    {
        var order = _rig.Market(Side.Buy, 100);

        _rig.Flat(101);

        _rig.Find(order).Should().BeEquivalentTo(new
        {
            Status = OrderStatus.Expired,
            RejectReason = RejectReason.InsufficientMargin,
            Message = "Margin is insufficient: 10100 needed at 101, 10000 available.",
        });
        _rig.Position.Should().Be(Position.Flat);
    }

    [Fact]
    public void Advance_StopEntryWithoutMargin_ExpiresWhenTriggered()
    {
        var order = _rig.Stop(Side.Buy, 110, 110);

        _rig.Bar(100, 111, 100, 111);

        _rig.Find(order).Should().BeEquivalentTo(new { Status = OrderStatus.Expired, RejectReason = RejectReason.InsufficientMargin });
    }

    [Fact]
    public void SetLeverage_OutsideTheRules_IsRefused()
    {
        Refusal(() => _rig.Exchange.SetLeverage(Rig.Btc, 0)).Should().Be("Leverage 0 is not valid for BTCUSDT: expected 1 to 125.");
        Refusal(() => _rig.Exchange.SetLeverage(Rig.Btc, 126)).Should().Be("Leverage 126 is not valid for BTCUSDT: expected 1 to 125.");
        _rig.Exchange.SetLeverage(Rig.Btc, 10);
        _rig.Open(Side.Buy, 100, 1_000);
        Refusal(() => _rig.Exchange.SetLeverage(Rig.Btc, 5)).Should().Be("The leverage of BTCUSDT cannot be lowered from 10 to 5 under an isolated position.");
        Refusal(() => _rig.Exchange.SetLeverage(Rig.Btc, 125)).Should().BeNull();
        _rig.Exchange.RiskOf(Rig.Btc).Should().BeEquivalentTo(new { Leverage = 125, IsolatedWallet = 10_000m, InitialMargin = 800m });
    }

    [Fact]
    public void SetLeverage_TooMuchHeldForIt_IsRefused()
    {
        var rig = new Rig(Rig.Free(tiers: MarginTiers.FromRates((1_000, 0.004m, 20), (50_000, 0.01m, 10))) with { Leverage = 10, MarginMode = MarginMode.Cross });
        rig.Open(Side.Buy, 110, 100);

        Refusal(() => rig.Exchange.SetLeverage(Rig.Btc, 20)).Should().Be("Leverage 20 allows a notional value of 1000 in BTCUSDT; 11000 is held or ordered.");
        Refusal(() => rig.Exchange.SetLeverage(Rig.Btc, 1)).Should().Be("Leverage 1 needs more margin for BTCUSDT than is available.");
        rig.Exchange.RiskOf(Rig.Btc).Leverage.Should().Be(10);
    }

    [Fact]
    public void SetMarginMode_WithOrdersOrPosition_IsRefused()
    {
        _rig.Exchange.SetMarginMode(Rig.Btc, MarginMode.Isolated);
        var order = _rig.Limit(Side.Buy, 1, 90);
        Refusal(() => _rig.Exchange.SetMarginMode(Rig.Btc, MarginMode.Cross)).Should().Be("The margin mode of BTCUSDT cannot be changed while there is an open order.");
        _rig.Exchange.Cancel(Rig.Btc, order.ClientOrderId);
        _rig.Open(Side.Buy, 1, 100);
        Refusal(() => _rig.Exchange.SetMarginMode(Rig.Btc, MarginMode.Cross)).Should().Be("The margin mode of BTCUSDT cannot be changed while there is a position.");
        _rig.Open(Side.Sell, 1, 100);

        _rig.Exchange.SetMarginMode(Rig.Btc, MarginMode.Cross);
        _rig.Exchange.RiskOf(Rig.Btc).MarginMode.Should().Be(MarginMode.Cross);
    }

    private static void ShouldBeRejected(OrderResult order, RejectReason reason, string message) =>
        order.Should().BeEquivalentTo(new { Status = OrderStatus.Rejected, RejectReason = reason, Message = message });

    private static string? Refusal(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (ExchangeException e) when (e.Kind == ExchangeErrorKind.Rejected)
        {
            return e.Message;
        }
    }
}
