using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Statistics;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

public sealed class BacktestRunTests
{
    [Fact]
    public void Run_AnyStrategyAndOptions_EqualsThePlainLoop()
    {
        var (limits, liquidations, fundings, stops, trips, ambiguous, better, longestWait) = (0, 0, 0, 0, 0, 0, 0, 0);
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var bars = RandomMarkets.Bars(random, random.Next(8) == 0 ? 3_000 : 250);
                var forecasts = random.Next(4) == 0 ? null : RandomMarkets.Forecasts(random, bars);
                var options = RandomMarkets.Options(random) with { RunsOptimistically = false };
                var seed = random.Next();

                var (plainStrategy, strategy) = (new WhimsicalStrategy(seed), new WhimsicalStrategy(seed));
                var plain = new PlainBacktest(bars, forecasts, plainStrategy, options);
                var result = Run(options);

                strategy.Notes.Should().Equal(plainStrategy.Notes);
                result.Fills.Select(Trade).Should().Equal(plain.Fills.Select(Trade));
                result.Ledger.Should().Equal(plain.Ledger);
                var blocks = random.Next(1, 20);
                result.MeasureReturns(blocks).Should().Equal(MomentsOf(options, plain, blocks), "the equity is not made yet");
                result.Equity.ToArray().Select(BitConverter.DoubleToInt64Bits).Should().Equal(plain.Equity.Select(BitConverter.DoubleToInt64Bits));
                result.Denials.Should().BeEquivalentTo(plain.Denials);
                result.AmbiguousBars.Should().Equal(plain.AmbiguousBars);
                result.Optimistic.Should().BeNull();
                result.Statistics.Should().Be(BacktestStatistics.Compute(
                    bars, plain.Equity.ToArray(), plain.InMarket.ToArray(), result.Trades, options.InitialBalance, plain.Balance));

                if (result.AmbiguousBars.Count > 0)
                {
                    var both = Run(options with { RunsOptimistically = true });
                    var other = new PlainBacktest(bars, forecasts, plainStrategy, options, IntrabarPath.Optimistic);
                    both.Optimistic!.Equity.ToArray().Should().Equal(other.Equity);
                    both.Optimistic.Statistics.FinalBalance.Should().Be(other.Balance);
                    both.Equity.ToArray().Should().Equal(plain.Equity);
                    ambiguous++;
                    better += other.Equity[^1] > plain.Equity[^1] ? 1 : 0;
                }

                limits += plain.Fills.Count(fill => fill.IsMaker);
                liquidations += plain.Fills.Count(fill => fill.IsLiquidation);
                fundings += plain.Ledger.Count(entry => entry.Kind == LedgerEntryKind.Funding);
                stops += plain.Fills.Count(fill => fill.ClientOrderId.EndsWith("-s", StringComparison.Ordinal));
                trips += plain.IsTripped ? 1 : 0;
                longestWait = Math.Max(longestWait, LongestWait(bars, plain.Fills));

                BacktestResult Run(BacktestOptions settings) => forecasts is null
                    ? new Backtester(settings).Run(bars, strategy)
                    : new Backtester(settings).Run(bars, forecasts, strategy);
            },
            runs: 150);

        // The runs must reach every corner for the comparison to mean something.
        limits.Should().BeGreaterThan(100);
        liquidations.Should().BeGreaterThan(20);
        fundings.Should().BeGreaterThan(1_000);
        stops.Should().BeGreaterThan(100);
        trips.Should().BeGreaterThan(10);
        ambiguous.Should().BeGreaterThan(15);
        better.Should().BeGreaterThan(5);
        longestWait.Should().BeGreaterThan(2_000);
    }

    [Fact]
    public void Run_AnyStrategyWithFinerBars_EqualsTheExchangeOnTheFinerBarsAlone()
    {
        var (hidden, resolved, uncovered, stops) = (0, 0, 0, 0);
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var finer = RandomMarkets.Bars(random, 1_200);
                var bars = RandomMarkets.Joined(finer, Interval.FourHours);
                var options = RandomMarkets.Options(random, leverage: random.Next(1, 20)) with
                {
                    RunsOptimistically = false,
                    FinerBars = finer,
                    Funding = FundingSchedule.Fixed(random.Next(-20, 20) * 0.0001m, TimeSpan.FromHours(1)),
                };
                options = options with { Trade = options.Trade with { StopLoss = random.Next(3) == 0 ? null : 0.008m } };
                var seed = random.Next();
                var (plainStrategy, strategy) = (new WhimsicalStrategy(seed), new WhimsicalStrategy(seed));
                var plain = new PlainBacktest(bars, null, plainStrategy, options);
                var result = new Backtester(options).Run(bars, strategy);

                strategy.Notes.Should().Equal(plainStrategy.Notes);
                result.Fills.Select(Trade).Should().Equal(plain.Fills.Select(Trade));
                result.Ledger.Should().Equal(plain.Ledger);
                result.Equity.ToArray().Should().Equal(plain.Equity);
                result.AmbiguousBars.Should().Equal(plain.AmbiguousBars);

                // What the finer bars hold of the future changes nothing before it, nor does the second run see more.
                var count = random.Next(1, bars.Count);
                var cut = new Backtester(options).Run(bars[..count], new WhimsicalStrategy(seed));
                cut.Equity.ToArray().Should().Equal(result.Equity[..count].ToArray());
                cut.Fills.Select(Trade).Should().Equal(result.Fills.Where(fill => fill.Time < bars.CloseTimeAt(count - 1)).Select(Trade));
                var (coarse, cutCoarse) = (Coarsely(bars), Coarsely(bars[..count]));
                cutCoarse.Optimistic?.Equity.ToArray().Should().Equal(coarse.Optimistic!.Equity[..count].ToArray());

                hidden += coarse.AmbiguousBars.Count;
                resolved += coarse.AmbiguousBars.Except(result.AmbiguousBars).Count();
                uncovered += result.Warnings.Count(warning => warning.StartsWith("The finer bars do not cover", StringComparison.Ordinal));
                stops += plain.Fills.Count(fill => fill.ClientOrderId.EndsWith("-s", StringComparison.Ordinal));

                BacktestResult Coarsely(BarSeries some) =>
                    new Backtester(options with { FinerBars = null, RunsOptimistically = true }).Run(some, new WhimsicalStrategy(seed));
            },
            runs: 40);

        hidden.Should().BeGreaterThan(500);
        resolved.Should().BeGreaterThan(hidden / 2);
        uncovered.Should().BeGreaterThan(20);
        stops.Should().BeGreaterThan(200);
    }

    [Fact]
    public void Run_StrategyWithoutAllocations_AllocatesLittleMoreThanTheEquity()
    {
        var bars = RandomMarkets.Bars(new Random(5), 20_000);
        var backtester = new Backtester(new BacktestOptions { Trade = new TradeSettings { SymbolInfo = CycleBars.Rules } });
        var strategy = new SmaCrossoverStrategy(new SmaCrossoverOptions());
        backtester.Run(bars, strategy);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = backtester.Run(bars, strategy);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        result.Trades.Should().HaveCountGreaterThan(500);
        (allocated / (double)bars.Count).Should().BeLessThan(100);
    }

    private static ReturnMoments[]? MomentsOf(BacktestOptions options, PlainBacktest plain, int blocks) =>
        EquityReturns.Compute((double)options.InitialBalance, plain.Equity.ToArray()) is { } returns ? ReturnMoments.OfBlocks(returns, blocks) : null;

    private static object Trade(Fill fill) =>
        (fill.TradeId, fill.Time, fill.IsLiquidation ? null : fill.ClientOrderId, fill.Side, fill.Quantity, fill.Price, fill.Fee, fill.IsMaker, fill.SlippageCost, fill.RealizedProfit, fill.IsLiquidation);

    private static int LongestWait(BarSeries bars, IReadOnlyList<Fill> fills)
    {
        DateTimeOffset[] times = [bars.OpenTimeAt(0), .. fills.Select(fill => fill.Time), bars.CloseTimeAt(bars.Count - 1)];
        return times.Skip(1).Select((time, i) => bars.IndexAtOrAfter(time) - bars.IndexAtOrAfter(times[i])).Max();
    }
}
