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
