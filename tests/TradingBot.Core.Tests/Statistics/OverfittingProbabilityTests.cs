using TradingBot.Statistics;

namespace TradingBot.Core.Tests.Statistics;

public sealed class OverfittingProbabilityTests
{
    // Computed from the same numbers by a Python program that cuts, joins and measures the returns themselves.
    [Theory]
    [InlineData(6, 20, 0.6, 0.6, -0.41332392509890264, -8.177395117825444)]
    [InlineData(8, 70, 0.6142857142857143, 0.5714285714285714, -0.241515875093019, -35.6948183356672)]
    public void Compute_KnownNoise_AgreesWithAnIndependentProgram(int blocks, int splits, double probability, double loss, double slope, double logits)
    {
        var result = OverfittingProbability.Compute(KnownNoise.Trials(), blocks)!;

        result.Probability.Should().BeApproximately(probability, 1e-12);
        result.ProbabilityOfLoss.Should().BeApproximately(loss, 1e-12);
        result.PerformanceDegradation.Should().BeApproximately(slope, 1e-10);
        result.Logits.Should().HaveCount(splits);
        result.Logits.Sum().Should().BeApproximately(logits, 1e-10);
        (result.TrialCount, result.BlockCount).Should().Be((6, blocks));
    }

    // The example in the vignette of the R package pbo: 100 trials of 2,400 normal returns, each moved to a mean of 0 and stretched to a deviation of
    // 1/sqrt 252, judged by the Sharpe ratio above 0.03/252 in 8 runs. It prints a probability of overfitting of 1 and a probability of loss of 1, for
    // any numbers: what one half of such a trial earns the other half loses. So the slope of the one over the other is -1, but for rounding.
    [Fact]
    public void Compute_ExampleOfAnRPackage_IsAsPrinted()
    {
        var noise = KnownNoise.NumPyNormals(765, 100 * 2_400);
        var trials = Enumerable.Range(0, 100).Select(trial =>
        {
            var values = noise.AsSpan(trial * 2_400, 2_400).ToArray();
            var moments = ReturnMoments.Of(values);
            return (ReadOnlyMemory<double>)values.Select(value => ((value - moments.Mean) / moments.Deviation!.Value / Math.Sqrt(252)) - (0.03 / 252)).ToArray();
        }).ToArray();

        var result = OverfittingProbability.Compute(trials, 8)!;

        result.Probability.Should().Be(1);
        result.ProbabilityOfLoss.Should().Be(1);
        result.PerformanceDegradation.Should().BeApproximately(-1, 0.05);
    }

    [Fact]
    public void Compute_OneTrialAlwaysBetter_IsNotOverfitted()
    {
        var trials = KnownNoise.Trials();
        trials[2] = trials[0].ToArray().Select(value => value + 2).ToArray();

        var result = OverfittingProbability.Compute(trials, 8)!;

        result.Probability.Should().Be(0);
        result.Logits.Should().OnlyContain(logit => Math.Abs(logit - Math.Log(6)) < 1e-12); // rank 6 of 6, so 6/7 against 1/7
    }

    [Fact]
    public void Compute_EachTrialGoodInOneRunOnly_IsOverfitted()
    {
        // Whatever shone in one half has nothing left for the other, where those that did not shine come first.
        var trials = Enumerable.Range(0, 4).Select(good => (ReadOnlyMemory<double>)Enumerable.Range(0, 40)
            .Select(bar => (bar / 10 == good ? 1 : -0.1) + (bar % 2 == 0 ? 0.01 : -0.01)).ToArray()).ToArray();

        var result = OverfittingProbability.Compute(trials, 4)!;

        result.Probability.Should().Be(1);
        result.ProbabilityOfLoss.Should().Be(1);
    }

    [Fact]
    public void Compute_EqualTrials_AreAllAtTheMedian()
    {
        var one = KnownNoise.Trials()[0];

        OverfittingProbability.Compute([one, one, one], 4)!.Logits.Should().OnlyContain(logit => Math.Abs(logit) < 1e-12);
    }

    [Fact]
    public void Compute_TrialsThatNeverTrade_HaveASharpeOfZero()
    {
        var result = OverfittingProbability.Compute([new double[40], Enumerable.Range(0, 40).Select(bar => bar % 2 == 0 ? -0.02 : 0.01).ToArray()], 4)!;

        result.Probability.Should().Be(0);
        result.PerformanceDegradation.Should().BeNull();
    }

    [Fact]
    public void Compute_TooLittle_IsNull()
    {
        OverfittingProbability.Compute([], 4).Should().BeNull();
        OverfittingProbability.Compute([new double[100]], 4).Should().BeNull();
        OverfittingProbability.Compute([new double[7], new double[7]], 4).Should().BeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(22)]
    public void Compute_RunsOutsideTheRange_Throws(int blocks) =>
        FluentActions.Invoking(() => OverfittingProbability.Compute([new double[100]], blocks))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("Expected an even number of runs from 2 to 20.*");

    [Fact]
    public void Compute_TrialsCutDifferently_Throws()
    {
        FluentActions.Invoking(() => OverfittingProbability.Compute([new double[40], new double[41]], 4))
            .Should().Throw<ArgumentException>().WithMessage("Expected as many returns of every trial as of the first, 40, found 41.*");
        FluentActions.Invoking(() => OverfittingProbability.Compute([ReturnMoments.OfBlocks(new double[40], 4), ReturnMoments.OfBlocks(new double[44], 4)]))
            .Should().Throw<ArgumentException>().WithMessage("Expected the returns of every trial to be cut into the same runs.*");
    }
}
