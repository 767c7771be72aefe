using TradingBot.Statistics;

namespace TradingBot.Core.Tests.Statistics;

public sealed class SharpeEstimateTests
{
    // Bailey and López de Prado (2012), the hedge fund with 24 monthly returns: a monthly Sharpe ratio of 0.458.
    [Theory]
    [InlineData(0, 3, 0.982)] // taken as normal
    [InlineData(-2.448, 10.164, 0.913)] // with its own skewness and kurtosis
    public void ProbabilityAbove_PaperExample_IsAsPrinted(double skewness, double kurtosis, double printed) =>
        new SharpeEstimate(0.458, 24, skewness, kurtosis).ProbabilityAbove(0).Should().BeApproximately(printed, 0.0005);

    // Same paper: years needed to say that an annual Sharpe ratio of 2 lies above 1 with 95 per cent confidence, for normal returns.
    [Theory]
    [InlineData(250, 2.73)] // daily
    [InlineData(52, 2.83)] // weekly
    [InlineData(12, 3.24)] // monthly
    public void MinimumTrackRecordLength_PaperExample_IsAsPrinted(int perYear, double printedYears)
    {
        var annual = Math.Sqrt(perYear);

        (new SharpeEstimate(2 / annual, 2).MinimumTrackRecordLength(1 / annual) / perYear).Should().BeApproximately(printedYears, 0.005);
    }

    [Fact]
    public void MinimumTrackRecordLength_SoManyReturns_AreJustEnough()
    {
        var length = new SharpeEstimate(0.1, 2, -1, 6).MinimumTrackRecordLength(0.02, 0.9)!.Value;

        new SharpeEstimate(0.1, (int)Math.Ceiling(length), -1, 6).ProbabilityAbove(0.02).Should().BeInRange(0.9, 0.901);
        new SharpeEstimate(0.1, (int)Math.Floor(length), -1, 6).ProbabilityAbove(0.02).Should().BeLessThan(0.9);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.2)]
    public void MinimumTrackRecordLength_NotAboveTheBenchmark_IsNull(double benchmark) =>
        new SharpeEstimate(0.1, 100).MinimumTrackRecordLength(benchmark).Should().BeNull();

    [Fact]
    public void ProbabilityAbove_ItsOwnSharpe_IsOneHalf() => new SharpeEstimate(0.3, 50, -1, 5).ProbabilityAbove(0.3).Should().BeApproximately(0.5, 1e-15);

    [Fact]
    public void ProbabilityAbove_TwoReturnsWithoutSpread_IsNull() => new SharpeEstimate(1, 2, 2, 5).ProbabilityAbove(0).Should().BeNull();

    [Fact]
    public void Constructor_ValueOutsideItsRange_Throws()
    {
        Action[] calls =
        [
            () => _ = new SharpeEstimate(double.NaN, 10),
            () => _ = new SharpeEstimate(1, 1),
            () => _ = new SharpeEstimate(1, 10, double.PositiveInfinity),
            () => _ = new SharpeEstimate(1, 10, 0, double.NaN),
            () => _ = new SharpeEstimate(1, 10, 2, 4.9),
            () => new SharpeEstimate(1, 10).ProbabilityAbove(double.NaN),
            () => new SharpeEstimate(1, 10).MinimumTrackRecordLength(double.NaN),
            () => new SharpeEstimate(1, 10).MinimumTrackRecordLength(0, 0.5),
            () => new SharpeEstimate(1, 10).MinimumTrackRecordLength(0, 1),
        ];
        calls.Should().AllSatisfy(call => call.Should().Throw<ArgumentOutOfRangeException>());
    }
}
