using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class ExogenousSeriesTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly ExogenousSeries Gold = new("gold", [At(10, 2060), At(34, 2070), At(60, 2055)]);

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, 2060d)]
    [InlineData(33, 2060d)]
    [InlineData(34, 2070d)]
    [InlineData(1000, 2055d)]
    public void ValueAt_Instant_IsTheLastPublishedByThen(int hour, double? expected) => Gold.ValueAt(Start.AddHours(hour)).Should().Be(expected);

    [Theory]
    [InlineData(34, 2060d)]
    [InlineData(35, null)]
    public void ValueAt_OldValue_CountsUpToItsAge(int hour, double? expected)
    {
        var series = new ExogenousSeries("gold", [At(10, 2060)]);

        series.ValueAt(Start.AddHours(hour), TimeSpan.FromHours(24)).Should().Be(expected);
    }

    [Fact]
    public void ValueAt_OtherOffset_IsTheSameInstant() =>
        Gold.ValueAt(new DateTimeOffset(2024, 1, 1, 12, 0, 0, TimeSpan.FromHours(2))).Should().Be(2060);

    [Fact]
    public void JoinTo_Bars_GivesWhatWasKnownAtEachClose()
    {
        // Daily bars close at hours 24, 48 and 72.
        var bars = Daily(3);

        Gold.JoinTo(bars).Should().Equal(2060, 2070, 2055);
        Gold.JoinTo(bars, first: 2).Should().Equal(double.NaN, double.NaN, 2055);
        Gold.JoinTo(bars, TimeSpan.FromHours(13)).Should().Equal(double.NaN, double.NaN, 2055);
    }

    [Fact]
    public void JoinTo_ValuePublishedAtTheClose_IsKnownAndOneTickLaterIsNot()
    {
        var bars = Daily(1);
        var atClose = new ExogenousSeries("x", [new ExogenousValue(bars.CloseTimeAt(0), 1)]);
        var after = new ExogenousSeries("x", [new ExogenousValue(bars.CloseTimeAt(0).AddTicks(1), 1)]);

        atClose.JoinTo(bars).Should().Equal(1);
        after.JoinTo(bars).Should().Equal(double.NaN);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gold price")]
    [InlineData("a,b")]
    public void Create_NameOutsideTheRule_Throws(string name)
    {
        var create = () => new ExogenousSeries(name, []);

        create.Should().Throw<ArgumentException>().WithMessage($"Expected a name of letters, digits, '-', '_' and '.', found '{name}'.*");
    }

    [Fact]
    public void Create_NaN_SaysWhen()
    {
        var create = () => new ExogenousSeries("gold", [At(1, 1), At(2, double.NaN)]);

        create.Should().Throw<ArgumentException>().WithMessage("The series 'gold' holds NaN at 2024-01-01 02:00:00Z; expected finite numbers.*");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void Create_NotInOrder_SaysWhere(int hour)
    {
        var create = () => new ExogenousSeries("gold", [At(2, 1), At(hour, 2)]);

        create.Should().Throw<ArgumentException>().WithMessage($"*published at 2024-01-01 0{hour}:00:00Z after one published at 2024-01-01 02:00:00Z*");
    }

    [Fact]
    public void ToString_Series_SaysTheSpan()
    {
        Gold.ToString().Should().Be("gold: 3 values published from 2024-01-01 10:00:00Z to 2024-01-03 12:00:00Z");
        new ExogenousSeries("x", []).ToString().Should().Be("x: no values");
    }

    private static BarSeries Daily(int count) => BarSeries.Create(
        TestBars.BtcUsdt, Interval.OneDay, GapPolicy.Reject, Enumerable.Range(0, count).Select(index => TestBars.At(index, Interval.OneDay)));

    private static ExogenousValue At(int hour, double value) => new(Start.AddHours(hour), value);
}
