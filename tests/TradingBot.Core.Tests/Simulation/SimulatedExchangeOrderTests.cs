using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Simulation;

public sealed class SimulatedExchangeOrderTests
{
    private readonly Rig _rig = new();

    [Fact]
    public void Submit_MarketBetweenBars_FillsAtTheNextOpen()
    {
        _rig.Flat(100);

        var order = _rig.Market(Side.Buy, 1);
        _rig.Position.IsFlat.Should().BeTrue();
        _rig.Bar(101, 105, 99, 104);

        order.Status.Should().Be(OrderStatus.New);
        _rig.Exchange.Fills.Should().Equal(new Fill
        {
            TradeId = 1,
            Time = Rig.Start.AddHours(1),
            Symbol = Rig.Btc,
            ExchangeOrderId = "1",
            ClientOrderId = "t-1",
            Side = Side.Buy,
            Quantity = 1,
            Price = 101,
            Fee = 0,
            IsMaker = false,
            SlippageCost = 0,
            RealizedProfit = 0,
        });
        _rig.Find(order).Should().BeEquivalentTo(new { Status = OrderStatus.Filled, FilledQuantity = 1m, AveragePrice = 101m, UpdatedAt = Rig.Start.AddHours(1) });
        _rig.Position.Should().Be(new Position(1, 101));
        _rig.Exchange.Equity.Should().Be(10_003);
    }

    [Fact]
    public void AdvanceTick_MarketPending_FillsAtItsPrice()
    {
        _rig.Flat(100);
        _rig.Market(Side.Sell, 2);

        _rig.Tick(100.5m);

        _rig.Position.Should().Be(new Position(-2, 100.5m));
    }

    [Fact]
    public void Advance_CloseThenEntryPending_ReversesInTheOrderOfSubmission()
    {
        _rig.Open(Side.Buy, 1, 100);
        _rig.Market(Side.Sell, 1, reduceOnly: true);
        _rig.Market(Side.Sell, 3);

        _rig.Flat(110);

        _rig.Exchange.Fills.Skip(1).Select(fill => (fill.Quantity, fill.Price, fill.RealizedProfit)).Should().Equal((1, 110, 10), (3, 110, 0));
        _rig.Position.Should().Be(new Position(-3, 110));
        _rig.Exchange.Balance.Should().Be(10_010);
    }

    [Fact]
    public void Advance_MarketLargerThanPosition_TurnsIt()
    {
        _rig.Open(Side.Buy, 1, 100);
        _rig.Market(Side.Sell, 3);

        _rig.Flat(90);

        _rig.Exchange.Fills[1].Should().BeEquivalentTo(new { Quantity = 3m, Price = 90m, RealizedProfit = -10m });
        _rig.Position.Should().Be(new Position(-2, 90));
    }

    [Fact]
    public void Advance_PositionEnlargedThenCutDown_EntryIsTheAverageAndStays()
    {
        _rig.Open(Side.Buy, 1, 100);
        _rig.Open(Side.Buy, 2, 103);
        _rig.Position.Should().Be(new Position(3, 102));

        _rig.Open(Side.Sell, 1, 110);

        _rig.Position.Should().Be(new Position(2, 102));
        _rig.Exchange.Balance.Should().Be(10_008);
    }

    [Theory]
    [InlineData(Side.Buy, 99, 99.0, 101, false)]
    [InlineData(Side.Buy, 99, 98.9, 101, true)]
    [InlineData(Side.Sell, 101, 99, 101.0, false)]
    [InlineData(Side.Sell, 101, 99, 101.1, true)]
    public void Advance_LimitResting_FillsOnlyWhenTradedThrough(Side side, int price, double low, double high, bool fills)
    {
        _rig.Flat(100);
        var order = _rig.Limit(side, 1, price);

        _rig.Bar(100, high, low, 100);

        _rig.Find(order).Status.Should().Be(fills ? OrderStatus.Filled : OrderStatus.New);
        _rig.Exchange.Fills.Select(fill => (fill.Price, fill.IsMaker, fill.Time)).Should().Equal(
            fills ? [((decimal)price, true, Rig.Start.AddHours(2).AddMilliseconds(-1))] : []);
    }

    [Fact]
    public void Advance_OpenGapsThroughRestingLimit_FillsAtTheLimitWithoutImprovement()
    {
        _rig.Flat(100);
        _rig.Limit(Side.Buy, 1, 99);

        _rig.Bar(97, 98, 96, 98);

        _rig.Exchange.Fills.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Price = 99m, IsMaker = true, Time = Rig.Start.AddHours(1) });
    }

    [Fact]
    public void Advance_LimitMarketableWhenSubmitted_TakesAtTheOpen()
    {
        _rig.Flat(100);
        _rig.Limit(Side.Buy, 1, 102);

        _rig.Bar(101, 101, 101, 101);

        _rig.Exchange.Fills.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Price = 101m, IsMaker = false });
    }

    [Fact]
    public void Advance_LimitMarketableButTheMarketLeft_RestsAsMaker()
    {
        _rig.Flat(100);
        _rig.Limit(Side.Buy, 1, 100);

        _rig.Bar(100, 101, 99.9, 101);

        _rig.Exchange.Fills.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Price = 100m, IsMaker = true });
    }

    [Theory]
    [InlineData(99.9, OrderStatus.Filled)]
    [InlineData(100, OrderStatus.Expired)]
    [InlineData(100.1, OrderStatus.Expired)]
    public void Advance_ImmediateOrCancel_FillsAtTheNextPriceOrExpires(double open, OrderStatus expected)
    {
        _rig.Flat(100);
        var order = _rig.Limit(Side.Buy, 1, 100, TimeInForce.ImmediateOrCancel);

        _rig.Bar(open, 101, 90, 100);

        _rig.Find(order).Status.Should().Be(expected);
        _rig.Exchange.Fills.Select(fill => fill.Price).Should().Equal(expected == OrderStatus.Filled ? [(decimal)open] : []);
        _rig.Exchange.OpenOrdersOf(Rig.Btc).Should().BeEmpty();
    }

    [Fact]
    public void Advance_PostOnly_FillsAsMaker()
    {
        _rig.Flat(100);
        _rig.Limit(Side.Sell, 1, 101, TimeInForce.PostOnly);

        _rig.Bar(100, 102, 100, 100);

        _rig.Exchange.Fills.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Price = 101m, IsMaker = true });
    }

    [Theory]
    [InlineData(98.1, OrderStatus.New, 0)]
    [InlineData(98.0, OrderStatus.Filled, 98)]
    [InlineData(95.0, OrderStatus.Filled, 98)]
    public void Advance_StopOfALong_FillsAtTheTriggerWhenTouched(double low, OrderStatus expected, int price)
    {
        _rig.Open(Side.Buy, 1, 100);
        var stop = _rig.Stop(Side.Sell, 98);

        _rig.Bar(100, 101, low, 100);

        _rig.Find(stop).Status.Should().Be(expected);
        _rig.Exchange.Fills.Skip(1).Select(fill => fill.Price).Should().Equal(expected == OrderStatus.Filled ? [price] : []);
    }

    [Fact]
    public void Advance_OpenGapsPastTheStop_FillsAtTheOpen()
    {
        _rig.Open(Side.Sell, 1, 100);
        _rig.Stop(Side.Buy, 102);

        _rig.Bar(105, 106, 104, 104);

        _rig.Exchange.Fills[1].Should().BeEquivalentTo(new { Price = 105m, RealizedProfit = -5m, Time = Rig.Start.AddHours(2) });
    }

    [Fact]
    public void Advance_TakeProfitTouched_FillsAtTheTrigger()
    {
        _rig.Open(Side.Sell, 1, 100);
        var target = _rig.Target(Side.Buy, 95);

        _rig.Bar(100, 101, 95, 99);

        _rig.Find(target).AveragePrice.Should().Be(95);
        _rig.Exchange.Balance.Should().Be(10_005);
    }

    [Fact]
    public void Advance_StopEntry_OpensAtTheTrigger()
    {
        _rig.Flat(100);
        _rig.Stop(Side.Buy, 103, quantity: 2);

        _rig.Bar(100, 104, 100, 104);

        _rig.Position.Should().Be(new Position(2, 103));
    }

    [Fact]
    public void Advance_ReduceOnlyLargerThanPosition_FillsUpToThePosition()
    {
        _rig.Open(Side.Buy, 1, 100);
        var order = _rig.Market(Side.Sell, 5, reduceOnly: true);

        _rig.Flat(100);

        _rig.Position.Should().Be(Position.Flat);
        _rig.Find(order).Should().BeEquivalentTo(new { Status = OrderStatus.Expired, FilledQuantity = 1m, RejectReason = RejectReason.ReduceOnly });
    }

    [Fact]
    public void Advance_SecondReduceOnlyFindsNothingLeft_Expires()
    {
        _rig.Open(Side.Buy, 1, 100);
        _rig.Limit(Side.Sell, 1, 105, reduceOnly: true);
        var second = _rig.Limit(Side.Sell, 1, 106, reduceOnly: true);

        _rig.Bar(100, 110, 100, 108);

        _rig.Position.Should().Be(Position.Flat);
        _rig.Exchange.Fills.Should().HaveCount(2);
        _rig.Find(second).Should().BeEquivalentTo(new { Status = OrderStatus.Expired, FilledQuantity = 0m, RejectReason = RejectReason.ReduceOnly });
    }

    [Fact]
    public void Advance_PositionClosedBefore_ProtectiveOrderStaysUntilItTriggers()
    {
        _rig.Open(Side.Buy, 1, 100);
        var stop = _rig.Stop(Side.Sell, 98);
        _rig.Open(Side.Sell, 1, 101);

        _rig.Exchange.OpenOrdersOf(Rig.Btc).Should().ContainSingle().Which.ClientOrderId.Should().Be(stop.ClientOrderId);
        _rig.Bar(101, 101, 97, 99);

        _rig.Find(stop).Should().BeEquivalentTo(new { Status = OrderStatus.Expired, RejectReason = RejectReason.ReduceOnly });
        _rig.Exchange.Fills.Should().HaveCount(2);
    }

    [Fact]
    public void Advance_ClosePositionStop_ClosesWhateverIsHeld()
    {
        _rig.Open(Side.Buy, 1, 100);
        _rig.Stop(Side.Sell, 98);
        _rig.Open(Side.Buy, 2.5m, 100);

        _rig.Bar(100, 100, 98, 98);

        _rig.Position.Should().Be(Position.Flat);
        _rig.Exchange.Fills[^1].Quantity.Should().Be(3.5m);
    }

    [Fact]
    public void Cancel_OpenOrder_NeverFills()
    {
        _rig.Flat(100);
        var order = _rig.Limit(Side.Buy, 1, 99);

        _rig.Exchange.Cancel(Rig.Btc, order.ClientOrderId)!.Status.Should().Be(OrderStatus.Canceled);
        _rig.Bar(100, 100, 90, 95);

        _rig.Exchange.Fills.Should().BeEmpty();
        _rig.Find(order).Status.Should().Be(OrderStatus.Canceled);
    }

    [Fact]
    public void Cancel_FinishedOrder_StaysAsItWas()
    {
        _rig.Flat(100);
        var order = _rig.Market(Side.Buy, 1);
        _rig.Flat(100);

        _rig.Exchange.Cancel(Rig.Btc, order.ClientOrderId)!.Status.Should().Be(OrderStatus.Filled);
        _rig.Exchange.Cancel(Rig.Btc, "unknown").Should().BeNull();
        _rig.Exchange.Find(Rig.Btc, "unknown").Should().BeNull();
    }

    [Fact]
    public void Find_ManyOrdersCanceled_RemembersTheLatestThousandOnly()
    {
        _rig.Flat(100);
        for (var i = 0; i < 1_001; i++)
        {
            _rig.Exchange.Cancel(Rig.Btc, _rig.Limit(Side.Buy, 1, 99).ClientOrderId);
        }

        _rig.Exchange.Find(Rig.Btc, "t-1").Should().BeNull();
        _rig.Exchange.Find(Rig.Btc, "t-2")!.Status.Should().Be(OrderStatus.Canceled);
    }

    [Fact]
    public void Submit_IdOfAFinishedOrder_IsANewOrder()
    {
        _rig.Flat(100);
        _rig.Market(Side.Buy, 1, id: "same");
        _rig.Flat(100);

        _rig.Market(Side.Buy, 2, id: "same").Status.Should().Be(OrderStatus.New);
        _rig.Flat(100);

        _rig.Position.Quantity.Should().Be(3);
        _rig.Exchange.Find(Rig.Btc, "same")!.FilledQuantity.Should().Be(2);
    }

    [Fact]
    public void Observer_OrderFilled_IsToldInOrder()
    {
        var rig = new Rig(Rig.Free() with { TakerFeeRate = 0.001m });
        var told = new List<string>();
        rig.Exchange.Observer = happened => told.Add(happened switch
        {
            ExchangeEvent.OrderChanged changed => changed.Order.Status.ToString(),
            ExchangeEvent.Filled filled => $"fill {filled.Fill.Quantity}",
            ExchangeEvent.BalanceChanged balance => $"{balance.Entry.Kind} {balance.Entry.Amount:0.###}",
            _ => "?",
        });

        rig.Open(Side.Buy, 1, 100);

        told.Should().Equal("New", "Fee -0.1", "fill 1", "Filled");
    }
}
