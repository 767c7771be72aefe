using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Simulation;

public sealed class SimulatedExchangeFundingTests
{
    private static readonly FundingSchedule EightHourly = FundingSchedule.Fixed(0.0001m);

    [Theory]
    [InlineData(Side.Buy, -0.024)]
    [InlineData(Side.Sell, 0.024)]
    public void Advance_HeldAtTheInstant_LongPaysAndShortReceivesAtTheOpen(Side side, double amount)
    {
        var rig = RigHolding(side, 2, until: 8);

        rig.Bar(120, 130, 110, 125);

        rig.Exchange.Ledger.Should().Equal(new LedgerEntry(Rig.Start.AddHours(8), Rig.Btc, LedgerEntryKind.Funding, (decimal)amount));
        rig.Exchange.Balance.Should().Be(10_000 + (decimal)amount);
    }

    [Fact]
    public void Advance_OpenedAtTheInstant_PaysNothing()
    {
        var rig = RigHolding(Side.Buy, 0, until: 8);
        rig.Market(Side.Buy, 2);

        rig.Flat(120);

        rig.Exchange.Ledger.Should().BeEmpty();
        rig.Position.Quantity.Should().Be(2);
    }

    [Fact]
    public void Advance_ClosedAtTheInstant_PaysBeforeTheClose()
    {
        var rig = RigHolding(Side.Buy, 2, until: 8);
        rig.Market(Side.Sell, 2, reduceOnly: true);

        rig.Flat(120);

        rig.Exchange.Ledger.Select(entry => (entry.Kind, entry.Amount)).Should().Equal((LedgerEntryKind.Funding, -0.024m), (LedgerEntryKind.RealizedProfit, 40));
    }

    [Fact]
    public void Advance_TicksAroundTheInstant_PaysOnceAtTheFirstPriceAfter()
    {
        var rig = RigHolding(Side.Buy, 2, until: 8);

        rig.Now = Rig.Start.AddHours(8).AddSeconds(3);
        rig.Tick(110);
        rig.Tick(115);

        rig.Exchange.Ledger.Should().ContainSingle().Which.Should().Be(new LedgerEntry(Rig.Start.AddHours(8), Rig.Btc, LedgerEntryKind.Funding, -0.022m));
    }

    [Fact]
    public void Advance_InstantsInsideADailyBar_PaysAtItsOpenOnWhatIsHeldThen()
    {
        var rig = new Rig(Rig.Free(EightHourly));
        Day(rig, 100, 100);
        rig.Market(Side.Buy, 1);

        Day(rig, 120, 100);

        rig.Exchange.Ledger.Select(entry => (entry.Time.Hour, entry.Amount)).Should().Equal((8, -0.012m), (16, -0.012m));
    }

    [Fact]
    public void Advance_StoppedOutInsideADailyBar_PaysButDoesNotReceive()
    {
        var payer = new Rig(Rig.Free(EightHourly));
        Day(payer, 100, 100);
        payer.Market(Side.Buy, 1);
        payer.Stop(Side.Sell, 99);
        Day(payer, 100, 98);
        var receiver = new Rig(Rig.Free(EightHourly));
        Day(receiver, 100, 100);
        receiver.Market(Side.Sell, 1);
        receiver.Stop(Side.Buy, 101);
        Day(receiver, 100, 102);

        payer.Booked(LedgerEntryKind.Funding).Should().Be(-0.02m);
        receiver.Booked(LedgerEntryKind.Funding).Should().Be(0);
        receiver.Position.Should().Be(Position.Flat);
    }

    [Fact]
    public void Advance_HeldThroughADailyBar_Receives()
    {
        var rig = new Rig(Rig.Free(EightHourly));
        Day(rig, 100, 100);
        rig.Market(Side.Sell, 1);

        Day(rig, 100, 90);
        Day(rig, 90, 90);

        rig.Exchange.Ledger.Select(entry => entry.Amount).Should().Equal(0.01m, 0.01m, 0.009m, 0.009m, 0.009m);
    }

    [Fact]
    public void Advance_QuietBarsInBetween_EveryInstantIsPaidOnce()
    {
        var rig = RigHolding(Side.Buy, 1, until: 2);

        for (var i = 2; i <= 48; i++)
        {
            rig.Flat(100);
        }

        rig.Exchange.Ledger.Select(entry => entry.Time).Should().Equal(Enumerable.Range(1, 6).Select(i => Rig.Start.AddHours(8 * i)));
        rig.LedgerShouldAddUp();
    }

    [Fact]
    public void Advance_IsolatedPosition_FundingComesOutOfItsMargin()
    {
        var rig = RigHolding(Side.Buy, 2, until: 8);
        var before = rig.Exchange.RiskOf(Rig.Btc).IsolatedWallet;

        rig.Flat(100);

        rig.Exchange.RiskOf(Rig.Btc).IsolatedWallet.Should().Be(before - 0.02m);
    }

    [Fact]
    public void Advance_FundingLargerThanTheMargin_TakesTheMarginAndLiquidates()
    {
        var rig = new Rig(Rig.Free(FundingSchedule.Fixed(0.5m)) with { Leverage = 10 });
        rig.Open(Side.Buy, 1, 100);
        while (rig.Now < Rig.Start.AddHours(8))
        {
            rig.Flat(100);
        }

        rig.Flat(100);

        rig.Position.Should().Be(Position.Flat);
        rig.Exchange.Balance.Should().Be(9_990);
        rig.LedgerShouldAddUp();
    }

    [Fact]
    public void FromHistory_RatesOfAnyOrder_ArePaidAtTheirMinutes()
    {
        var history = FundingSchedule.FromHistory(
        [
            new FundingRate(Rig.Start.AddHours(4), -0.0002m),
            new FundingRate(Rig.Start.AddHours(3).AddMilliseconds(7), 0.0001m),
        ]);
        var rig = new Rig(Rig.Free(history));
        rig.Open(Side.Buy, 1, 100);
        for (var i = 2; i < 24; i++)
        {
            rig.Flat(100);
        }

        rig.Exchange.Ledger.Select(entry => (entry.Time.Hour, entry.Amount)).Should().Equal((3, -0.01m), (4, 0.02m));
        history.NextAfter(Rig.Start.AddHours(3)).Should().Be(new FundingRate(Rig.Start.AddHours(4), -0.0002m));
        history.NextAfter(Rig.Start.AddHours(4)).Should().BeNull();
    }

    [Fact]
    public void Schedules_OutOfRange_AreRefused()
    {
        Action[] faults =
        [
            () => FundingSchedule.Fixed(0.0001m, TimeSpan.FromHours(7)),
            () => FundingSchedule.Fixed(0.0001m, TimeSpan.Zero),
            () => FundingSchedule.FromHistory([new FundingRate(Rig.Start, 0), new FundingRate(Rig.Start.AddSeconds(5), 0)]),
        ];

        faults.Should().AllSatisfy(fault => fault.Should().Throw<ArgumentException>());
        FundingSchedule.Fixed(0.0001m, TimeSpan.FromHours(4)).NextAfter(Rig.Start).Should().Be(new FundingRate(Rig.Start.AddHours(4), 0.0001m));
        FundingSchedule.None.NextAfter(Rig.Start).Should().BeNull();
    }

    private static void Day(Rig rig, double open, double close) =>
        rig.Bar(Rig.Btc, TimeSpan.FromDays(1), open, Math.Max(open, close), Math.Min(open, close), close);

    private static Rig RigHolding(Side side, decimal quantity, int until)
    {
        var rig = new Rig(Rig.Free(EightHourly));
        rig.Flat(100);
        if (quantity > 0)
        {
            rig.Market(side, quantity).Status.Should().Be(OrderStatus.New);
        }

        while (rig.Now < Rig.Start.AddHours(until))
        {
            rig.Flat(100);
        }

        return rig;
    }
}
