using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class PriceConversionTests
{
    private const int Seed = 20_261_122;

    [Theory]
    [InlineData(100)]
    [InlineData(10)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(100_000_000)]
    public void ToDecimal_RandomPricesOfAllSizes_IsWhatACastGivesToTheLastDigit(int parts)
    {
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var price = (random.NextInt64(1, 10_000_000_000_000_000) >> random.Next(53)) / (double)parts;

            Check(price);
            Check(double.BitIncrement(price));
            Check(double.BitDecrement(price));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.009999)]
    [InlineData(0.005)]
    [InlineData(0.1)]
    [InlineData(0.30000000000000004)]
    [InlineData(30_000)]
    [InlineData(99_999_999_999.99)]
    [InlineData(100_000_000_000)]
    [InlineData(100_000_000_000.01)]
    [InlineData(1e20)]
    [InlineData(-12.34)]
    [InlineData(double.Epsilon)]
    public void ToDecimal_EdgePrice_IsWhatACastGives(double price) => Check(price);

    private static void Check(double price)
    {
        // An assertion for each of so many prices is slow.
        if (!decimal.GetBits(PriceConversion.ToDecimal(price)).AsSpan().SequenceEqual(decimal.GetBits((decimal)price)))
        {
            PriceConversion.ToDecimal(price).ToString(null, System.Globalization.CultureInfo.InvariantCulture)
                .Should().Be(((decimal)price).ToString(System.Globalization.CultureInfo.InvariantCulture), "{0:R} is converted, seed {1}", price, Seed);
        }
    }
}
