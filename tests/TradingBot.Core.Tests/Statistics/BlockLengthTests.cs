using TradingBot.Statistics;

namespace TradingBot.Core.Tests.Statistics;

public sealed class BlockLengthTests
{
    // The value that the Python library arch asserts of its optimal_block_length, in arch/tests/bootstrap/test_block_length.py: the series
    // y(i) = 0.3 y(i-1) + e(i), with e from NumPy's RandomState(0), the first 100 values left out.
    [Fact]
    public void ForStationaryBootstrap_SeriesOfArchsTest_IsAsAsserted()
    {
        var values = KnownNoise.NumPyNormals(0, 10_100);
        values[0].Should().BeApproximately(1.764052345967664, 1e-15, "that is the first number of that generator");
        for (var i = 1; i < values.Length; i++)
        {
            values[i] += 0.3 * values[i - 1];
        }

        BlockLength.ForStationaryBootstrap(values.AsSpan(100)).Should().BeApproximately(13.635665, 1e-4 * 13.635665);
    }

    // Computed from the same numbers by a Python program written from the paper and its correction, which also gives arch's value above.
    [Theory]
    [InlineData(0, 1.9040483985097592)]
    [InlineData(0.3, 6.12030097583683)]
    [InlineData(0.7, 15.549199577609723)]
    [InlineData(0.9, 25.325077028523385)]
    public void ForStationaryBootstrap_Autoregressive_AgreesWithAnIndependentProgram(double memory, double expected) =>
        BlockLength.ForStationaryBootstrap(KnownNoise.Autoregressive(memory, 1000)).Should().BeApproximately(expected, 1e-9);

    [Fact]
    public void ForStationaryBootstrap_ManyValues_ApproachesTheTheory()
    {
        // Of an autoregressive series the best length is known: (2 m / (1 - m²))^(2/3) n^(1/3).
        var expected = Math.Pow(2 * 0.5 / (1 - 0.25), 2 / 3d) * Math.Cbrt(200_000);

        BlockLength.ForStationaryBootstrap(KnownNoise.Autoregressive(0.5, 200_000)).Should().BeApproximately(expected, 0.1 * expected);
    }

    [Fact]
    public void ForStationaryBootstrap_EndlessMemory_IsBounded() =>
        BlockLength.ForStationaryBootstrap([.. Enumerable.Range(0, 100).Select(i => (double)i)]).Should().BeInRange(1, 30);

    [Fact]
    public void ForStationaryBootstrap_TooLittle_IsNull()
    {
        BlockLength.ForStationaryBootstrap(new double[9]).Should().BeNull();
        BlockLength.ForStationaryBootstrap(new double[50]).Should().BeNull();
    }
}
