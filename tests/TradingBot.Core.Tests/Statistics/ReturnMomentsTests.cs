using TradingBot.Statistics;

namespace TradingBot.Core.Tests.Statistics;

public sealed class ReturnMomentsTests
{
    [Fact]
    public void Of_KnownNoise_AgreesWithAnIndependentProgram()
    {
        // Computed from the same numbers by a Python program with the textbook formulas.
        var moments = ReturnMoments.Of(KnownNoise.Trials()[0].Span);

        moments.Count.Should().Be(103);
        moments.Mean.Should().BeApproximately(0.004897936224684264, 1e-15);
        moments.Deviation.Should().BeApproximately(0.29665386204069516, 1e-14);
        moments.Sharpe.Should().BeApproximately(0.01651061001192144, 1e-14);
        moments.Skewness.Should().BeApproximately(0.004508221125410744, 1e-13);
        moments.Kurtosis.Should().BeApproximately(1.8228089812954338, 1e-13);
    }

    [Fact]
    public void Join_AnyParts_IsTheWhole() => Properties.ForAll(Properties.Randoms, random =>
    {
        var returns = Enumerable.Range(0, random.Next(2, 200)).Select(_ => (random.NextDouble() - 0.4) * 0.1).ToArray();
        var whole = ReturnMoments.Of(returns);
        var joined = ReturnMoments.Join(ReturnMoments.OfBlocks(returns, random.Next(1, 20)));

        joined.Count.Should().Be(whole.Count);
        joined.Mean.Should().BeApproximately(whole.Mean, 1e-15);
        joined.Square.Should().BeApproximately(whole.Square, 1e-14);
        joined.Cube.Should().BeApproximately(whole.Cube, 1e-14);
        joined.Fourth.Should().BeApproximately(whole.Fourth, 1e-14);
    });

    [Fact]
    public void OfBlocks_LengthThatDoesNotDivide_DiffersByOneReturn() =>
        ReturnMoments.OfBlocks(new double[10], 4).Select(block => block.Count).Should().Equal(2, 3, 2, 3);

    [Theory]
    [InlineData()]
    [InlineData(0.01)]
    [InlineData(0.01, 0.01, 0.01)]
    public void Sharpe_NothingVaries_IsNull(params double[] returns)
    {
        var moments = ReturnMoments.Of(returns);

        (moments.Sharpe, moments.Skewness, moments.Kurtosis, moments.ToSharpeEstimate()).Should().Be(((double?)null, (double?)null, (double?)null, (SharpeEstimate?)null));
    }

    [Fact]
    public void Of_NotANumber_SaysWhere() =>
        FluentActions.Invoking(() => ReturnMoments.Of([0.1, double.NaN])).Should().Throw<ArgumentException>().WithMessage("Expected finite returns, found NaN at index 1.*");

    [Fact]
    public void OfBlocks_None_Throws() =>
        FluentActions.Invoking(() => ReturnMoments.OfBlocks([0.1], 0)).Should().Throw<ArgumentOutOfRangeException>();
}
