using TradingBot.Market;
using TradingBot.Strategies;
using TradingBot.Trading;
using static TradingBot.Core.Tests.Trading.CycleBars;

namespace TradingBot.Core.Tests.Trading;

public sealed class TradeCycleTests
{
    private static readonly Position LongOne = new(0.5m, 20_000m);
    private static readonly Position ShortOne = new(-0.5m, 20_000m);

    [Fact]
    public void Plan_NoneDecided_OrdersNothing()
    {
        var plan = PlanAt(20_000, new Always(Decision.None), position: LongOne);

        plan.Exit.Should().BeNull();
        plan.Entry.Should().BeNull();
        plan.Denial.Should().BeNull();
    }

    [Fact]
    public void Plan_LongWhileFlat_EntersFractionOfEquityTimesLeverageRoundedDown()
    {
        var settings = new TradeSettings { SymbolInfo = Rules, PositionFraction = 0.25m, Leverage = 3 };

        var plan = PlanAt(29_999, new Always(Decision.Long), settings, balance: 10_000m);

        // 10,000 x 0.25 x 3 = 7,500; / 29,999 = 0.25000833, down to the step of 0.001.
        plan.Entry.Should().BeEquivalentTo(new { Side = Side.Buy, Type = OrderType.Market, Quantity = 0.250m, Price = (decimal?)null, ReduceOnly = false });
        plan.Exit.Should().BeNull();
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(1_234.56)]
    [InlineData(777.77)]
    public void Plan_WholeEquityAtLeverageOne_NeverOrdersMoreThanTheBalance(double balance)
    {
        var settings = new TradeSettings { SymbolInfo = Rules, PositionFraction = 1m };

        var plan = PlanAt(34_567.8, new Always(Decision.Long), settings, balance: (decimal)balance);

        (plan.Entry!.Quantity * 34_567.8m).Should().BeLessThanOrEqualTo((decimal)balance);
    }

    [Theory]
    [InlineData(1, 0.0005, 0.498)] // 10,000 / (1.0005 x 1.0015 + 0.0005) = 9,975.04; / 20,000 = 0.49875
    [InlineData(1, 0, 0.499)] // 10,000 / 1.002 = 9,980.04
    [InlineData(20, 0.0005, 9.789)] // 10,000 / (0.0505 x 1.0015 + 0.0005) = 195,787.6
    public void Plan_WholeEquity_LeavesRoomForMarginFeeAndAWorsePrice(int leverage, double fee, double expected)
    {
        var settings = new TradeSettings { SymbolInfo = Rules, PositionFraction = 1m, Leverage = leverage, TakerFee = (decimal)fee };

        PlanAt(20_000, new Always(Decision.Long), settings).Entry!.Quantity.Should().Be((decimal)expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(125)]
    public void Plan_FractionsAroundWhatIsAffordable_CutsThoseAboveItAlone(int leverage)
    {
        var affordable = 1 / ((((1m / leverage) + 0.0005m) * 1.0015m) + 0.0005m);
        var border = affordable / leverage;
        var kept = 0;
        for (var i = -400; i <= 400; i++)
        {
            var fraction = Math.Min(1, decimal.Round(border * (1 + (i / 1_000m)), 6));
            var settings = new TradeSettings { SymbolInfo = Rules, PositionFraction = fraction, Leverage = leverage };

            var quantity = PlanAt(20_000, new Always(Decision.Long), settings, balance: 100_000m).Entry!.Quantity;

            var notional = 100_000m * Math.Min(fraction * leverage, affordable);
            quantity.Should().Be(Math.Min(120m, Math.Floor(notional / 20_000m * 1_000m) / 1_000m), "of a fraction of {0}", fraction);
            kept += fraction < border ? 1 : 0;
        }

        kept.Should().BeInRange(400, 401, "both sides of the border are tried");
    }

    [Fact]
    public void Plan_WholeEquityWhileHolding_LeavesRoomForTheFeeOfClosingToo()
    {
        var settings = new TradeSettings { SymbolInfo = Rules, PositionFraction = 1m, TakerFee = 0.01m };

        // Short 0.5 from 20,000 at 20,000: 10,000 less a fee of 100, / (1.01 x 1.0015 + 0.0005) = 9,782.43.
        PlanAt(20_000, new Always(Decision.Long), settings, position: ShortOne).Entry!.Quantity.Should().Be(0.489m);
    }

    [Fact]
    public void Plan_ShortWhileFlat_Sells() =>
        PlanAt(20_000, new Always(Decision.Short)).Entry!.Side.Should().Be(Side.Sell);

    [Fact]
    public void Plan_LongWhileLong_KeepsThePosition()
    {
        var plan = PlanAt(20_000, new Always(Decision.Long), position: LongOne);

        plan.Exit.Should().BeNull();
        plan.Entry.Should().BeNull();
    }

    [Fact]
    public void Plan_CloseWhileShort_BuysBackReduceOnly()
    {
        var plan = PlanAt(20_000, new Always(Decision.Close), position: ShortOne);

        plan.Exit.Should().BeEquivalentTo(new { Side = Side.Buy, Type = OrderType.Market, Quantity = 0.5m, ReduceOnly = true });
        plan.Entry.Should().BeNull();
    }

    [Fact]
    public void Plan_CloseWhileFlat_OrdersNothing() =>
        PlanAt(20_000, new Always(Decision.Close)).Exit.Should().BeNull();

    [Fact]
    public void Plan_LongWhileShort_ClosesThenEnters()
    {
        var plan = PlanAt(20_000, new Always(Decision.Long), position: ShortOne);

        plan.Exit.Should().BeEquivalentTo(new { Side = Side.Buy, Quantity = 0.5m, ReduceOnly = true });
        plan.Entry.Should().BeEquivalentTo(new { Side = Side.Buy, ReduceOnly = false });
        plan.Entry!.ClientOrderId.Should().NotBe(plan.Exit!.ClientOrderId);
    }

    [Fact]
    public void Plan_HeldMoreThanOneOrderMayClose_ClosesWhatItMayAndEntersNothing()
    {
        var plan = PlanAt(20_000, new Always(Decision.Short), position: new Position(150m, 20_000m), balance: 10_000_000m);

        plan.Exit!.Quantity.Should().Be(120m);
        plan.Entry.Should().BeNull();
    }

    [Fact]
    public void Plan_HeldLessThanTheMinimum_SaysSo()
    {
        var plan = PlanAt(20_000, new Always(Decision.Close), position: new Position(0.0004m, 20_000m));

        plan.Exit.Should().BeNull();
        plan.Denial.Should().Be("the held quantity 0.0004 is below the exchange's minimum of 0.001");
    }

    [Fact]
    public void Plan_EquityLosesOnThePosition_SizesByWhatIsLeft()
    {
        // Short 0.5 from 20,000 at 22,000: 10,000 - 1,000 = 9,000; a tenth of it buys 0.040909.
        var plan = PlanAt(22_000, new Always(Decision.Long), position: ShortOne);

        plan.Entry!.Quantity.Should().Be(0.040m);
    }

    [Fact]
    public void Plan_MaxNotional_CutsTheEntryDown()
    {
        var settings = new TradeSettings { SymbolInfo = Rules, PositionFraction = 1m, Leverage = 5, MaxNotional = 1_000m };

        PlanAt(20_000, new Always(Decision.Long), settings).Entry!.Quantity.Should().Be(0.050m);
    }

    [Fact]
    public void Plan_BelowMinimumQuantity_DeniesAndSaysWhy()
    {
        var plan = PlanAt(20_000, new Always(Decision.Long), balance: 100m);

        plan.Entry.Should().BeNull();
        plan.Denial.Should().Be("a notional of 10 at 20000 is below the exchange's minimum quantity of 0.001");
    }

    [Fact]
    public void Plan_BelowMinimumNotional_DeniesAndSaysWhy()
    {
        var plan = PlanAt(20_000, new Always(Decision.Long), balance: 400m);

        plan.Entry.Should().BeNull();
        plan.Denial.Should().Be("a notional of 40 is below the exchange's minimum of 50");
    }

    [Fact]
    public void Plan_NoEquityLeft_DeniesAndSaysWhy() =>
        PlanAt(20_000, new Always(Decision.Long), balance: 0m).Denial.Should().Be("the equity of 0 leaves nothing to trade with");

    [Theory]
    [InlineData(DecisionAction.Long, 19_999.9)]
    [InlineData(DecisionAction.Short, 20_000.0)]
    public void Plan_LimitPriceOffTheTick_IsNeverMadeWorse(DecisionAction action, double expected)
    {
        var plan = PlanAt(20_000, new Always(new Decision(action) { LimitPrice = 19_999.97m }));

        plan.Entry!.Type.Should().Be(OrderType.Limit);
        plan.Entry.Price.Should().Be((decimal)expected);
    }

    [Fact]
    public void Plan_LimitPriceBelowOneTick_DeniesAndSaysWhy() =>
        PlanAt(20_000, new Always(Decision.Long with { LimitPrice = 0.05m })).Denial
            .Should().Be("the limit price 0.05 is below the exchange's tick of 0.1");

    [Fact]
    public void Plan_NegativeLimitPrice_Throws() =>
        FluentActions.Invoking(() => PlanAt(20_000, new Always(Decision.Long with { LimitPrice = -1m })))
            .Should().Throw<InvalidOperationException>().WithMessage("*limit price of -1; expected one above 0*");

    [Fact]
    public void Plan_UndefinedAction_Throws() =>
        FluentActions.Invoking(() => PlanAt(20_000, new Always(new Decision((DecisionAction)9))))
            .Should().Throw<InvalidOperationException>().WithMessage("*decided 9; expected None, Long, Short or Close*");

    [Fact]
    public void Plan_SameInputsTwice_GivesTheSameOrders()
    {
        var first = PlanAt(20_000, new Always(Decision.Long), position: ShortOne);
        var second = PlanAt(20_000, new Always(Decision.Long), position: ShortOne);

        second.Should().Be(first);
    }

    [Fact]
    public void Plan_DrawdownPassed_ClosesAndStaysTripped()
    {
        var settings = new TradeSettings { SymbolInfo = Rules, MaxDrawdown = 0.2m };
        var risk = PlanAt(20_000, new Always(Decision.None), settings, balance: 10_000m).Risk;

        var tripped = PlanAt(16_000, new Always(Decision.Long), settings, LongOne, balance: 10_000m, risk);
        var later = PlanAt(30_000, new Always(Decision.Long), settings, balance: 10_000m, risk: tripped.Risk);

        tripped.Risk.Tripped.Should().Be(RiskLimit.Drawdown);
        tripped.Decision.Should().Be(Decision.Close.Because("the drawdown limit has tripped"));
        tripped.Exit!.Quantity.Should().Be(0.5m);
        tripped.Entry.Should().BeNull();
        later.Entry.Should().BeNull();
        later.Risk.IsTripped.Should().BeTrue();
        PlanAt(30_000, new Always(Decision.Long), settings, risk: later.Risk.Reset()).Entry.Should().NotBeNull();
    }

    [Fact]
    public void Constructor_SettingsOutsideTheirRanges_ReportsEveryFault() =>
        FluentActions.Invoking(() => new TradeCycle(
                new Always(Decision.None),
                new TradeSettings { SymbolInfo = Rules, BotId = "", PositionFraction = 1.5m, Leverage = 0, MaxNotional = 0, MaxDailyLoss = 2, MaxDrawdown = -1, TakerFee = 1 }))
            .Should().Throw<ArgumentException>()
            .WithMessage("BotId must*PositionFraction must*1.5*Leverage must*0*MaxNotional must*MaxDailyLoss must*2*MaxDrawdown must*-1*TakerFee must be from 0 to below 1, found 1.*");
}
