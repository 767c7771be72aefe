using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Simulation;

/// <summary>What the two paths owe each other in one bar, for orders and prices drawn at random.</summary>
public sealed class IntrabarPathPropertyTests
{
    [Fact]
    public void Advance_ReduceOnlyStopsAndTargets_OptimisticNeverEndsLower()
    {
        var (ambiguous, better, liquidated, funded) = (0, 0, 0, 0);
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var seed = random.Next();
                var (conservative, optimistic) = (Protected(seed, IntrabarPath.Conservative), Protected(seed, IntrabarPath.Optimistic));

                optimistic.Exchange.Equity.Should().BeGreaterThanOrEqualTo(conservative.Exchange.Equity, $"of seed {seed}");
                conservative.LedgerShouldAddUp();
                optimistic.LedgerShouldAddUp();
                if (conservative.Exchange.AmbiguousBars == 0)
                {
                    optimistic.Exchange.Fills.Should().Equal(conservative.Exchange.Fills);
                    optimistic.Exchange.Ledger.Should().Equal(conservative.Exchange.Ledger);
                }

                ambiguous += conservative.Exchange.AmbiguousBars;
                better += optimistic.Exchange.Equity > conservative.Exchange.Equity ? 1 : 0;
                liquidated += conservative.Exchange.Fills.Count(fill => fill.IsLiquidation);
                funded += conservative.Booked(LedgerEntryKind.Funding) != optimistic.Booked(LedgerEntryKind.Funding) ? 1 : 0;
            },
            runs: 4_000);

        // Every corner must be reached for the comparison to mean something.
        ambiguous.Should().BeInRange(500, 3_500);
        better.Should().BeGreaterThan(300);
        liquidated.Should().BeGreaterThan(50);
        funded.Should().BeGreaterThan(50);
    }

    [Fact]
    public void Advance_AnyOrdersInBarsThatAreNotAmbiguous_BothPathsAgree()
    {
        var (fills, stopped) = (0, 0);
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var seed = random.Next();
                var (conservative, optimistic) = (new RandomTrading(new Random(seed), IntrabarPath.Conservative), new RandomTrading(new Random(seed), IntrabarPath.Optimistic));
                for (var i = 0; i < 60; i++)
                {
                    conservative.Step();
                    optimistic.Step();
                    if (conservative.Exchange.AmbiguousBars > 0)
                    {
                        stopped++;
                        break;
                    }

                    optimistic.Exchange.AmbiguousBars.Should().Be(0);
                    optimistic.Exchange.Fills.Should().Equal(conservative.Exchange.Fills, $"of seed {seed}");
                    optimistic.Exchange.Ledger.Should().Equal(conservative.Exchange.Ledger, $"of seed {seed}");
                    optimistic.Exchange.OpenOrdersOf(Rig.Btc).Should().Equal(conservative.Exchange.OpenOrdersOf(Rig.Btc));
                }

                fills += Math.Min(optimistic.Exchange.Fills.Count, conservative.Exchange.Fills.Count);
            },
            runs: 1_500);

        fills.Should().BeGreaterThan(5_000);
        stopped.Should().BeGreaterThan(500);
    }

    // A position held from before, or a limit entry, with up to three stops and targets that only reduce, and one bar.
    private static Rig Protected(int seed, IntrabarPath path)
    {
        var random = new Random(seed);
        var isDaily = random.Next(2) == 0;
        var rig = new Rig(Rig.Free(FundingSchedule.Fixed(random.Next(-20, 20) * 0.0001m)) with
        {
            IntrabarPath = path,
            Leverage = random.Next(3) == 0 ? random.Next(20, 60) : random.Next(1, 5),
            MarginMode = random.Next(2) == 0 ? MarginMode.Isolated : MarginMode.Cross,
            InitialBalance = 2_000,
            MakerFeeRate = random.Next(2) * 0.0002m,
            TakerFeeRate = random.Next(2) * 0.0005m,
            Slippage = random.Next(2) == 0 ? SlippageModel.None : SlippageModel.Fixed(0.0002m),
        });
        var side = (Side)random.Next(1, 3);
        var exit = side == Side.Buy ? Side.Sell : Side.Buy;
        var toward = side == Side.Buy ? 1 : -1;
        decimal Away(int sign) => decimal.Round(1_000m + (sign * toward * (decimal)random.NextDouble() * 60m), 1);
        rig.Flat(1_000);
        if (random.Next(3) > 0)
        {
            rig.Market(side, 1).Status.Should().Be(OrderStatus.New);
            rig.Flat(1_000);
        }
        else
        {
            rig.Limit(side, 1, Away(-1));
        }

        rig.Now = Rig.Start.AddDays(1);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var quantity = random.Next(2) == 0 ? 0 : random.Next(1, 10) * 0.1m;
            switch (random.Next(3))
            {
                case 0:
                    rig.Stop(exit, Away(-1), quantity, reduceOnly: quantity > 0);
                    break;
                case 1:
                    rig.Target(exit, Away(1), quantity, reduceOnly: quantity > 0);
                    break;
                default:
                    rig.Limit(exit, 0.5m, Away(1), reduceOnly: true);
                    break;
            }
        }

        double Tick(double value) => Math.Round(value, 1);
        var close = Tick(1_000 + ((random.NextDouble() - 0.5) * 80));
        var high = Math.Max(Tick(1_000 + (random.NextDouble() * 60)), Math.Max(1_000, close));
        var low = Math.Min(Tick(1_000 - (random.NextDouble() * 60)), Math.Min(1_000, close));
        rig.Bar(Rig.Btc, isDaily ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1), 1_000, high, low, close);
        return rig;
    }
}
