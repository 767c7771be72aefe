using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class BarSeriesBuilderTests
{
    private static readonly DateTimeOffset Start = TestBars.Start;

    [Fact]
    public void Add_MissingBarsUnderReject_SaysWhichAndStaysUsable()
    {
        var builder = Builder(GapPolicy.Reject);
        builder.Add(TestBars.At(0, Interval.OneHour));
        var add = () => builder.Add(TestBars.At(3, Interval.OneHour));
        add.Should().Throw<BarDataException>().WithMessage(
            "2 bar(s) missing from 2024-01-01 01:00:00Z to 2024-01-01 03:00:00Z; the gap policy is Reject");
        builder.Add(TestBars.At(1, Interval.OneHour));
        builder.Build().Should().Equal(TestBars.Hours(2));
    }

    [Fact]
    public void Add_MissingBarsUnderFlag_ListsTheGap()
    {
        var series = TestBars.Series(GapPolicy.Flag, 0, 3);
        series.Should().Equal(TestBars.At(0, Interval.OneHour), TestBars.At(3, Interval.OneHour));
        series.Gaps.Should().Equal(new Gap(Start + TimeSpan.FromHours(1), 2, Filled: false));
    }

    [Fact]
    public void Add_MissingBarsUnderFill_PutsFlatBarsAndListsTheGap()
    {
        var series = TestBars.Series(GapPolicy.Fill, 0, 3);
        series.Should().Equal(
            TestBars.At(0, Interval.OneHour),
            new Bar(Start + TimeSpan.FromHours(1), TimeSpan.FromHours(1), 100, 100, 100, 100, 0),
            new Bar(Start + TimeSpan.FromHours(2), TimeSpan.FromHours(1), 100, 100, 100, 100, 0),
            TestBars.At(3, Interval.OneHour));
        series.Gaps.Should().Equal(new Gap(Start + TimeSpan.FromHours(1), 2, Filled: true));
    }

    [Theory]
    [InlineData(GapPolicy.Reject)]
    [InlineData(GapPolicy.Flag)]
    [InlineData(GapPolicy.Fill)]
    public void Add_SameBarTwice_SaysSo(GapPolicy policy)
    {
        var builder = Builder(policy);
        builder.Add(TestBars.At(0, Interval.OneHour));
        var add = () => builder.Add(TestBars.At(0, Interval.OneHour));
        add.Should().Throw<BarDataException>().WithMessage("the bar of 2024-01-01 00:00:00Z occurs twice");
    }

    [Theory]
    [InlineData(GapPolicy.Reject)]
    [InlineData(GapPolicy.Flag)]
    [InlineData(GapPolicy.Fill)]
    public void Add_EarlierBar_SaysSo(GapPolicy policy)
    {
        var builder = Builder(policy);
        builder.Add(TestBars.At(1, Interval.OneHour));
        var add = () => builder.Add(TestBars.At(0, Interval.OneHour));
        add.Should().Throw<BarDataException>().WithMessage(
            "the bar of 2024-01-01 00:00:00Z comes after the bar of 2024-01-01 01:00:00Z; expected ascending open times");
    }

    [Theory]
    [InlineData(18_000_000_000)] // half an hour
    [InlineData(1)] // a tenth of a microsecond, which whole milliseconds would hide
    public void Add_OffTheGrid_SaysSo(long ticks)
    {
        var openTime = Start + TimeSpan.FromTicks(ticks);
        var add = () => Builder(GapPolicy.Reject).Add(new Bar(openTime, TimeSpan.FromHours(1), 1, 1, 1, 1, 0));
        add.Should().Throw<BarDataException>().WithMessage(
            $"open time {openTime:yyyy-MM-dd HH:mm:ss.FFFFFFF}Z is not on the grid of interval 1h; the nearest bar before it opens at 2024-01-01 00:00:00Z");
    }

    [Fact]
    public void Add_AnotherLength_SaysSo()
    {
        var add = () => Builder(GapPolicy.Reject).Add(TestBars.At(0, Interval.OneDay));
        add.Should().Throw<BarDataException>().WithMessage("The bar of 2024-01-01 00:00:00Z covers 1.00:00:00, expected 01:00:00 for interval 1h.");
    }

    [Fact]
    public void Add_DefaultBar_IsRefused()
    {
        var add = () => Builder(GapPolicy.Reject).Add(default);
        add.Should().Throw<BarDataException>();
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(253_402_300_800_000)] // the year 10,000
    [InlineData(1_735_689_600_000_000)] // microseconds taken for milliseconds
    public void TryAdd_OutsideTheCalendar_SaysSo(long openTime) =>
        Builder(GapPolicy.Reject).TryAdd(openTime, 1, 1, 1, 1, 0).Should().StartWith($"open time {openTime} ms since 1970-01-01 is outside the calendar; expected from ");

    [Fact]
    public void TryAdd_GapThatNoSeriesCouldHold_SaysSo()
    {
        var builder = new BarSeriesBuilder(TestBars.BtcUsdt, Interval.OneMinute, GapPolicy.Fill);
        builder.TryAdd(DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), 1, 1, 1, 1, 0).Should().BeNull();
        builder.TryAdd(new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), 1, 1, 1, 1, 0)
            .Should().Contain("expected a gap that a series could hold");
        builder.Count.Should().Be(1);
    }

    [Fact]
    public void Build_ThenMoreBars_LeavesTheFirstSeriesAlone()
    {
        var builder = Builder(GapPolicy.Flag);
        builder.Add(TestBars.At(0, Interval.OneHour));
        builder.Add(TestBars.At(2, Interval.OneHour));
        var first = builder.Build();
        builder.Add(TestBars.At(5, Interval.OneHour));
        var second = builder.Build();
        first.Should().Equal(TestBars.Series(GapPolicy.Flag, 0, 2));
        first.Gaps.Should().HaveCount(1);
        second.Should().Equal(TestBars.Series(GapPolicy.Flag, 0, 2, 5));
        second.Gaps.Should().HaveCount(2);
    }

    [Fact]
    public void Constructor_NoGapPolicy_Throws()
    {
        var create = () => new BarSeriesBuilder(TestBars.BtcUsdt, Interval.OneHour, default);
        create.Should().Throw<ArgumentOutOfRangeException>().WithMessage("A gap policy must be chosen: Reject, Flag or Fill.*");
    }

    [Theory]
    [InlineData(GapPolicy.Reject)]
    [InlineData(GapPolicy.Flag)]
    [InlineData(GapPolicy.Fill)]
    public void Add_RandomBars_KeepsTheInvariantsOfASeries(GapPolicy policy) => Properties.ForAll(Properties.Randoms, random =>
    {
        var interval = Interval.All[random.Next(Interval.All.Count)];
        var series = TestBars.Random(random, interval, policy, random.Next(0, 400));
        for (var i = 1; i < series.Count; i++)
        {
            series.OpenTimes[i].Should().BeGreaterThan(series.OpenTimes[i - 1]);
        }

        series.Should().OnlyContain(bar => interval.IsOpenTime(bar.OpenTime));
        var missing = series.Gaps.Where(gap => !gap.Filled).Sum(gap => gap.Count);
        if (series.Count > 0)
        {
            (series.CloseTimeAt(series.Count - 1) - series.OpenTimeAt(0)).Should().Be((series.Count + missing) * interval.Length);
        }
    }, runs: 60);

    private static BarSeriesBuilder Builder(GapPolicy policy) => new(TestBars.BtcUsdt, Interval.OneHour, policy);
}
