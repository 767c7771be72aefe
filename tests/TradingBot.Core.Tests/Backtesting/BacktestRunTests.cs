using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

public sealed class BacktestRunTests
{
    [Fact]
    public void Run_AnyStrategyAndOptions_EqualsThePlainLoop()
    {
        var (limits, liquidations, fundings, stops, trips, longestWait) = (0, 0, 0, 0, 0, 0);
        Properties.ForAll(
            Properties.Randoms,
            random =>
            {
                var bars = RandomMarkets.Bars(random, random.Next(8) == 0 ? 3_000 : 250);
                var forecasts = random.Next(4) == 0 ? null : RandomMarkets.Forecasts(random, bars);
                var options = RandomMarkets.Options(random);
                var seed = random.Next();

                var (plainStrategy, strategy) = (new WhimsicalStrategy(seed), new WhimsicalStrategy(seed));
                var plain = new PlainBacktest(bars, forecasts, plainStrategy, options);
                var result = forecasts is null
                    ? new Backtester(options).Run(bars, strategy)
                    : new Backtester(options).Run(bars, forecasts, strategy);

                strategy.Notes.Should().Equal(plainStrategy.Notes);
                result.Fills.Select(Trade).Should().Equal(plain.Fills.Select(Trade));
                result.Ledger.Should().Equal(plain.Ledger);
                result.Equity.ToArray().Select(BitConverter.DoubleToInt64Bits).Should().Equal(plain.Equity.Select(BitConverter.DoubleToInt64Bits));
                result.Denials.Should().BeEquivalentTo(plain.Denials);
                result.Statistics.Should().Be(BacktestStatistics.Compute(
                    bars, plain.Equity.ToArray(), plain.InMarket.ToArray(), result.Trades, options.InitialBalance, plain.Balance));

                limits += plain.Fills.Count(fill => fill.IsMaker);
                liquidations += plain.Fills.Count(fill => fill.IsLiquidation);
                fundings += plain.Ledger.Count(entry => entry.Kind == LedgerEntryKind.Funding);
                stops += plain.Fills.Count(fill => fill.ClientOrderId.EndsWith("-s", StringComparison.Ordinal));
                trips += plain.IsTripped ? 1 : 0;
                longestWait = Math.Max(longestWait, LongestWait(bars, plain.Fills));
            },
            runs: 150);

        // The runs must reach every corner for the comparison to mean something.
        limits.Should().BeGreaterThan(100);
        liquidations.Should().BeGreaterThan(20);
        fundings.Should().BeGreaterThan(1_000);
        stops.Should().BeGreaterThan(100);
        trips.Should().BeGreaterThan(10);
        longestWait.Should().BeGreaterThan(2_000);
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

    private static object Trade(Fill fill) =>
        (fill.TradeId, fill.Time, fill.IsLiquidation ? null : fill.ClientOrderId, fill.Side, fill.Quantity, fill.Price, fill.Fee, fill.IsMaker, fill.SlippageCost, fill.RealizedProfit, fill.IsLiquidation);

    private static int LongestWait(BarSeries bars, IReadOnlyList<Fill> fills)
    {
        DateTimeOffset[] times = [bars.OpenTimeAt(0), .. fills.Select(fill => fill.Time), bars.CloseTimeAt(bars.Count - 1)];
        return times.Skip(1).Select((time, i) => bars.IndexAtOrAfter(time) - bars.IndexAtOrAfter(times[i])).Max();
    }
}
