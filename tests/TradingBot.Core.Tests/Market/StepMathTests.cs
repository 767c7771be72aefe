using System.Globalization;
using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class StepMathTests
{
    private const int Seed = 20_261_122;

    [Fact]
    public void MultipleBelow_RandomValues_IsWhatDecimalsGiveToTheLastDigit()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 40_000; i++)
        {
            var step = random.Next(3) == 0 ? new decimal(1, 0, 0, isNegative: false, (byte)random.Next(12)) : Positive(random);
            var value = random.Next(3) == 0 ? Lots(random) * step : Number(random);
            var beyond = value % step;
            var expected = beyond == 0 && value.Scale <= step.Scale ? value : decimal.Round(value - beyond, step.Scale);

            var multiple = StepMath.MultipleBelow(value, step, out var isEqual);

            isEqual.Should().Be(beyond == 0, "{0} in steps of {1}, seed {2}", value, step, Seed);
            decimal.GetBits(multiple).Should().Equal(decimal.GetBits(expected), "{0} in steps of {1}, seed {2}", value, step, Seed);
        }
    }

    [Fact]
    public void IsMultiple_RandomValues_IsWhatTheRemainderSays()
    {
        var random = new Random(Seed);
        var found = 0;
        for (var i = 0; i < 40_000; i++)
        {
            var step = random.Next(3) == 0 ? new decimal(1, 0, 0, isNegative: false, (byte)random.Next(12)) : Positive(random);
            var value = random.Next(2) == 0 ? Number(random) : Lots(random) * step;

            StepMath.IsMultiple(value, step).Should().Be(value % step == 0, "{0} in steps of {1}, seed {2}", value, step, Seed);
            found += value % step == 0 ? 1 : 0;
        }

        found.Should().BeInRange(18_000, 38_000);
    }

    [Theory]
    [InlineData("79228162514264337593543950335", "0.1")]
    [InlineData("18446744073709551615", "1")]
    [InlineData("18446744073709551616", "1")]
    [InlineData("18446744073709551615", "0.3")]
    [InlineData("0.0000000000000000000000000001", "1000")]
    [InlineData("-29877.37", "0.1")]
    [InlineData("0", "0.01")]
    public void MultipleBelow_EdgesOfWhatFits_IsWhatDecimalsGive(string wanted, string size)
    {
        var (value, step) = (decimal.Parse(wanted, CultureInfo.InvariantCulture), decimal.Parse(size, CultureInfo.InvariantCulture));

        StepMath.MultipleBelow(value, step).Should().Be(decimal.Round(value - (value % step), step.Scale));
        StepMath.IsMultiple(value, step).Should().Be(value % step == 0);
    }

    private static decimal Lots(Random random) => random.Next(-10_000, 10_000);

    private static decimal Number(Random random) => random.Next(4) == 0 ? -Positive(random) : Positive(random);

    // From the smallest numbers to some that do not fit into 64 bits.
    private static decimal Positive(Random random)
    {
        var bits = random.Next(1, 80);
        var low = random.NextInt64(1, long.MaxValue) >> Math.Max(0, 63 - bits);
        return new decimal(unchecked((int)Math.Max(1, low)), unchecked((int)(low >> 32)), bits > 64 ? random.Next(1 << (bits - 64)) : 0, isNegative: false, (byte)random.Next(bits > 64 ? 20 : 12));
    }
}
