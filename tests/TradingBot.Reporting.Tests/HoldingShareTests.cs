using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Testing;

namespace TradingBot.Reporting.Tests;

public sealed class HoldingShareTests
{
    [Fact]
    public void Of_EquityThatIsTheMarkets_IsAllHolding()
    {
        var holding = HoldingShare.Of(WithEquity(Rise(), (bars, i) => bars.Closes[i] / bars.Opens[0]))!;

        holding.Beta.Should().BeApproximately(1, 1e-9);
        holding.RSquared.Should().BeApproximately(1, 1e-9);
        holding.Share.Should().BeApproximately(1, 1e-9);
        Findings.Of(WithEquity(Rise(), (bars, i) => bars.Closes[i] / bars.Opens[0]), holding).Should()
            .Contain(text => text.Contains("explained by holding: a steady position of 1.00 times the account in BTC", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_HalfThePositionAndASteadyGain_IsSplit()
    {
        // The equity's return is half the asset's plus 0.001 a bar, exactly.
        var bars = Rise();
        var mean = Enumerable.Range(0, bars.Count).Average(i => (bars.Closes[i] / (i == 0 ? bars.Opens[0] : bars.Closes[i - 1])) - 1);
        var equity = 1d;
        var holding = HoldingShare.Of(WithEquity(bars, (_, i) =>
            equity *= 1.001 + (0.5 * ((bars.Closes[i] / (i == 0 ? bars.Opens[0] : bars.Closes[i - 1])) - 1))))!;

        holding.Beta.Should().BeApproximately(0.5, 1e-9);
        holding.AnnualAlpha.Should().BeApproximately(0.365, 1e-9);
        holding.Share.Should().BeApproximately(0.5 * mean / ((0.5 * mean) + 0.001), 1e-9);
    }

    [Fact]
    public void Of_LossInARisingMarket_ExplainsNothing() =>
        HoldingShare.Of(WithEquity(Rise(), (bars, i) => 2 - (0.5 * bars.Closes[i] / bars.Closes[^1])))!.Share.Should().BeNull();

    [Fact]
    public void Of_TooLittle_IsNull()
    {
        HoldingShare.Of(WithEquity(Rise()[..29], (bars, i) => bars.Closes[i])).Should().BeNull("29 bars are too few");
        HoldingShare.Of(WithEquity(Rise(), (_, _) => 1)).Should().BeNull("an idle account never varies");
        HoldingShare.Of(WithEquity(Rise(), (_, i) => i < 10 ? 1 : -1)).Should().BeNull("there are no returns on less than nothing");
    }

    private static BarSeries Rise() => SampleBars.FromCloses(Enumerable.Range(0, 200).Select(i => 100 * Math.Exp((0.002 * i) + (0.03 * Math.Sin(i)))), symbol: null, Interval.OneDay);

    private static BacktestResult WithEquity(BarSeries bars, Func<BarSeries, int, double> multiple)
    {
        var options = Samples.Options() with { MakerFee = 0, TakerFee = 0, Slippage = 0, Funding = FundingSchedule.None };
        var result = Samples.Backtest(bars, new HoldLong(), options);
        return result with { Equity = Enumerable.Range(0, bars.Count).Select(i => (double)options.InitialBalance * multiple(bars, i)).ToArray() };
    }

    private sealed class HoldLong : IStrategy
    {
        public Decision Decide(in StrategyContext context) => context.Position.IsFlat ? Decision.Long : Decision.None;
    }
}
