using TradingBot.Statistics;

namespace TradingBot.Core.Tests.Statistics;

public sealed class SharpeEstimateTests
{
    // Bailey and López de Prado (2012), section 3, the hedge fund with monthly returns and a monthly Sharpe ratio of 0.458. The figures are those that public
    // test suites quote from the paper (rubenbriones/Probabilistic-Sharpe-Ratio, tests/test_sharpe_ratio_stats.py, the first two); the formula in a Python
    // program gives 0.98167, 0.91336 and 0.95351, so the third is cut off rather than rounded.
    [Theory]
    [InlineData(24, 0, 3, 0.982, 0.0005)] // two years, taken as normal
    [InlineData(24, -2.448, 10.164, 0.913, 0.0005)] // with its own skewness and kurtosis
    [InlineData(36, -2.448, 10.164, 0.953, 0.001)] // three years
    public void ProbabilityAbove_PaperExample_IsAsPrinted(int count, double skewness, double kurtosis, double printed, double precision) =>
        new SharpeEstimate(0.458, count, skewness, kurtosis).ProbabilityAbove(0).Should().BeApproximately(printed, precision);

    // Same paper: years needed to say that an annual Sharpe ratio of 2 lies above 1 with 95 per cent confidence. The figures are those that public test
    // suites quote from its tables (esvhd/pypbo among them); the formula in a Python program gives the same to all their digits.
    [Theory]
    [InlineData(252, 0, 3, 2.73)] // daily, normal returns
    [InlineData(52, 0, 3, 2.83)] // weekly
    [InlineData(12, 0, 3, 3.24)] // monthly
    [InlineData(12, -0.72, 5.78, 4.99)] // monthly, with the skewness and kurtosis of a hedge fund index
    public void MinimumTrackRecordLength_PaperExample_IsAsPrinted(int perYear, double skewness, double kurtosis, double printedYears)
    {
        var annual = Math.Sqrt(perYear);

        (new SharpeEstimate(2 / annual, 2, skewness, kurtosis).MinimumTrackRecordLength(1 / annual) / perYear).Should().BeApproximately(printedYears, 0.005);
    }

    // The example of the program in the same paper's appendix, as public test suites quote it: 59.895 months.
    [Fact]
    public void MinimumTrackRecordLength_ExampleOfThePapersProgram_IsAsPrinted() =>
        new SharpeEstimate(2 / Math.Sqrt(12), 2, -0.72, 5.78).MinimumTrackRecordLength(1 / Math.Sqrt(12)).Should().BeApproximately(59.895, 0.0005);

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
