using TradingBot.Backtesting;
using TradingBot.Core.Tests.Trading;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>What a backtest says when a bar hides the order of events.</summary>
public sealed class BacktestBoundsTests
{
    // Half of 10,000 at 100 is 50 pieces; one payment of 1 % on them is 50.
    private static readonly BacktestOptions Costly = new()
    {
        Trade = new TradeSettings { SymbolInfo = CycleBars.Rules, PositionFraction = 0.5m, StopLoss = 0.1m },
        MakerFee = 0,
        TakerFee = 0,
        Slippage = 0,
        Funding = FundingSchedule.Fixed(0.01m),
    };

    [Fact]
    public void Run_StoppedOutWhenFundingFellDueInsideTheBar_GivesBothResults()
    {
        var bars = DailyBars.Of((100, 100, 100), (100, 85, 95), (95, 95, 95));
        var strategy = new LongAtFirst();
        var result = new Backtester(Costly).Run(bars, strategy);

        // Out at 90, a loss of 500; at 08:00 and 16:00 it was still held, or not any more.
        result.Statistics.FinalBalance.Should().Be(9_400m);
        result.Optimistic!.Statistics.FinalBalance.Should().Be(9_500m);
        result.Optimistic.Equity.ToArray().Should().Equal(10_000, 9_500, 9_500);
        result.Equity.ToArray().Should().Equal(10_000, 9_400, 9_400);
        result.AmbiguousBars.Should().Equal(bars.OpenTimeAt(1));
        result.BoundsOf(figures => (decimal?)figures.FinalBalance).Should().Be(new Bounds<decimal>(9_400m, 9_500m));
        result.BoundsOf(figures => (int?)figures.TradeCount)!.Value.IsPoint.Should().BeTrue();
        result.BoundsOf(figures => figures.WinRate).Should().Be(new Bounds<double>(0, 0));
        result.BoundsOf(figures => figures.ProfitFactor)!.Value.Low.Should().Be(0);
        result.BoundsOf(figures => figures.LargestWin).Should().BeNull("no trade won");
        result.Warnings.Should().ContainSingle().Which.Should().Match(
            "1 bar hides the order of what happened in it: the return lies between -6.0 % and -5.0 %, the largest fall lies between 5.0 % and 6.0 %*. Finer bars would tell.");
        strategy.Asked.Should().Be(6, "each run asks at every bar");
    }

    [Fact]
    public void Run_NothingAmbiguous_RunsOnce()
    {
        // Stopped out between payments, which fall on the opens of bars of eight hours.
        var bars = DailyBars.Of(Interval.EightHours, (100, 100, 100), (100, 85, 95), (95, 95, 95));
        var strategy = new LongAtFirst();
        var result = new Backtester(Costly).Run(bars, strategy);

        result.Statistics.FinalBalance.Should().Be(9_500m);
        result.AmbiguousBars.Should().BeEmpty();
        result.Optimistic.Should().BeNull();
        result.Warnings.Should().BeEmpty();
        result.BoundsOf(figures => (decimal?)figures.FinalBalance).Should().Be(new Bounds<decimal>(9_500m, 9_500m));
        strategy.Asked.Should().Be(3);
    }

    [Fact]
    public void Run_LimitEntryAndItsStopInOneBar_IsNotAmbiguousByItself()
    {
        var bars = DailyBars.Of((100, 100, 100), (98, 80, 97), (97, 97, 97));
        var strategy = new LongAtFirst { Limit = 95m };

        new Backtester(Costly with { Funding = FundingSchedule.None }).Run(bars, strategy).AmbiguousBars.Should().BeEmpty();
        new Backtester(Costly).Run(bars, strategy).AmbiguousBars.Should().Equal(bars.OpenTimeAt(1));
    }

    [Fact]
    public void Run_LimitEntryWhenFundingFellDueInsideTheBar_PaysOrNot()
    {
        // In at 95 with 52.631 pieces, held at 97; two payments of 1 % of 4,999.945.
        var bars = DailyBars.Of((100, 100, 100), (98, 94, 97));
        var result = new Backtester(Costly).Run(bars, new LongAtFirst { Limit = 95m });

        result.Statistics.FinalBalance.Should().Be(10_000m - 99.9989m);
        result.Optimistic!.Statistics.FinalBalance.Should().Be(10_000m);
    }

    [Fact]
    public void Run_OptimisticNotAskedFor_NamesTheBarsAlone()
    {
        var bars = DailyBars.Of((100, 100, 100), (100, 85, 95));
        var strategy = new LongAtFirst();
        var result = new Backtester(Costly with { RunsOptimistically = false }).Run(bars, strategy);

        result.AmbiguousBars.Should().HaveCount(1);
        result.Optimistic.Should().BeNull();
        result.Warnings.Should().BeEmpty();
        strategy.Asked.Should().Be(2);
    }

    [Fact]
    public void Run_DifferenceTooSmallToPrint_WarnsOfNothing()
    {
        var bars = DailyBars.Of((100, 100, 100), (100, 85, 95));
        var result = new Backtester(Costly with { Funding = FundingSchedule.Fixed(0.000001m) }).Run(bars, new LongAtFirst());

        result.AmbiguousBars.Should().HaveCount(1);
        result.Optimistic!.Statistics.FinalBalance.Should().Be(9_500m).And.BeGreaterThan(result.Statistics.FinalBalance);
        result.BoundsOf(figures => (double?)figures.TotalReturn)!.Value.IsPoint.Should().BeFalse();
        result.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Print_EndsThatReadAlike_IsOneFigure()
    {
        static string Percent(double value) => value.ToString("0.0 %", System.Globalization.CultureInfo.InvariantCulture);

        new Bounds<double>(0.0411, 0.0412).Print(Percent).Should().Be("4.1 %");
        new Bounds<double>(0.041, 0.06).Print(Percent).Should().Be("4.1 % to 6.0 %");
        new Bounds<decimal>(1.5m, 1.5m).ToString().Should().Be("1.5");
        new Bounds<decimal>(1.5m, 2.5m).ToString().Should().Be("1.5 to 2.5");
    }

    private sealed class LongAtFirst : IStrategy
    {
        public decimal? Limit { get; init; }

        public int Asked { get; private set; }

        public Decision Decide(in StrategyContext context)
        {
            Asked++;
            return context.BarOpenTime == CycleBars.Start ? Decision.Long with { LimitPrice = Limit } : Decision.None;
        }
    }
}
