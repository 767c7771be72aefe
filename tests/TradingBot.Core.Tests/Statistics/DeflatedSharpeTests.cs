using TradingBot.Statistics;

namespace TradingBot.Core.Tests.Statistics;

public sealed class DeflatedSharpeTests
{
    // Bailey and López de Prado (2014), the numerical example on pages 9 and 10 of the preprint: five years of 250 days, an annual Sharpe ratio of 2.5, the
    // variance of the trials' annual ratios 1/2, skewness -3, kurtosis 10; an expected maximum of 0.1132 a day, a deflated ratio of 0.9004 for 100 trials
    // and 0.9505 for 46, and for 88 with normal returns. Many public test suites quote these figures; the formula in a Python program gives 0.11317,
    // 0.90040, 0.95050 and 0.95049.
    private const double Variance = 0.5 / 250;
    private static readonly double Sharpe = 2.5 / Math.Sqrt(250);

    [Fact]
    public void ExpectedMaximum_PaperExample_IsAsPrinted() => DeflatedSharpe.ExpectedMaximum(100, Variance).Should().BeApproximately(0.1132, 0.00005);

    [Theory]
    [InlineData(100, -3, 10, 0.9004)]
    [InlineData(46, -3, 10, 0.9505)]
    [InlineData(88, 0, 3, 0.9505)]
    public void Compute_PaperExample_IsAsPrinted(int trials, double skewness, double kurtosis, double printed) =>
        DeflatedSharpe.Compute(new SharpeEstimate(Sharpe, 1250, skewness, kurtosis), trials, Variance).Should().BeApproximately(printed, 0.00005);

    [Theory]
    [InlineData(88, true)] // The paper: had the returns been normal, 88 trials would still have passed the bar of 0.95.
    [InlineData(89, false)]
    public void Compute_PaperExampleWithNormalReturns_PassesUpTo88Trials(int trials, bool passes) =>
        (DeflatedSharpe.Compute(new SharpeEstimate(Sharpe, 1250), trials, Variance) >= 0.95).Should().Be(passes);

    [Theory]
    [InlineData(10, 1.57459830134575)]
    [InlineData(1000, 3.255121513652723)]
    public void ExpectedMaximum_UnitVariance_AgreesWithAnIndependentProgram(long trials, double expected) =>
        DeflatedSharpe.ExpectedMaximum(trials, 1).Should().BeApproximately(expected, 1e-9); // the formula in Python, with the normal distribution of its library

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
