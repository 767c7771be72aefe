using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.Core.Tests.Simulation;

/// <summary>Bars that hide the order of events, on both paths; and bars that do not.</summary>
public sealed class IntrabarPathTests
{
    private static readonly FundingSchedule EightHourly = FundingSchedule.Fixed(0.0001m);

    [Theory]
    [InlineData(Side.Buy, 98, 103)]
    [InlineData(Side.Sell, 103, 98)]
    public void Advance_StopAndTarget_EitherComesFirst(Side entry, int stop, int target)
    {
        var exit = entry == Side.Buy ? Side.Sell : Side.Buy;
        var both = Both.Of(rig =>
        {
            rig.Open(entry, 1, 100);
            rig.Target(exit, target);
            rig.Stop(exit, stop);
            rig.Bar(100, 104, 97, 101);
        });

        both.Conservative.Should().Equal(100, stop);
        both.Optimistic.Should().Equal(100, target);
        both.Ambiguous.Should().Be(1);
    }

    [Fact]
    public void Advance_StopAndLimitExit_EitherComesFirst()
    {
        var both = Both.Of(rig =>
        {
            rig.Open(Side.Buy, 1, 100);
            rig.Limit(Side.Sell, 1, 103, reduceOnly: true);
            rig.Stop(Side.Sell, 98);
            rig.Bar(100, 104, 97, 101);
        });

        both.Conservative.Should().Equal(100, 98);
        both.Optimistic.Should().Equal(100, 103);
        both.Ambiguous.Should().Be(1);
    }

    [Fact]
    public void Advance_EntryAtTheOpenWithBracket_EitherComesFirst()
    {
        var both = Both.Of(rig =>
        {
            rig.Flat(100);
            rig.Market(Side.Buy, 1);
            rig.Stop(Side.Sell, 98);
            rig.Target(Side.Sell, 103);
            rig.Bar(100, 104, 97, 101);
        });

        both.Conservative.Should().Equal(100, 98);
        both.Optimistic.Should().Equal(100, 103);
        both.Ambiguous.Should().Be(1);
    }

    [Fact]
    public void Advance_LimitEntryAndTarget_TheTargetWaitsOrFills()
    {
        var both = Both.Of(rig =>
        {
            rig.Flat(100);
            rig.Limit(Side.Buy, 1, 99);
            rig.Limit(Side.Sell, 1, 103);
            rig.Bar(100, 104, 98, 102);
        });

        both.Conservative.Should().Equal(99);
        both.Optimistic.Should().Equal(99, 103);
        both.Ambiguous.Should().Be(1);
    }

    [Fact]
    public void Advance_LimitEntryWithBracket_TurnsToTheTargetBeforeTheStop()
    {
        var both = Both.Of(rig =>
        {
            rig.Flat(100);
            rig.Limit(Side.Buy, 1, 99);
            rig.Stop(Side.Sell, 97);
            rig.Target(Side.Sell, 103);
            rig.Bar(100, 104, 96, 100);
        });

        both.Conservative.Should().Equal(99, 97);
        both.Optimistic.Should().Equal(99, 103);
        both.Ambiguous.Should().Be(1);
    }

    [Fact]
    public void Advance_StopEntryAndItsStop_TheFallComesAfterTheEntryOrBefore()
    {
        var both = Both.Of(rig =>
        {
            rig.Flat(100);
            rig.Stop(Side.Buy, 105, quantity: 1);
            rig.Stop(Side.Sell, 98);
            rig.Bar(100, 106, 95, 104);
        });

        both.Conservative.Should().Equal(105, 98);
        both.Optimistic.Should().Equal(105);
        both.Ambiguous.Should().Be(1);
    }

    [Fact]
    public void Advance_StopEntryAndTargetOnOneSide_TheTargetWaitsOrFills()
    {
        var both = Both.Of(rig =>
        {
            rig.Flat(100);
            rig.Stop(Side.Buy, 105, quantity: 1);
            rig.Limit(Side.Sell, 1, 108);
            rig.Bar(100, 109, 99, 106);
        });

        both.Conservative.Should().Equal(105);
        both.Optimistic.Should().Equal(105, 108);
        both.Ambiguous.Should().Be(1);
    }

    [Fact]
    public void Advance_LiquidationAndTarget_EitherComesFirst()
    {
        var both = Both.Of(
            rig =>
            {
                rig.Open(Side.Buy, 1, 100);
                rig.Target(Side.Sell, 105);
                rig.Bar(100, 106, 85, 95);
            },
            Rig.Free() with { Leverage = 10 });

        both.Conservative.Should().HaveCount(2).And.Subject.Last().Should().BeInRange(90, 91);
        both.Optimistic.Should().Equal(100, 105);
        both.Ambiguous.Should().Be(1);
    }

    [Fact]
    public void Advance_StopEntryAndItsLiquidation_TheRiseComesAfterTheEntryOrBefore()
    {
        // Short at 95 with a margin of 1.90: liquidated from about 96.5 on, which lies between entry and open.
        var both = Both.Of(
            rig =>
            {
                rig.Flat(100);
                rig.Stop(Side.Sell, 95, quantity: 1);
                rig.Bar(100, 101, 94, 95);
            },
            Rig.Free() with { Leverage = 50 });

        both.Conservative.Should().HaveCount(2).And.Subject.Last().Should().BeInRange(96, 97);
        both.Optimistic.Should().Equal(95);
        both.Ambiguous.Should().Be(1);
    }

    [Theory]
    [InlineData(Side.Buy, 99, 98, -0.02, 0)]
    [InlineData(Side.Sell, 101, 102, 0, 0.02)]
    public void Advance_StoppedOutWhenFundingFellDueInsideTheBar_ItWasHeldOrNot(Side side, int stop, int close, double conservative, double optimistic)
    {
        var both = Both.Of(
            rig =>
            {
                Day(rig, 100, 100);
                rig.Market(side, 1);
                rig.Stop(side == Side.Buy ? Side.Sell : Side.Buy, stop);
                Day(rig, 100, close);
            },
            Rig.Free(EightHourly));

        both.Conservative.Should().Equal(100, stop).And.Equal(both.Optimistic);
        both.Funding.Should().Be(((decimal)conservative, (decimal)optimistic));
        both.Ambiguous.Should().Be(1);
    }

    [Theory]
    [InlineData(Side.Buy, 99, 98, -0.0198, 0)]
    [InlineData(Side.Sell, 101, 102, 0, 0.0202)]
    public void Advance_EnteredWhenFundingFellDueInsideTheBar_ItWasHeldOrNot(Side side, int limit, int close, double conservative, double optimistic)
    {
        var both = Both.Of(
            rig =>
            {
                Day(rig, 100, 100);
                rig.Limit(side, 1, limit);
                Day(rig, 100, close);
            },
            Rig.Free(EightHourly));

        both.Conservative.Should().Equal(limit).And.Equal(both.Optimistic);
        both.Funding.Should().Be(((decimal)conservative, (decimal)optimistic));
        both.Ambiguous.Should().Be(1);
    }

    [Fact]
    public void Advance_OneThingOnOneSide_IsNotAmbiguous()
    {
        Action<Rig>[] certain =
        [
            rig => rig.Bar(100, 104, 97, 101),
            rig =>
            {
                rig.Stop(Side.Sell, 98);
                rig.Bar(100, 104, 97, 101);
            },
            rig =>
            {
                rig.Target(Side.Sell, 103);
                rig.Bar(100, 104, 97, 101);
            },
            rig =>
            {
                rig.Stop(Side.Sell, 98);
                rig.Target(Side.Sell, 105);
                rig.Bar(100, 104, 97, 101);
            },
            rig =>
            {
                rig.Stop(Side.Sell, 98, quantity: 0.5m, reduceOnly: true);
                rig.Stop(Side.Sell, 97);
                rig.Limit(Side.Buy, 1, 97.5m);
                rig.Bar(100, 104, 96, 101);
            },
            rig =>
            {
                // A gap past the stop: all happens at the open.
                rig.Stop(Side.Sell, 98);
                rig.Target(Side.Sell, 103);
                rig.Bar(95, 110, 90, 100);
            },
        ];

        certain.Should().AllSatisfy(act =>
        {
            var both = Both.Of(rig =>
            {
                rig.Open(Side.Buy, 1, 100);
                act(rig);
            });
            both.Ambiguous.Should().Be(0);
            both.Optimistic.Should().Equal(both.Conservative);
        });
    }

    [Fact]
    public void Advance_LimitEntryAndTheStopBeyondIt_IsNotAmbiguous()
    {
        var both = Both.Of(rig =>
        {
            rig.Flat(100);
            rig.Limit(Side.Buy, 1, 99);
            rig.Stop(Side.Sell, 97);
            rig.Bar(100, 101, 96, 100);
        });

        both.Conservative.Should().Equal(99, 97).And.Equal(both.Optimistic);
        both.Ambiguous.Should().Be(0);
    }

    [Fact]
    public void Advance_HeldThroughFunding_IsNotAmbiguous()
    {
        var both = Both.Of(
            rig =>
            {
                Day(rig, 100, 100);
                rig.Market(Side.Buy, 1);
                Day(rig, 100, 98);
                Day(rig, 98, 103);
            },
            Rig.Free(EightHourly));

        both.Funding.Should().Be((-0.02m - 0.0294m, -0.02m - 0.0294m));
        both.Ambiguous.Should().Be(0);
    }

    [Fact]
    public void Advance_StoppedOutAtARateOfZero_IsNotAmbiguous()
    {
        var both = Both.Of(
            rig =>
            {
                Day(rig, 100, 100);
                rig.Market(Side.Buy, 1);
                rig.Stop(Side.Sell, 99);
                Day(rig, 100, 98);
            },
            Rig.Free(FundingSchedule.Fixed(0)));

        both.Conservative.Should().Equal(100, 99);
        both.Ambiguous.Should().Be(0);
    }

    [Fact]
    public void IntrabarPath_Unknown_IsRefused() =>
        FluentActions.Invoking(() => Rig.Free() with { IntrabarPath = (IntrabarPath)7 })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("Expected the conservative or the optimistic path.*");

    private static void Day(Rig rig, double open, double close) =>
        rig.Bar(Rig.Btc, TimeSpan.FromDays(1), open, Math.Max(open, close), Math.Min(open, close), close);

    /// <summary>The prices at which the same orders filled on both paths, the funding booked, and the ambiguous bars of the conservative one.</summary>
    private sealed record Both(decimal[] Conservative, decimal[] Optimistic, (decimal Conservative, decimal Optimistic) Funding, int Ambiguous)
    {
        public static Both Of(Action<Rig> act, SimulatedExchangeOptions? options = null)
        {
            var (conservative, optimistic) = (Run(act, options, IntrabarPath.Conservative), Run(act, options, IntrabarPath.Optimistic));
            return new Both(
                [.. conservative.Exchange.Fills.Select(fill => fill.Price)],
                [.. optimistic.Exchange.Fills.Select(fill => fill.Price)],
                (conservative.Booked(LedgerEntryKind.Funding), optimistic.Booked(LedgerEntryKind.Funding)),
                conservative.Exchange.AmbiguousBars);
        }

        private static Rig Run(Action<Rig> act, SimulatedExchangeOptions? options, IntrabarPath path)
        {
            var rig = new Rig((options ?? Rig.Free()) with { IntrabarPath = path });
            act(rig);
            rig.LedgerShouldAddUp();
            return rig;
        }
    }
}
