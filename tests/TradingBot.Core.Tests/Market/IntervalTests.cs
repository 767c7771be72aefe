using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class IntervalTests
{
    public static TheoryData<string> Texts => [.. Interval.All.Select(interval => interval.ToString())];

    [Fact]
    public void All_Always_HoldsTheExchangesIntervalsShortestFirst()
    {
        Interval.All.Select(interval => interval.ToString()).Should().Equal(
            "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d", "1w");
        Interval.All.Select(interval => interval.Length).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("1m", 1)]
    [InlineData("3m", 3)]
    [InlineData("5m", 5)]
    [InlineData("15m", 15)]
    [InlineData("30m", 30)]
    [InlineData("1h", 60)]
    [InlineData("2h", 120)]
    [InlineData("4h", 240)]
    [InlineData("6h", 360)]
    [InlineData("8h", 480)]
    [InlineData("12h", 720)]
    [InlineData("1d", 1440)]
    [InlineData("3d", 4320)]
    [InlineData("1w", 10080)]
    public void Length_OfEachInterval_IsItsMinutes(string text, int minutes)
    {
        var interval = Interval.Parse(text);
        interval.Length.Should().Be(TimeSpan.FromMinutes(minutes));
        interval.BarsPerYear.Should().Be(365d * 24 * 60 / minutes);
        Interval.FromLength(TimeSpan.FromMinutes(minutes)).Should().BeSameAs(interval);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Parse_TextOfEachInterval_GivesTheSameInstance(string text) =>
        Interval.Parse(text).Should().BeSameAs(Interval.All.Single(interval => interval.ToString() == text));

    [Theory]
    [InlineData("")]
    [InlineData("1M")]
    [InlineData("1H")]
    [InlineData(" 1h")]
    [InlineData("60m")]
    [InlineData("7h")]
    [InlineData("day")]
    public void Parse_UnknownText_SaysWhatWasExpectedAndFound(string text)
    {
        var parse = () => Interval.Parse(text);
        parse.Should().Throw<FormatException>().WithMessage($"'{text}' is not an interval; expected one of 1m, 3m, *, 3d, 1w.");
    }

    [Fact]
    public void TryParse_Null_IsFalse()
    {
        Interval.TryParse(null, out var interval).Should().BeFalse();
        interval.Should().BeNull();
    }

    [Fact]
    public void FromLength_OfNoInterval_IsNull() => Interval.FromLength(TimeSpan.FromMinutes(2)).Should().BeNull();

    [Theory]
    [InlineData("1m", "2024-01-03T13:37:59.9999999Z", "2024-01-03T13:37:00Z")]
    [InlineData("3m", "2024-01-03T13:37:00Z", "2024-01-03T13:36:00Z")]
    [InlineData("5m", "2024-01-03T13:37:00Z", "2024-01-03T13:35:00Z")]
    [InlineData("15m", "2024-01-03T13:37:00Z", "2024-01-03T13:30:00Z")]
    [InlineData("30m", "2024-01-03T13:37:00Z", "2024-01-03T13:30:00Z")]
    [InlineData("1h", "2024-01-03T13:37:00Z", "2024-01-03T13:00:00Z")]
    [InlineData("2h", "2024-01-03T13:37:00Z", "2024-01-03T12:00:00Z")]
    [InlineData("4h", "2024-01-03T15:37:00Z", "2024-01-03T12:00:00Z")]
    [InlineData("6h", "2024-01-03T13:37:00Z", "2024-01-03T12:00:00Z")]
    [InlineData("8h", "2024-01-03T15:37:00Z", "2024-01-03T08:00:00Z")]
    [InlineData("12h", "2024-01-03T11:37:00Z", "2024-01-03T00:00:00Z")]
    [InlineData("1d", "2024-01-03T23:59:59Z", "2024-01-03T00:00:00Z")]
    [InlineData("3d", "1970-01-03T23:59:59Z", "1970-01-01T00:00:00Z")]
    [InlineData("3d", "2024-01-05T13:37:00Z", "2024-01-03T00:00:00Z")] // 2024-01-03 is day 19,725, 3 times 6,575
    [InlineData("1w", "2024-01-07T23:59:59Z", "2024-01-01T00:00:00Z")] // a Sunday belongs to the Monday before
    [InlineData("1w", "2024-01-08T00:00:00Z", "2024-01-08T00:00:00Z")]
    [InlineData("1w", "1970-01-01T00:00:00Z", "1969-12-29T00:00:00Z")] // before the origin of the weeks
    [InlineData("1w", "1969-12-28T23:59:59Z", "1969-12-22T00:00:00Z")]
    [InlineData("3d", "1969-12-31T00:00:00Z", "1969-12-29T00:00:00Z")] // before the origin of the days
    [InlineData("1m", "1969-12-31T23:59:59.999Z", "1969-12-31T23:59:00Z")]
    public void OpenTimeAt_AnInstant_IsTheGridPointNotAfterIt(string text, string instant, string expected) =>
        Interval.Parse(text).OpenTimeAt(Instant(instant)).Should().Be(Instant(expected));

    [Theory]
    [MemberData(nameof(Texts))]
    public void OpenTimeAt_AnyInstant_IsTheOnlyOpenTimeWithinABarsLength(string text)
    {
        var interval = Interval.Parse(text);
        Properties.ForAll(Properties.Randoms, random =>
        {
            var instant = new DateTimeOffset(random.NextInt64(Instant("1900-01-01T00:00:00Z").Ticks, Instant("2100-01-01T00:00:00Z").Ticks), TimeSpan.Zero);
            var open = interval.OpenTimeAt(instant);
            open.Should().BeOnOrBefore(instant).And.BeAfter(instant - interval.Length);
            interval.IsOpenTime(open).Should().BeTrue();
            interval.IsOpenTime(open + interval.Length).Should().BeTrue();
            interval.IsOpenTime(open - interval.Length).Should().BeTrue();
            interval.IsOpenTime(open + TimeSpan.FromTicks(1)).Should().BeFalse();
            interval.OpenTimeAt(open).Should().Be(open);
        });
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void OpenTimeAt_AnotherOffset_IsTheSameUtcInstant(string text)
    {
        var interval = Interval.Parse(text);
        var instant = new DateTimeOffset(2024, 3, 1, 1, 30, 0, TimeSpan.FromHours(5.5));
        interval.OpenTimeAt(instant).Should().Be(interval.OpenTimeAt(instant.ToUniversalTime()));
        interval.OpenTimeAt(instant).Offset.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void IsOpenTime_EndsOfTheCalendar_DoesNotThrow(string text)
    {
        var interval = Interval.Parse(text);
        interval.IsOpenTime(DateTimeOffset.MinValue).Should().Be(text is not "3d"); // 0001-01-01 was a Monday, and 719,162 days before 1970
        interval.IsOpenTime(DateTimeOffset.MaxValue).Should().BeFalse();
    }

    [Fact]
    public void OpenTimeAt_BeforeTheFirstGridPoint_Throws()
    {
        var ask = () => Interval.ThreeDays.OpenTimeAt(DateTimeOffset.MinValue);
        ask.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
