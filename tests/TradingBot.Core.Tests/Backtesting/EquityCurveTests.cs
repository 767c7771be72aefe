using TradingBot.Backtesting;

namespace TradingBot.Core.Tests.Backtesting;

public sealed class EquityCurveTests
{
    // The lengths lie around the blocks in which values are taken and the lanes in which they are added.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(1_023)]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(1_026)]
    [InlineData(1_027)]
    [InlineData(1_031)]
    [InlineData(2_050)]
    [InlineData(3_000)]
    public void Compute_AnyCurve_EqualsThePlainFigures(int count) => Properties.ForAll(
        Properties.Randoms,
        random =>
        {
            var bars = RandomMarkets.Bars(random, count);
            var equity = Curve(random, count);
            BacktestStatistics.Compute(bars, equity, new bool[count], [], 1_000, 1_000).ShouldBeThoseOf(bars, 1_000, equity);
        },
        runs: 30);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1_025)]
    [InlineData(1_026)]
    [InlineData(2_999)]
    public void Compute_OneValueNotFinite_NamesItsInstant(int at)
    {
        var bars = RandomMarkets.Bars(new Random(7), 3_000);
        foreach (var bad in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            var equity = Curve(new Random(7), bars.Count);
            equity[at] = bad;
            var act = () => BacktestStatistics.Compute(bars, equity, new bool[equity.Length], [], 1_000, 1_000);
            act.Should().Throw<ArgumentException>().WithMessage(FormattableString.Invariant($"The equity at {bars.CloseTimeAt(at):u} is {bad}; expected a finite number.*"));
        }
    }

    // A sum that is not finite does not make a value that is not.
    [Fact]
    public void Compute_ReturnBeyondADouble_IsNoFault()
    {
        var bars = RandomMarkets.Bars(new Random(7), 3);
        BacktestStatistics.Compute(bars, [0, 1_000, 1_000], new bool[3], [], 1_000, 1_000).Sharpe.Should().BeNull();
    }

    // It walks, stands still, comes back to its peak exactly, and now and then loses almost everything.
    private static double[] Curve(Random random, int count)
    {
        var values = new double[count];
        var (value, peak, stands) = (1_000d, 1_000d, 0);
        for (var i = 0; i < count; i++)
        {
            stands = stands > 0 ? stands - 1 : random.Next(60) == 0 ? random.Next(3_000 / (1 + random.Next(100))) : 0;
            value = stands > 0 ? value : random.Next(40) switch
            {
                0 => peak,
                1 => value * random.NextDouble(),
                _ => value * (1 + ((random.NextDouble() - 0.5) * 0.02)),
            };
            peak = Math.Max(peak, value);
            values[i] = value;
        }

        return values;
    }
}
