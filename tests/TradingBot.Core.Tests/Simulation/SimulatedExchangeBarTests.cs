using TradingBot.Market;

namespace TradingBot.Core.Tests.Simulation;

/// <summary>What happens inside one bar, where the order of prices is not known.</summary>
public sealed class SimulatedExchangeBarTests
{
    private readonly Rig _rig = new();

    [Theory]
    [InlineData(Side.Buy, 98, 103)]
    [InlineData(Side.Sell, 103, 98)]
    public void Advance_StopAndTargetInOneBar_TheStopFills(Side entry, int stop, int target)
    {
        var exit = entry == Side.Buy ? Side.Sell : Side.Buy;
        _rig.Open(entry, 1, 100);
        _rig.Target(exit, target);
        _rig.Stop(exit, stop);

        _rig.Bar(100, 104, 97, 101);

        _rig.Exchange.Fills[1].Price.Should().Be(stop);
        _rig.Position.Should().Be(Position.Flat);
    }

    [Fact]
    public void Advance_EntryAtTheOpenWithBracket_StopBeforeTarget()
    {
        _rig.Flat(100);
        _rig.Market(Side.Buy, 1);
        _rig.Stop(Side.Sell, 98);
        _rig.Target(Side.Sell, 103);

        _rig.Bar(100, 104, 97, 101);

        _rig.Exchange.Fills.Select(fill => fill.Price).Should().Equal(100, 98);
    }

    [Fact]
    public void Advance_EntryAtTheOpenTargetAlone_TargetFillsInTheSameBar()
    {
        _rig.Flat(100);
        _rig.Market(Side.Buy, 1);
        _rig.Target(Side.Sell, 103);

        _rig.Bar(100, 104, 97, 101);

        _rig.Exchange.Fills.Select(fill => fill.Price).Should().Equal(100, 103);
    }

    [Fact]
    public void Advance_LimitEntryAndStopInOneBar_BothFill()
    {
        _rig.Flat(100);
        _rig.Limit(Side.Buy, 1, 99);
        _rig.Stop(Side.Sell, 97);

        _rig.Bar(100, 101, 96, 100);

        _rig.Exchange.Fills.Select(fill => fill.Price).Should().Equal(99, 97);
    }

    [Fact]
    public void Advance_LimitEntryAndTargetInOneBar_TheTargetWaits()
    {
        _rig.Flat(100);
        _rig.Limit(Side.Buy, 1, 99);
        _rig.Target(Side.Sell, 103);

        _rig.Bar(100, 104, 98, 102.9);
        _rig.Exchange.Fills.Select(fill => fill.Price).Should().Equal(99);

        _rig.Bar(103.5, 104, 103, 103);
        _rig.Exchange.Fills.Select(fill => fill.Price).Should().Equal(99, 103.5m);
    }

    [Fact]
    public void Advance_LimitEntryAndTargetBeforeTheClose_TheTargetFills()
    {
        _rig.Flat(100);
        _rig.Limit(Side.Buy, 1, 99);
        _rig.Target(Side.Sell, 103);

        _rig.Bar(100, 104, 98, 103.5);

        _rig.Exchange.Fills.Select(fill => fill.Price).Should().Equal(99, 103);
    }

    [Fact]
    public void Advance_LimitEntryAndLimitExitInOneBar_TheExitWaits()
    {
        _rig.Flat(100);
        _rig.Limit(Side.Buy, 1, 99);
        _rig.Limit(Side.Sell, 1, 103);

        _rig.Bar(100, 104, 98, 102);
        _rig.Position.Should().Be(new Position(1, 99));

        _rig.Bar(102, 104, 102, 104);
        _rig.Position.Should().Be(Position.Flat);
        _rig.Exchange.Balance.Should().Be(10_004);
    }

    [Fact]
    public void Advance_StopEntryThenItsStopOnTheOtherSide_IsStoppedOut()
    {
        _rig.Flat(100);
        _rig.Stop(Side.Buy, 105, quantity: 1);
        _rig.Stop(Side.Sell, 98);

        _rig.Bar(100, 106, 95, 104);

        _rig.Exchange.Fills.Select(fill => fill.Price).Should().Equal(105, 98);
    }

    [Fact]
    public void Advance_StopEntryThenTheCloseBelowItsStop_IsStoppedOutOnTheWay()
    {
        _rig.Flat(100);
        _rig.Stop(Side.Buy, 105, quantity: 1);
        _rig.Stop(Side.Sell, 99.5m);

        _rig.Bar(100, 106, 99, 99);

        _rig.Exchange.Fills.Select(fill => fill.Price).Should().Equal(105, 99.5m);
    }

    [Fact]
    public void Advance_TwoStopsOnOneSide_TheNearerFillsFirst()
    {
        _rig.Open(Side.Buy, 2, 100);
        _rig.Stop(Side.Sell, 95, quantity: 2, reduceOnly: true);
        _rig.Stop(Side.Sell, 98, quantity: 1, reduceOnly: true);

        _rig.Bar(100, 100, 94, 95);

        _rig.Exchange.Fills.Skip(1).Select(fill => (fill.Quantity, fill.Price)).Should().Equal((1, 98), (1, 95));
    }

    [Fact]
    public void Advance_StopAndLimitOnOneLevel_TheStopComesFirst()
    {
        _rig.Open(Side.Buy, 1, 100);
        _rig.Limit(Side.Buy, 1, 98);
        _rig.Stop(Side.Sell, 98);

        _rig.Bar(100, 100, 97, 97);

        _rig.Exchange.Fills.Skip(1).Select(fill => (fill.Side, fill.Price)).Should().Equal((Side.Sell, 98), (Side.Buy, 98));
        _rig.Position.Should().Be(new Position(1, 98));
    }

    [Fact]
    public void Advance_GapPastLimitEntryAndItsStop_EntersAndIsStoppedAtTheOpen()
    {
        _rig.Flat(100);
        _rig.Limit(Side.Buy, 1, 99);
        _rig.Stop(Side.Sell, 97);

        _rig.Bar(95, 96, 94, 96);

        _rig.Exchange.Fills.Select(fill => (fill.Side, fill.Price)).Should().Equal((Side.Buy, 99), (Side.Sell, 95));
    }

    [Fact]
    public void Advance_BarOutOfOrder_IsRefused()
    {
        _rig.Flat(100);
        _rig.Now = Rig.Start;

        var again = () => _rig.Flat(100);

        again.Should().Throw<ArgumentException>().WithMessage("The bar of 2026-03-02 00:00:00Z is out of order: BTCUSDT was traded up to 2026-03-02 01:00:00Z.");
    }

    [Fact]
    public void Advance_TickInsideTheBarBefore_IsAccepted()
    {
        _rig.Now = Rig.Start.AddMinutes(30);
        _rig.Tick(100);
        _rig.Market(Side.Buy, 1);
        _rig.Tick(101);
        _rig.Now = Rig.Start;
        _rig.Bar(100, 102, 99, 102);

        _rig.Position.Should().Be(new Position(1, 101));
        _rig.Exchange.Time.Should().Be(Rig.Start.AddHours(1));
        var tooLate = () => _rig.Exchange.AdvanceTick(Rig.Btc, Rig.Start.AddMinutes(59), 100);
        tooLate.Should().Throw<ArgumentException>().WithMessage("The price of 2026-03-02 00:59:00Z is older than the last event of BTCUSDT*");
    }

    [Fact]
    public void Advance_BarOfASeries_IsTheSameAsTheBar()
    {
        Bar[] bars = [new(Rig.Start, TimeSpan.FromHours(1), 100, 101, 99, 100, 1), new(Rig.Start.AddHours(1), TimeSpan.FromHours(1), 102, 103, 101, 103, 1)];
        var series = BarSeries.Create(Rig.Btc, Interval.OneHour, GapPolicy.Reject, bars);

        _rig.Exchange.Advance(series, 0);
        _rig.Market(Side.Buy, 1);
        _rig.Exchange.Advance(series, 1);

        _rig.Position.Should().Be(new Position(1, 102));
        _rig.Exchange.Equity.Should().Be(10_001);
    }
}
