using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Simulation;
using TradingBot.Strategies;

namespace TradingBot.Optimization.Tests;

/// <summary>Searches on bars that hide the order of events.</summary>
public sealed class AmbiguousBarsTests
{
    private const int Count = 300;
    private static readonly ParameterSet Set = SampleSearch.Space.Grid()[3];

    // Funding inside every bar, and a stop that is reached often.
    private static readonly BacktestOptions Hiding = SampleSearch.Backtest with
    {
        Trade = SampleSearch.Backtest.Trade with { StopLoss = 0.01m },
        Funding = FundingSchedule.Fixed(0.001m, TimeSpan.FromMinutes(15)),
    };

    [Fact]
    public void Run_BarsThatHideTheOrder_RanksByTheConservativeResultOfOneRun()
    {
        using var ledger = TrialLedger.InMemory();
        var asked = 0;
        var sweep = new Sweep(SampleSearch.Options(SampleSearch.Bars(Count), ledger) with
        {
            Backtest = Hiding,
            CreateStrategy = set => new Counting(new SampleSearch.Crossover(set.Integer("fast"), set.Integer("slow")), () => asked++),
        });
        var decisions = Count - Set.Integer("slow") + 1;

        var trial = sweep.Run([Set]).Trials[0];
        asked.Should().Be(decisions);
        var result = sweep.Backtest(Set);

        asked.Should().Be(3 * decisions, "the backtest that is shown is run both ways");
        result.AmbiguousBars.Should().NotBeEmpty();
        result.Optimistic!.Statistics.FinalBalance.Should().NotBe(result.Statistics.FinalBalance);
        trial.Outcome.Sharpe.Should().Be(result.Statistics.Sharpe);
        ledger.CountTrials("crossover", sweep.DataHash).Should().Be(1);
    }

    [Fact]
    public void WalkForward_BarsThatHideTheOrder_TradesEachWindowOnce()
    {
        using var ledger = TrialLedger.InMemory();
        var asked = 0;
        new WalkForward(
            SampleSearch.Options(SampleSearch.Bars(Count), ledger) with
            {
                Backtest = Hiding,
                CreateStrategy = set => new Counting(new SampleSearch.Crossover(set.Integer("fast"), set.Integer("slow")), () => asked++),
            },
            new WalkForwardOptions { FitBars = 150, TradeBars = 150 }).Run([Set]);

        var slow = Set.Integer("slow");
        asked.Should().Be((150 - slow + 1) + 151, "the window is fitted in one run and traded in one");
    }

    [Fact]
    public void Fingerprint_FinerBars_AreOtherOptions()
    {
        var bars = SampleSearch.Bars(Count);
        var finer = Quarters(bars, 0);
        string Of(BacktestOptions options) => Fingerprint.Of(options, "forecasts", bars);

        Of(Hiding with { FinerBars = finer }).Should().NotBe(Of(Hiding));
        Of(Hiding with { FinerBars = finer }).Should().Be(Of(Hiding with { FinerBars = Quarters(bars, 0) }));
        Of(Hiding with { FinerBars = finer }).Should().NotBe(Of(Hiding with { FinerBars = Quarters(bars, 1) }), "as many bars, but others");
        Of(Hiding with { RunsOptimistically = false }).Should().Be(Of(Hiding), "a second run changes no trial");
    }

    private static BarSeries Quarters(BarSeries bars, double volume) => BarSeries.Create(bars.Symbol, Interval.FifteenMinutes, GapPolicy.Reject, bars.SelectMany(bar =>
        Enumerable.Range(0, 4).Select(i => new Bar(bar.OpenTime.AddMinutes(15 * i), TimeSpan.FromMinutes(15), i == 0 ? bar.Open : bar.Close, bar.High, bar.Low, bar.Close, volume))));

    private sealed class Counting(IStrategy strategy, Action onDecision) : IStrategy
    {
        public int Lookback => strategy.Lookback;

        public Decision Decide(in StrategyContext context)
        {
            onDecision();
            return strategy.Decide(context);
        }
    }
}
