using TradingBot.Backtesting;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Testing;

namespace TradingBot.Optimization.Tests;

public sealed class SweepTests
{
    private static readonly IReadOnlyList<ParameterSet> Grid = SampleSearch.Space.Grid();

    [Fact]
    public void Run_Grid_EveryTrialIsItsOwnBacktest()
    {
        using var ledger = TrialLedger.InMemory();
        var sweep = new Sweep(SampleSearch.Options(SampleSearch.Bars(300), ledger));
        var result = sweep.Run(Grid);

        result.Trials.Select(trial => trial.Parameters).Should().Equal(Grid);
        result.Trials.Should().AllSatisfy(trial =>
        {
            var alone = new Backtester(SampleSearch.Backtest).Run(
                SampleSearch.Bars(300), new SampleSearch.Crossover(trial.Parameters.Integer("fast"), trial.Parameters.Integer("slow")));
            SampleSearch.Texts([trial.Outcome]).Should().Equal(SampleSearch.Texts([TrialOutcome.Of(alone)]));
            trial.Outcome.Moments!.Value.Sharpe.Should().BeApproximately(alone.Statistics.Sharpe!.Value / Math.Sqrt(8760), 1e-12);
        });
        result.Best!.Outcome.Sharpe.Should().Be(result.Trials.Max(trial => trial.Outcome.Sharpe));
        sweep.Backtest(result.Best.Parameters).Statistics.Sharpe.Should().Be(result.Best.Outcome.Sharpe);
        ledger.CountTrials("crossover", sweep.DataHash).Should().Be(26);
    }

    [Fact]
    public void Backtest_NewCombination_IsATrialToo()
    {
        using var ledger = TrialLedger.InMemory();
        var bars = SampleSearch.Bars(300);
        var card = new Prediction.ModelCard { Name = "model", Features = [Prediction.BarFeature.Close], Window = 1, Horizon = 1, Interval = bars.Interval };
        var sweep = new Sweep(SampleSearch.Options(bars, ledger) with { Forecasts = SampleSearch.Forecasts(bars), Model = card });
        sweep.Run([.. Grid.Take(5)]);

        var result = sweep.Backtest(Grid[7]);
        sweep.Backtest(Grid[7]);

        result.Model.Should().Be(card);
        ledger.CountTrials("crossover", sweep.DataHash).Should().Be(6);
        var judged = sweep.Run([Grid[7]]);
        judged.Trials[0].IsFromLedger.Should().BeTrue();
        judged.Summary.TrialCount.Should().Be(6);
        judged.Summary.Warnings[0].Should().MatchRegex("^After 6 trials, luck alone gives a Sharpe ratio of -?[0-9.]+; this one has -?[0-9.]+\\.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(64)]
    public void Run_AnyParallelism_IsTheSameResult(int parallelism)
    {
        using var ledger = TrialLedger.InMemory();
        using var other = TrialLedger.InMemory();
        var bars = SampleSearch.Bars(300);
        var result = new Sweep(SampleSearch.Options(bars, ledger) with { MaxParallelism = parallelism }).Run(Grid);
        var reference = new Sweep(SampleSearch.Options(bars, other) with { MaxParallelism = 1 }).Run(Grid);

        SampleSearch.Texts(result.Trials.Select(trial => trial.Outcome)).Should().Equal(SampleSearch.Texts(reference.Trials.Select(trial => trial.Outcome)));
        result.Best!.Parameters.Should().Be(reference.Best!.Parameters);
        (result.Summary with { Overfitting = null, Warnings = [] }).Should().Be(reference.Summary with { Overfitting = null, Warnings = [] });
        result.Summary.Overfitting!.Logits.Should().Equal(reference.Summary.Overfitting!.Logits);
    }

    [Fact]
    public void Run_Again_TakesAllFromTheLedger()
    {
        using var ledger = TrialLedger.InMemory();
        var made = 0;
        var options = SampleSearch.Options(SampleSearch.Bars(200), ledger, _ => Interlocked.Increment(ref made));
        var first = new Sweep(options).Run(Grid);
        var second = new Sweep(options).Run([.. Grid, .. Grid]);

        made.Should().Be(26);
        second.Trials.Should().OnlyContain(trial => trial.IsFromLedger).And.HaveCount(26);
        SampleSearch.Texts(second.Trials.Select(trial => trial.Outcome)).Should().Equal(SampleSearch.Texts(first.Trials.Select(trial => trial.Outcome)));
        second.Summary.Warnings.Should().Equal(first.Summary.Warnings);
    }

    [Fact]
    public void Run_OtherDataOptionsForecastsOrFunding_AreOtherTrials()
    {
        using var ledger = TrialLedger.InMemory();
        var made = 0;
        var bars = SampleSearch.Bars(100);
        var options = SampleSearch.Options(bars, ledger, _ => Interlocked.Increment(ref made));
        SweepOptions[] different =
        [
            options,
            options with { Backtest = options.Backtest with { TakerFee = 0.001m } },
            options with { Backtest = options.Backtest with { Funding = FundingSchedule.Fixed(0.0002m) } },
            options with { Backtest = options.Backtest with { MarginTiers = MarginTiers.FromRates((1_000_000m, 0.01m, 50)) } },
            options with { Backtest = options.Backtest with { Trade = options.Backtest.Trade with { PositionFraction = 0.3m } } },
            options with { Forecasts = SampleSearch.Forecasts(bars) },
            options with { AdjustBacktest = (_, backtest) => backtest with { InitialBalance = 5_000m } },
            options with { Bars = bars[1..] },
            options with { Bars = SampleSearch.Bars(100, seed: 2) },
            options with { StrategyName = "crossover 2" },
        ];
        foreach (var (search, i) in different.Select((search, i) => (search, i)))
        {
            new Sweep(search).Run([Grid[0]]).Trials[0].IsFromLedger.Should().BeFalse("of search {0}", i);
            new Sweep(search).Run([Grid[0]]).Trials[0].IsFromLedger.Should().BeTrue("of search {0}", i);
        }

        made.Should().Be(different.Length);
        ledger.CountTrials("crossover", new Sweep(options).DataHash).Should().Be(7);
    }

    [Fact]
    public void Run_OptionsFactory_AdjustsEachTrial()
    {
        using var ledger = TrialLedger.InMemory();
        var options = SampleSearch.Options(SampleSearch.Bars(100), ledger) with
        {
            CreateStrategy = _ => new SampleSearch.Crossover(2, 10),
            AdjustBacktest = (set, backtest) => backtest with { Trade = backtest.Trade with { Leverage = set.Integer("leverage") } },
        };
        var result = new Sweep(options).Run(new ParameterSpace(Parameter.Integer("leverage", 1, 2)).Grid());

        var (one, two) = (result.Trials[0].Outcome, result.Trials[1].Outcome);
        (two.TotalReturn / one.TotalReturn).Should().BeApproximately(2, 0.2);
    }

    [Fact]
    public void Run_Progress_CountsAndEstimatesTheTimeLeft()
    {
        using var ledger = TrialLedger.InMemory();
        var time = new ManualTimeProvider(SampleSearch.Start);
        var bars = SampleSearch.Bars(60);
        new Sweep(SampleSearch.Options(bars, ledger)).Run([.. Grid.Take(2)]);
        var options = SampleSearch.Options(bars, ledger, _ => time.Advance(TimeSpan.FromSeconds(10))) with { MaxParallelism = 1, TimeProvider = time };
        var progress = new ProgressLog();
        new Sweep(options).Run([.. Grid.Take(5)], progress);

        progress.Reports.Should().Equal(
            new SweepProgress(2, 5, TimeSpan.Zero, null),
            new SweepProgress(3, 5, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20)),
            new SweepProgress(4, 5, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10)),
            new SweepProgress(5, 5, TimeSpan.FromSeconds(30), TimeSpan.Zero));
    }

    [Fact]
    public void Run_SettingsThatCannotPay_AreRefusedAndNotCounted()
    {
        using var ledger = TrialLedger.InMemory();
        var options = SampleSearch.Options(SampleSearch.Bars(100), ledger) with
        {
            CreateStrategy = set => new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = set.Number("threshold") }),
        };
        var sweep = new Sweep(options);
        var result = sweep.Run(new ParameterSpace(Parameter.Real("threshold", 0.001, 0.01, 2)).Grid());

        result.Trials[0].Outcome.Refusal.Should().StartWith("A round trip costs");
        result.Trials[1].Outcome.Refusal.Should().BeNull();
        ledger.CountTrials("crossover", sweep.DataHash).Should().Be(1);
        result.Summary.Warnings.Should().Equal(
            "After 1 trial there is no best one: none could be judged.",
            "1 of 2 combinations were refused because they cannot pay their own costs.");
        result.Best.Should().BeNull("without forecasts the strategy never traded");
    }

    [Fact]
    public void Run_TrialThatThrows_SaysWhichAndKeepsTheOthers()
    {
        using var ledger = TrialLedger.InMemory();
        var options = SampleSearch.Options(SampleSearch.Bars(60), ledger, set => _ = set.Equals(Grid[3]) ? throw new ArithmeticException("too much") : 0) with { MaxParallelism = 1 };
        var sweep = new Sweep(options);

        sweep.Invoking(search => search.Run(Grid)).Should().Throw<InvalidOperationException>()
            .WithMessage($"The trial {Grid[3]} failed: too much").WithInnerException<ArithmeticException>();
        ledger.CountTrials("crossover", sweep.DataHash).Should().Be(3);
    }

    [Theory]
    [InlineData(Objective.TotalReturn)]
    [InlineData(Objective.ReturnOverDrawdown)]
    public void Run_OtherObjective_ChoosesByIt(Objective objective)
    {
        using var ledger = TrialLedger.InMemory();
        var result = new Sweep(SampleSearch.Options(SampleSearch.Bars(300), ledger) with { Objective = objective }).Run(Grid);

        result.Best!.Score(objective).Should().Be(result.Trials.Max(trial =>
            objective == Objective.TotalReturn ? trial.Outcome.TotalReturn : trial.Outcome.TotalReturn / trial.Outcome.MaxDrawdown));
    }

    [Fact]
    public void Constructor_BadOptions_SayWhatWasFound()
    {
        using var ledger = TrialLedger.InMemory();
        var bars = SampleSearch.Bars(10);
        var options = SampleSearch.Options(bars, ledger);
        (SweepOptions Options, string Message)[] cases =
        [
            (options with { StrategyName = " " }, "*StrategyName*"),
            (options with { MaxParallelism = 0 }, "*MaxParallelism*"),
            (options with { Objective = (Objective)9 }, "Expected one of Sharpe, TotalReturn, ReturnOverDrawdown.*"),
            (options with { Bars = bars[..0] }, "A search needs at least one bar, found none."),
            (options with { Bars = Market.BarSeries.Create(Market.Symbol.Parse("ETHUSDT"), bars.Interval, Market.GapPolicy.Reject, bars) }, "Expected bars of BTCUSDT, as in the trading rules, found bars of ETHUSDT."),
            (options with { Forecasts = SampleSearch.Forecasts(bars[1..]) }, "Expected forecasts for these bars*"),
        ];
        cases.Should().AllSatisfy(test => FluentActions.Invoking(() => new Sweep(test.Options)).Should().Throw<ArgumentException>().WithMessage(test.Message));
        FluentActions.Invoking(() => new Sweep(options).Run([])).Should().Throw<ArgumentException>().WithMessage("A search needs at least one combination of parameters, found none.*");
    }
}
