using System.Globalization;
using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class FastDecimalTests
{
    private const int Seed = 20_261_122;
    private const int Pairs = 30_000;

    [Fact]
    public void Conversions_RandomNumbers_KeepEveryBit()
    {
        foreach (var (number, _) in RandomPairs())
        {
            BitsOf((FastDecimal)number).Should().Equal(BitsOf(number), "of {0}, seed {1}", number, Seed);
            ((double)(FastDecimal)number).Should().Be((double)number, "of {0}, seed {1}", number, Seed);
        }
    }

    [Fact]
    public void Arithmetic_RandomNumbers_IsThatOfDecimalsToTheLastBit()
    {
        var overflows = 0;
        foreach (var (left, right) in RandomPairs())
        {
            Check(left, right, "+", (a, b) => a + b, (a, b) => a + b);
            Check(left, right, "-", (a, b) => a - b, (a, b) => a - b);
            Check(left, right, "*", (a, b) => a * b, (a, b) => a * b);
            Check(left, right, "/", (a, b) => a / b, (a, b) => a / b);
            Check(left, right, "min", Math.Min, FastDecimal.Min);
            Check(left, right, "max", Math.Max, FastDecimal.Max);
            Check(left, right, "neg", (a, _) => -a, (a, _) => -a);
            Check(left, right, "abs", (a, _) => Math.Abs(a), (a, _) => FastDecimal.Abs(a));
        }

        overflows.Should().BeInRange(Pairs / 100, Pairs * 2);

        void Check(decimal left, decimal right, string name, Func<decimal, decimal, decimal> slow, Func<FastDecimal, FastDecimal, FastDecimal> fast)
        {
            decimal expected;
            try
            {
                expected = slow(left, right);
            }
            catch (Exception exception) when (exception is OverflowException or DivideByZeroException)
            {
                overflows++;
                FluentActions.Invoking(() => fast(left, right)).Should().Throw<ArithmeticException>("{0} {1} {2} fails, seed {3}", left, name, right, Seed).Which.GetType().Should().Be(exception.GetType());
                return;
            }

            BitsOf(fast(left, right)).Should().Equal(BitsOf(expected), "{0} {1} {2} is {3}, seed {4}", left, name, right, expected, Seed);
        }
    }

    [Fact]
    public void Comparison_RandomNumbers_IsThatOfDecimals()
    {
        foreach (var (left, right) in RandomPairs())
        {
            var (one, other) = ((FastDecimal)left, (FastDecimal)right);
            (one < other, one <= other, one == other, one != other, one >= other, one > other, Math.Sign(one.CompareTo(other)), one.Equals(other))
                .Should().Be((left < right, left <= right, left == right, left != right, left >= right, left > right, left.CompareTo(right), left.Equals(right)), "of {0} and {1}, seed {2}", left, right, Seed);
            BitsOf(one.PositivePart).Should().Equal(BitsOf(left > 0 ? left : 0m), "of {0}, seed {1}", left, Seed);
            (one.Sign, one.IsNegative, one.IsZero, one.IsPositive, one.Scale, one.GetHashCode()).Should().Be(
                (Math.Sign(left), left < 0, left == 0, left > 0, (int)left.Scale, left.GetHashCode()), "of {0}, seed {1}", left, Seed);
        }
    }

    [Theory]
    [InlineData("18446744073709551615", "1844674407370955161.5")]
    [InlineData("1844674407370955161", "1844674407370955161.5")]
    [InlineData("1844674407370955162", "1844674407370955161.5")]
    [InlineData("18446744073709551615", "18446744073709551.615")]
    [InlineData("18446744073709551615", "0.0000000000000000000")]
    [InlineData("18446744073709551615", "0.000000000000000001")]
    [InlineData("1", "0.0000000000000000001")]
    [InlineData("0", "0.0000000000000000001")]
    [InlineData("18.446744073709551615", "18")]
    [InlineData("18.446744073709551615", "19")]
    public void Comparison_AroundWhatFitsInto64BitsOnceAligned_IsThatOfDecimals(string text, string otherText)
    {
        var (size, otherSize) = (decimal.Parse(text, CultureInfo.InvariantCulture), decimal.Parse(otherText, CultureInfo.InvariantCulture));
        foreach (var (left, right) in new[] { (size, otherSize), (-size, otherSize), (size, -otherSize), (-size, -otherSize) })
        {
            ((FastDecimal)left).CompareTo(right).Should().Be(left.CompareTo(right), "of {0} and {1}", left, right);
            ((FastDecimal)right).CompareTo(left).Should().Be(right.CompareTo(left), "of {0} and {1}", right, left);
            ((FastDecimal)left == right).Should().Be(left == right);
        }
    }

    [Fact]
    public void Rounding_RandomNumbers_IsThatOfDecimalsToTheLastBit()
    {
        var random = new Random(Seed);
        foreach (var (number, _) in RandomPairs())
        {
            var decimals = random.Next(0, 29);
            BitsOf(((FastDecimal)number).RoundUp(decimals)).Should().Equal(
                BitsOf(decimal.Round(number, decimals, MidpointRounding.ToPositiveInfinity)), "{0} up to {1} decimals, seed {2}", number, decimals, Seed);
            BitsOf(((FastDecimal)number).RoundDown(decimals)).Should().Equal(
                BitsOf(decimal.Round(number, decimals, MidpointRounding.ToNegativeInfinity)), "{0} down to {1} decimals, seed {2}", number, decimals, Seed);
        }
    }

    [Theory]
    [InlineData("0", 3, true, 0ul)]
    [InlineData("-12.50", 0, true, 1250ul)]
    [InlineData("-12.50", 2, true, 125_000ul)]
    [InlineData("18446744073709551615", 0, true, ulong.MaxValue)]
    [InlineData("18446744073709551615", 1, false, 0ul)]
    [InlineData("18446744073709551616", 0, false, 0ul)]
    [InlineData("1", 18, true, 1_000_000_000_000_000_000ul)]
    [InlineData("1", 19, false, 0ul)]
    public void TryGetUnits_NumbersThatFitAndThatDoNot_TellsWhich(string text, int places, bool fits, ulong expected)
    {
        FastDecimal number = decimal.Parse(text, CultureInfo.InvariantCulture);

        number.TryGetUnits(places, out var units).Should().Be(fits);

        (fits ? units : expected).Should().Be(expected);
    }

    [Fact]
    public void ToString_WithFormat_IsThatOfTheDecimal()
    {
        FormattableString.Invariant($"{(FastDecimal)1234.5678m:0.##} {(FastDecimal)(-0.10m)}").Should().Be("1234.57 -0.10");
        FastDecimal.Of(1_234, 3).ToString(null, CultureInfo.InvariantCulture).Should().Be("1.234");
    }

    private static int[] BitsOf(decimal number) => decimal.GetBits(number);

    private static IEnumerable<(decimal Left, decimal Right)> RandomPairs()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Pairs; i++)
        {
            var left = Number(random);
            yield return (left, random.Next(8) switch
            {
                0 => left,
                1 => -left,
                2 => WithMoreDecimals(left, random),
                3 => -WithMoreDecimals(left, random),
                _ => Number(random),
            });
        }
    }

    // Numbers around the edges of 32, 64 and 96 bits, zeros of both signs, and those that markets have.
    private static decimal Number(Random random)
    {
        var bits = random.Next(97);
        var (low, middle, high) = (Word(random, bits), Word(random, bits - 32), Word(random, bits - 64));
        if (random.Next(16) == 0)
        {
            (low, middle, high) = (-1, -1, random.Next(2) == 0 ? -1 : 0);
        }

        return new decimal(low, middle, high, random.Next(2) == 0, (byte)(random.Next(3) == 0 ? random.Next(29) : random.Next(10)));
    }

    private static int Word(Random random, int bits) => bits <= 0 ? 0 : unchecked((int)(uint)(random.NextInt64(1L << 32) >> Math.Max(0, 32 - bits)));

    private static decimal WithMoreDecimals(decimal number, Random random)
    {
        var scale = random.Next(29);
        try
        {
            return number + new decimal(0, 0, 0, isNegative: false, (byte)scale);
        }
        catch (OverflowException)
        {
            return number;
        }
    }
}
