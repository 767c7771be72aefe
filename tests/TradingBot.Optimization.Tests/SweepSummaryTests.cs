using System.Globalization;
using MathNet.Numerics.Statistics;
using TradingBot.Market;
using TradingBot.Optimization.Ledger;
using TradingBot.Statistics;

namespace TradingBot.Optimization.Tests;

public sealed class SweepSummaryTests
{
    [Fact]
    public void Run_Sweep_AppliesTheStatisticsToTheLedger()
    {
        using var ledger = TrialLedger.InMemory();
        var bars = SampleSearch.Bars(400);
        var grid = SampleSearch.Space.Grid();
        var options = SampleSearch.Options(bars, ledger);
        new Sweep(options).Run(grid);

        // A second, smaller search: the trials of the first count and scatter still.
        var sweep = new Sweep(options);
        var result = sweep.Run([.. grid.Take(6)]);

        var returns = grid.Select(set => EquityReturns.Compute(10_000, sweep.Backtest(set).Equity.Span)!).ToArray();
        double[] sharpes = [.. returns.Select(values => ReturnMoments.Of(values).Sharpe!.Value)];
        var best = result.Trials.ToList().IndexOf(result.Best!);
        var luck = DeflatedSharpe.ExpectedMaximum(26, sharpes.Variance());
        var estimate = ReturnMoments.Of(returns[best]).ToSharpeEstimate()!.Value;
        var annual = Math.Sqrt(8760);
        var summary = result.Summary;
        summary.TrialCount.Should().Be(26);
        summary.BestSharpe.Should().BeApproximately(estimate.Sharpe * annual, 1e-9);
        summary.LuckSharpe.Should().BeApproximately(luck * annual, 1e-9);
        summary.ProbabilisticSharpe.Should().BeApproximately(estimate.ProbabilityAbove(0)!.Value, 1e-12);
        summary.DeflatedSharpe.Should().BeApproximately(DeflatedSharpe.Compute(estimate, 26, sharpes.Variance())!.Value, 1e-12);
        summary.Overfitting!.Probability.Should().Be(OverfittingProbability.Compute([.. returns.Take(6).Select(values => (ReadOnlyMemory<double>)values)])!.Probability);
        summary.Warnings[0].Should().StartWith(string.Create(
            CultureInfo.InvariantCulture, $"After 26 trials, luck alone gives a Sharpe ratio of {luck * annual:0.00}; the best found is {estimate.Sharpe * annual:0.00}."));
    }

    [Fact]
    public void Create_ClearlyBetterThanLuck_SaysHowLikely()
    {
        var noise = new Random(5);
        double[] Returns(double edge) => [.. Enumerable.Range(0, 2_000).Select(_ => edge + ((noise.NextDouble() - 0.5) * 0.02))];
        TrialOutcome[] trials = [.. new[] { 0d, 0.0001, -0.0001, 0.002 }.Select(edge => new TrialOutcome { Blocks = ReturnMoments.OfBlocks(Returns(edge), TrialOutcome.BlockCount) })];

        var summary = SweepSummary.Create(Interval.OneDay, trials[3], trials[2..], trials, 4);

        summary.DeflatedSharpe.Should().BeGreaterThan(0.95);
        summary.Overfitting!.Probability.Should().Be(0);
        summary.MinimumTrackRecord.Should().BeGreaterThan(TimeSpan.FromDays(30)).And.BeLessThan(TimeSpan.FromDays(2_000));
        summary.Warnings.Should().ContainSingle().Which.Should().Contain(". The probability that more than luck is behind it is 1").And.NotContain("do not believe");
    }

    [Fact]
    public void Create_OneTrial_HasNothingToDeflate()
    {
        var outcome = new TrialOutcome { Blocks = ReturnMoments.OfBlocks([.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 0.01 : -0.009)], TrialOutcome.BlockCount) };
        var summary = SweepSummary.Create(Interval.OneDay, outcome, [outcome], [outcome], 1);

        summary.LuckSharpe.Should().Be(0);
        summary.Warnings[0].Should().StartWith("This is the first trial, with a Sharpe ratio of 1.00. The probability that more than luck is behind it is ");
        summary.DeflatedSharpe.Should().Be(summary.ProbabilisticSharpe);
        summary.Overfitting.Should().BeNull();
    }

    [Fact]
    public void Create_NothingChosen_HasNoOverfitting()
    {
        var idle = new TrialOutcome { Blocks = ReturnMoments.OfBlocks(new double[100], TrialOutcome.BlockCount) };

        SweepSummary.Create(Interval.OneDay, null, [idle, idle], [idle, idle], 2).Overfitting.Should().BeNull();
    }

    [Fact]
    public void Create_NothingComputable_IsNull()
    {
        var ruined = new TrialOutcome { TotalReturn = -1 };
        var summary = SweepSummary.Create(Interval.OneDay, null, [ruined, ruined], [ruined, ruined], 2);

        (summary.BestSharpe, summary.LuckSharpe, summary.ProbabilisticSharpe, summary.DeflatedSharpe, summary.MinimumTrackRecord)
            .Should().Be(((double?)null, (double?)null, (double?)null, (double?)null, (TimeSpan?)null));
        summary.Overfitting.Should().BeNull();
        summary.Warnings.Should().Equal("After 2 trials there is no best one: none could be judged.");
    }

    [Fact]
    public void Create_TooLittleToJudgeTheBest_SaysSo()
    {
        var ruined = new TrialOutcome { TotalReturn = -1 };
        var earned = new TrialOutcome { Blocks = ReturnMoments.OfBlocks([.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 0.01 : -0.009)], TrialOutcome.BlockCount) };

        SweepSummary.Create(Interval.OneDay, ruined, [ruined], [ruined], 1).Warnings.Should().Equal("After 1 trial this one has no Sharpe ratio to judge it by.");
        var one = SweepSummary.Create(Interval.OneDay, earned, [earned, ruined], [earned, ruined], 2);
        one.DeflatedSharpe.Should().BeNull();
        one.Warnings.Should().Equal("After 2 trials, the best one has a Sharpe ratio of 1.00; what luck gives cannot be told, as fewer than two trials have a Sharpe ratio.");
    }
}
