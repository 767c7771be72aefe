using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class BarTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Constructor_PossibleBar_KeepsItsValues()
    {
        var bar = new Bar(TestBars.Start, Hour, 10, 12, 9, 11, 5);
        (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume).Should().Be((10d, 12d, 9d, 11d, 5d));
        bar.Length.Should().Be(Hour);
        bar.OpenTime.Should().Be(TestBars.Start);
        bar.CloseTime.Should().Be(TestBars.Start + Hour);
    }

    [Fact]
    public void Constructor_AnotherOffset_KeepsTheInstantInUtc()
    {
        var bar = new Bar(TestBars.Start.ToOffset(TimeSpan.FromHours(9)), Hour, 1, 1, 1, 1, 0);
        bar.OpenTime.Should().Be(TestBars.Start);
        bar.OpenTime.Offset.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(1, 1, 1, 1, 0)] // flat, without trades
    [InlineData(2, 2, 1, 1, 1)] // opens at the high, closes at the low
    [InlineData(1, 2, 1, 2, 1)]
    [InlineData(double.Epsilon, double.MaxValue, double.Epsilon, 1, double.MaxValue)]
    public void Constructor_EdgeOfThePossible_Accepts(double open, double high, double low, double close, double volume)
    {
        var create = () => new Bar(TestBars.Start, Hour, open, high, low, close, volume);
        create.Should().NotThrow();
    }

    [Theory]
    [InlineData(10, 12, 9, 12.1, 5, "high 12 is below open 10 or close 12.1")]
    [InlineData(12.1, 12, 9, 10, 5, "high 12 is below open 12.1 or close 10")]
    [InlineData(10, 12, 9, 8.9, 5, "low 9 is above open 10 or close 8.9")]
    [InlineData(8.9, 12, 9, 10, 5, "low 9 is above open 8.9 or close 10")]
    [InlineData(10, 9, 12, 10, 5, "high 9 is below low 12")]
    [InlineData(10, 12, 0, 11, 5, "prices must be above 0, found low 0")]
    [InlineData(10, 12, -1, 11, 5, "prices must be above 0, found low -1")]
    [InlineData(10, 12, 9, 11, -0.1, "volume must not be negative, found -0.1")]
    [InlineData(double.NaN, 12, 9, 11, 5, "every value must be a finite number, found open NaN, high 12, low 9, close 11, volume 5")]
    [InlineData(10, double.NaN, 9, 11, 5, "every value must be a finite number*")]
    [InlineData(10, 12, double.NaN, 11, 5, "every value must be a finite number*")]
    [InlineData(10, 12, 9, double.NaN, 5, "every value must be a finite number*")]
    [InlineData(10, 12, 9, 11, double.NaN, "every value must be a finite number*")]
    [InlineData(10, double.PositiveInfinity, 9, 11, 5, "every value must be a finite number*")]
    [InlineData(10, 12, double.NegativeInfinity, 11, 5, "every value must be a finite number*")]
    [InlineData(10, 12, 9, 11, double.PositiveInfinity, "every value must be a finite number*")]
    public void Constructor_ImpossibleBar_SaysWhy(double open, double high, double low, double close, double volume, string fault)
    {
        var create = () => new Bar(TestBars.Start, Hour, open, high, low, close, volume);
        create.Should().Throw<ArgumentException>().WithMessage($"The bar of 2024-01-01 00:00:00Z is impossible: {fault}*");
    }

    [Fact]
    public void Constructor_NoLength_Throws()
    {
        var create = () => new Bar(TestBars.Start, TimeSpan.Zero, 1, 1, 1, 1, 0);
        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Constructor_EndAfterTheCalendar_Throws()
    {
        var create = () => new Bar(DateTimeOffset.MaxValue - TimeSpan.FromMinutes(59), Hour, 1, 1, 1, 1, 0);
        create.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Equals_SameValues_IsByValue()
    {
        TestBars.At(3, Interval.OneHour).Should().Be(TestBars.At(3, Interval.OneHour));
        TestBars.At(3, Interval.OneHour).Should().NotBe(TestBars.At(4, Interval.OneHour));
    }
}
