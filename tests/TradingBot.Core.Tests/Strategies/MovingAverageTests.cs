using TradingBot.Strategies;

namespace TradingBot.Core.Tests.Strategies;

public sealed class MovingAverageTests
{
    [Theory]
    [InlineData(new double[] { 7 }, 7)]
    [InlineData(new double[] { 1, 2, 4 }, 7d / 3)]
    [InlineData(new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 11 }, 5.6)]
    public void Simple_AnyNumberOfValues_IsTheirMean(double[] values, double expected) =>
        MovingAverage.Simple(values).Should().BeApproximately(expected, 1e-15 * expected);

    [Fact]
    public void Simple_EveryLength_SumsEachValueOnce()
    {
        for (var length = 1; length <= 70; length++)
        {
            // Powers of two: whatever is left out or taken twice shows, and nothing is rounded.
            double[] values = [.. Enumerable.Range(0, length).Select(i => (double)(1L << (i % 40)))];
            MovingAverage.Simple(values).Should().Be(values.Sum() / length);
        }
    }

    // A window of a long series, cut out anywhere, must be averaged to the last bit as the same values fetched live.
    [Fact]
    public void Simple_SameValuesElsewhere_GiveTheSameBits() => Properties.ForAll(
        Properties.Randoms,
        random =>
        {
            double[] series = [.. Enumerable.Range(0, 200).Select(_ => 20_000 * random.NextDouble())];
            var (start, length) = (random.Next(150), random.Next(1, 50));

            MovingAverage.Simple(series.AsSpan(start, length)).Should().Be(MovingAverage.Simple([.. series.Skip(start).Take(length)]));
        });

    [Fact]
    public void Simple_NoValues_SaysSo() =>
        FluentActions.Invoking(() => MovingAverage.Simple([])).Should().Throw<ArgumentException>().WithMessage("An average needs at least one value, found none.*");
}
