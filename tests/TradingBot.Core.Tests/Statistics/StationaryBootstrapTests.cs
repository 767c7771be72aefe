using TradingBot.Statistics;

namespace TradingBot.Core.Tests.Statistics;

public sealed class StationaryBootstrapTests
{
    [Fact]
    public void Compute_SameSeed_IsTheSameResult()
    {
        var returns = KnownNoise.From(3).Take(500).Select(value => value * 0.02).ToArray();

        StationaryBootstrap.Compute(returns).Should().Be(StationaryBootstrap.Compute(returns));
        StationaryBootstrap.Compute(returns, new BootstrapOptions { Seed = 2 }).Should().NotBe(StationaryBootstrap.Compute(returns));
    }

    [Fact]
    public void Compute_IndependentLogNormalReturns_AgreesWithTheTheory()
    {
        // With blocks of one the sum of n log returns is about normal: mean n m, deviation s sqrt n; m and s those of the sample.
        var normal = new MathNet.Numerics.Distributions.Normal(0.001, 0.01, new MathNet.Numerics.Random.Xoshiro256StarStar(5));
        var logs = normal.Samples().Take(400).ToArray();
        var result = StationaryBootstrap.Compute([.. logs.Select(log => Math.Exp(log) - 1)], new BootstrapOptions { BlockLength = 1, Resamples = 20_000 })!;
        var moments = ReturnMoments.Of(logs);
        var (mean, deviation) = (400 * moments.Mean, 20 * Math.Sqrt(moments.Square / 400));

        Math.Log(1 + result.TotalReturn.Median).Should().BeApproximately(mean, 0.03 * deviation);
        Math.Log(1 + result.TotalReturn.Lower).Should().BeApproximately(mean - (1.959964 * deviation), 0.06 * deviation);
        Math.Log(1 + result.TotalReturn.Upper).Should().BeApproximately(mean + (1.959964 * deviation), 0.06 * deviation);
        result.ProbabilityOfLoss.Should().BeApproximately(MathNet.Numerics.Distributions.Normal.CDF(mean, deviation, 0), 0.01);
    }

    // Politis and Romano (1994), lemma 1: over the resamples the sum of n values has the variance n (C(0) + 2 sum over i from 1 to n - 1 of
    // (1 - i/n) (1 - 1/b)^i C(i)), where C are the autocovariances of the values in a circle, and b the average length of the blocks.
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(25)]
    public void Compute_DependentReturns_SpreadAsTheLemmaOfThePaperSays(double length)
    {
        double[] logs = [.. KnownNoise.Autoregressive(0.7, 1_000).Select(value => value * 0.01)];
        var result = StationaryBootstrap.Compute(
            [.. logs.Select(log => Math.Exp(log) - 1)],
            new BootstrapOptions { BlockLength = length, Resamples = 10_000, Confidence = 0.682689492137 })!;

        var (count, mean) = (logs.Length, logs.Average());
        var variance = Covariance(0);
        for (var i = 1; i < count; i++)
        {
            variance += 2 * (1 - ((double)i / count)) * Math.Pow(1 - (1 / length), i) * Covariance(i);
        }

        // The sum of so many blocks is about normal, so the middle 68.27 % are one deviation to either side.
        var expected = Math.Sqrt(count * variance);
        var deviation = (Math.Log(1 + result.TotalReturn.Upper) - Math.Log(1 + result.TotalReturn.Lower)) / 2;
        deviation.Should().BeApproximately(expected, 0.03 * expected);

        double Covariance(int lag) => Enumerable.Range(0, count).Sum(j => (logs[j] - mean) * (logs[(j + lag) % count] - mean)) / count;
    }

    [Fact]
    public void Compute_LosingStreaks_AreKeptTogether()
    {
        // Runs of twenty losses, then twenty gains: blocks keep them, single returns scatter them, and the drawdown shows it.
        double[] returns = [.. Enumerable.Range(0, 400).Select(bar => bar / 20 % 2 == 0 ? -0.01 : 0.01)];
        var blocks = StationaryBootstrap.Compute(returns)!;
        var scattered = StationaryBootstrap.Compute(returns, new BootstrapOptions { BlockLength = 1 })!;

        blocks.BlockLength.Should().BeGreaterThan(10);
        blocks.MaxDrawdown.Median.Should().BeGreaterThan(1.25 * scattered.MaxDrawdown.Median);
    }

    [Fact]
    public void Compute_AnyReturns_IntervalsAreInOrder() => Properties.ForAll(Properties.Randoms, random =>
    {
        double[] returns = [.. Enumerable.Range(0, random.Next(10, 100)).Select(_ => (random.NextDouble() - 0.5) * 3)];
        var result = StationaryBootstrap.Compute(returns, new BootstrapOptions { Resamples = 100, Seed = random.Next() })!;

        new[] { -1, result.TotalReturn.Lower, result.TotalReturn.Median, result.TotalReturn.Upper }.Should().BeInAscendingOrder();
        new[] { 0, result.MaxDrawdown.Lower, result.MaxDrawdown.Median, result.MaxDrawdown.Upper, 1 }.Should().BeInAscendingOrder();
    }, runs: 50);

    [Fact]
    public void Compute_TooLittle_IsNull()
    {
        StationaryBootstrap.Compute(new double[9]).Should().BeNull();
        StationaryBootstrap.Compute(new double[100]).Should().BeNull();
    }

    [Fact]
    public void Compute_OptionOutsideItsRange_Throws()
    {
        BootstrapOptions[] bad =
        [
            new() { Resamples = 99 }, new() { Confidence = 0 }, new() { Confidence = 1 }, new() { Confidence = double.NaN },
            new() { BlockLength = 0.5 }, new() { BlockLength = double.NaN }, new() { BlockLength = double.PositiveInfinity },
        ];
        bad.Should().AllSatisfy(options => FluentActions.Invoking(() => StationaryBootstrap.Compute(new double[20], options)).Should().Throw<ArgumentOutOfRangeException>());
    }
}
