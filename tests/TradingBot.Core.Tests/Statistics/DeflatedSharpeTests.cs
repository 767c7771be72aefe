using TradingBot.Statistics;

namespace TradingBot.Core.Tests.Statistics;

public sealed class DeflatedSharpeTests
{
    // Bailey and López de Prado (2014), the numerical example: five years of 250 days, an annual Sharpe ratio of 2.5, the variance of the
    // trials' annual ratios 1/2.
    private const double Variance = 0.5 / 250;
    private static readonly double Sharpe = 2.5 / Math.Sqrt(250);

    [Fact]
    public void ExpectedMaximum_PaperExample_IsAsPrinted() => DeflatedSharpe.ExpectedMaximum(100, Variance).Should().BeApproximately(0.1132, 0.00005);

    [Theory]
    [InlineData(100, -3, 10, 0.9004)]
    [InlineData(46, -3, 10, 0.9505)]
    public void Compute_PaperExample_IsAsPrinted(int trials, double skewness, double kurtosis, double printed) =>
        DeflatedSharpe.Compute(new SharpeEstimate(Sharpe, 1250, skewness, kurtosis), trials, Variance).Should().BeApproximately(printed, 0.00005);

    [Theory]
    [InlineData(88, true)] // The paper: had the returns been normal, 88 trials would still have passed the bar of 0.95.
    [InlineData(89, false)]
    public void Compute_PaperExampleWithNormalReturns_PassesUpTo88Trials(int trials, bool passes) =>
        (DeflatedSharpe.Compute(new SharpeEstimate(Sharpe, 1250), trials, Variance) >= 0.95).Should().Be(passes);

    [Theory]
    [InlineData(10, 1.57)] // Bailey, Borwein, López de Prado and Zhu, "Pseudo-Mathematics and Financial Charlatanism", 2014
    [InlineData(1000, 3.2551)] // the formula in a Python program
    public void ExpectedMaximum_UnitVariance_IsAsPrinted(long trials, double printed) =>
        DeflatedSharpe.ExpectedMaximum(trials, 1).Should().BeApproximately(printed, 0.005);

    [Fact]
    public void ExpectedMaximum_ManyDraws_IsWhatLuckGives()
    {
        // The mean of the largest of 50 standard normal numbers, over 20,000 draws from a fixed seed.
        var random = new MathNet.Numerics.Random.Xoshiro256StarStar(20_261_122);
        var normal = new MathNet.Numerics.Distributions.Normal(0, 1, random);
        var mean = Enumerable.Range(0, 20_000).Average(_ => Enumerable.Range(0, 50).Max(_ => normal.Sample()));

        DeflatedSharpe.ExpectedMaximum(50, 1).Should().BeApproximately(mean, 0.03);
    }

    [Fact]
    public void ExpectedMaximum_OneTrialOrNoVariance_IsZero()
    {
        DeflatedSharpe.ExpectedMaximum(1, 4).Should().Be(0);
        DeflatedSharpe.ExpectedMaximum(100, 0).Should().Be(0);
    }

    [Fact]
    public void ExpectedMaximum_ValueOutsideItsRange_Throws()
    {
        Action[] calls =
        [
            () => DeflatedSharpe.ExpectedMaximum(0, 1),
            () => DeflatedSharpe.ExpectedMaximum(2, -1),
            () => DeflatedSharpe.ExpectedMaximum(2, double.NaN),
        ];
        calls.Should().AllSatisfy(call => call.Should().Throw<ArgumentOutOfRangeException>());
    }
}
