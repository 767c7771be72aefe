using FsCheck;
using FsCheck.Fluent;
using TradingBot.Simulation;

namespace TradingBot.Core.Tests.Simulation;

/// <summary>What must hold whatever orders meet whatever bars.</summary>
public sealed class SimulatedExchangePropertyTests
{
    private const int Bars = 60;
    private static readonly Gen<int> Seeds = Gen.Choose(0, int.MaxValue - 1);

    [Fact]
    public void Advance_AnyOrdersAndBars_TheAccountStaysTrue()
    {
        var fills = new List<Fill>();
        var kinds = new HashSet<LedgerEntryKind>();
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var run = new RandomTrading(random);
                for (var i = 0; i < Bars; i++)
                {
                    run.Step();
                }

                fills.AddRange(run.Exchange.Fills);
                kinds.UnionWith(run.Exchange.Ledger.Select(entry => entry.Kind));
            },
            runs: 1_500);

        // The streams must reach every corner for the properties to mean something.
        fills.Count(fill => fill.IsMaker).Should().BeGreaterThan(3_000);
        fills.Count(fill => !fill.IsMaker).Should().BeGreaterThan(3_000);
        fills.Count(fill => fill.IsLiquidation).Should().BeGreaterThan(200);
        kinds.Should().BeEquivalentTo(Enum.GetValues<LedgerEntryKind>());
    }

    [Fact]
    public void Advance_SameStreamTwice_GivesTheSameFillsAndLedger() => Properties.ForAll(
        Seeds,
        seed =>
        {
            var (first, second) = (Finished(seed), Finished(seed));
            second.Fills.Should().Equal(first.Fills);
            second.Ledger.Should().Equal(first.Ledger);
        },
        runs: 200);

    [Fact]
    public void Advance_QuietBarsTradedInFull_ChangesNothing() => Properties.ForAll(
        Seeds,
        seed =>
        {
            var (quick, slow) = (Finished(seed), Finished(seed, disturb: true));
            slow.Fills.Select(Trade).Should().Equal(quick.Fills.Select(Trade));
            slow.Ledger.Should().Equal(quick.Ledger);
        },
        runs: 500);

    [Fact]
    public void Advance_FilledOrdersForgotten_ChangesNothingElse() => Properties.ForAll(
        Seeds,
        seed =>
        {
            var keeping = new RandomTrading(new Random(seed));
            var forgetting = new RandomTrading(new Random(seed), forgetsFilledOrders: true);
            for (var i = 0; i < Bars; i++)
            {
                keeping.Step();
                forgetting.Step();
                forgetting.Exchange.OpenOrdersOf(Rig.Btc).Should().Equal(keeping.Exchange.OpenOrdersOf(Rig.Btc));
            }

            forgetting.Exchange.Fills.Should().Equal(keeping.Exchange.Fills);
            forgetting.Exchange.Ledger.Should().Equal(keeping.Exchange.Ledger);
            foreach (var id in keeping.Accepted)
            {
                var kept = keeping.Exchange.Find(Rig.Btc, id)!;
                forgetting.Exchange.Find(Rig.Btc, id).Should().Be(kept.FilledQuantity == 0 ? kept : null, "{0} is {1}", id, kept.Status);
            }
        },
        runs: 300);

    [Fact]
    public void Observer_WhileAFillIsBooked_SeesTheLedgerAndTheFillsSoFar() => Properties.ForAll(
        Seeds,
        seed =>
        {
            var (entries, fills) = (new List<LedgerEntry>(), new List<Fill>());
            var run = new RandomTrading(new Random(seed));
            run.Exchange.Observer = told =>
            {
                if (told is ExchangeEvent.BalanceChanged { Entry: var entry })
                {
                    entries.Add(entry);
                }
                else if (told is ExchangeEvent.Filled { Fill: var fill })
                {
                    fills.Add(fill);
                }

                run.Exchange.Ledger.TakeLast(3).Should().Equal(entries.TakeLast(3));
                run.Exchange.Fills.Should().HaveSameCount(fills);
            };
            for (var i = 0; i < Bars; i++)
            {
                run.Step();
            }

            run.Exchange.Ledger.Should().Equal(entries);
            run.Exchange.Fills.Should().Equal(fills);
        },
        runs: 100);

    private static object Trade(Fill fill) => (fill.Time, fill.Side, fill.Quantity, fill.Price, fill.Fee, fill.IsMaker, fill.RealizedProfit, fill.IsLiquidation);

    private static SimulatedExchange Finished(int seed, bool disturb = false)
    {
        var run = new RandomTrading(new Random(seed)) { Disturb = disturb };
        for (var i = 0; i < Bars; i++)
        {
            run.Step();
        }

        return run.Exchange;
    }
}
