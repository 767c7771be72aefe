using TradingBot.Prediction.Evaluation;

namespace TradingBot.Core.Tests.Prediction.Evaluation;

public sealed class DieboldMarianoTestTests
{
    [Fact]
    public void Compute_OneStep_FollowsTheFormula()
    {
        // Squares of the benchmark 4, 9, 1, 16, 4 less those of the model 1, 4, 4, 9, 1: differences 3, 5, -3, 7, 3, of mean 3 and of
        // squared distances 0, 4, 36, 16, 0. The variance is 56 / 5 and that of the mean 56 / 25; the correction is sqrt((5 + 1 - 2) / 5).
        var test = DieboldMarianoTest.Compute([1, 2, -2, 3, 1], [2, -3, 1, 4, -2], 1)!;

        test.Statistic.Should().BeApproximately(3 / Math.Sqrt(56d / 25) * Math.Sqrt(4d / 5), 1e-12);
        test.Count.Should().Be(5);
        // Student's t with 4 degrees of freedom has P(T > x) = 1/2 - (3/4) (s - s^3 / 3) with s = x / sqrt(x^2 + 4).
        var sine = test.Statistic / Math.Sqrt((test.Statistic * test.Statistic) + 4);
        test.PValue.Should().BeApproximately(0.5 - (0.75 * (sine - (Math.Pow(sine, 3) / 3))), 1e-9);
    }

    [Fact]
    public void Compute_TwoSteps_AddsTheFirstAutocovariance()
    {
        // Differences 1, 1, 3, 3, 2, 2 of mean 2: distances -1, -1, 1, 1, 0, 0; variance 4 / 6 and first autocovariance (1 - 1 + 1) / 6.
        double[] benchmark = [1, 1, Math.Sqrt(3), Math.Sqrt(3), Math.Sqrt(2), Math.Sqrt(2)];
        var test = DieboldMarianoTest.Compute(new double[6], benchmark, 2)!;

        var variance = ((4d / 6) + (2 * 1d / 6)) / 6;
        test.Statistic.Should().BeApproximately(2 / Math.Sqrt(variance) * Math.Sqrt((6 + 1 - 4 + (2d / 6)) / 6), 1e-9);
    }

    [Fact]
    public void Compute_AutocovariancesThatLowerTheVariance_AreWeighted()
    {
        // Differences 1, 3, 1, 3, 1, 3 of mean 2: variance 1, first autocovariance -5 / 6; 1 - 10 / 6 is below 0, with weight 1/2 it is 1 / 6.
        double[] benchmark = [1, Math.Sqrt(3), 1, Math.Sqrt(3), 1, Math.Sqrt(3)];
        var test = DieboldMarianoTest.Compute(new double[6], benchmark, 2)!;

        test.Statistic.Should().BeApproximately(2 / Math.Sqrt(1d / 36) * Math.Sqrt((6 + 1 - 4 + (2d / 6)) / 6), 1e-9);
    }

    [Fact]
    public void Compute_Swapped_ChangesTheSign()
    {
        double[] one = [1, 2, -2, 3, 1];
        double[] other = [2, -3, 1, 4, -2];

        var (better, worse) = (DieboldMarianoTest.Compute(one, other, 1)!, DieboldMarianoTest.Compute(other, one, 1)!);

        worse.Statistic.Should().BeApproximately(-better.Statistic, 1e-12);
        (worse.PValue + better.PValue).Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void Compute_EqualErrors_IsNull() => DieboldMarianoTest.Compute([1, 2, 3], [1, -2, 3], 1).Should().BeNull();

    [Fact]
    public void Compute_TooFewErrors_IsNull()
    {
        DieboldMarianoTest.Compute([1], [2], 1).Should().BeNull();
        DieboldMarianoTest.Compute([1, 2, 3], [2, 3, 5], 3).Should().BeNull();
    }

    [Fact]
    public void Compute_LengthsThatDiffer_Throw()
    {
        var compute = () => DieboldMarianoTest.Compute([1, 2], [1], 1);

        compute.Should().Throw<ArgumentException>().WithMessage("Expected one error of the benchmark per error of the forecast, 2, found 1.*");
    }
}
