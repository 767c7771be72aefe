using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class BarSeriesTests
{
    [Fact]
    public void Indexer_EachBar_IsTheBarThatWasAdded()
    {
        var series = TestBars.Hours(50);
        series.Count.Should().Be(50);
        series.Should().Equal(Enumerable.Range(0, 50).Select(index => TestBars.At(index, Interval.OneHour)));
        series[^1].Should().Be(TestBars.At(49, Interval.OneHour));
        series.Closes[7].Should().Be(107);
        series.Opens[7].Should().Be(106.5);
        series.Highs[7].Should().Be(108);
        series.Lows[7].Should().Be(106);
        series.Volumes[7].Should().Be(17);
        series.OpenTimes[7].Should().Be((TestBars.Start + TimeSpan.FromHours(7)).ToUnixTimeMilliseconds());
        series.OpenTimeAt(7).Should().Be(TestBars.Start + TimeSpan.FromHours(7));
        series.CloseTimeAt(7).Should().Be(TestBars.Start + TimeSpan.FromHours(8));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void Indexer_Outside_Throws(int index)
    {
        var series = TestBars.Hours(10)[2..7];
        ((Func<Bar>)(() => series[index])).Should().Throw<ArgumentOutOfRangeException>();
        ((Func<DateTimeOffset>)(() => series.OpenTimeAt(index))).Should().Throw<IndexOutOfRangeException>();
        ((Func<DateTimeOffset>)(() => series.CloseTimeAt(index))).Should().Throw<IndexOutOfRangeException>();
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [InlineData(new[] { 0, 1, 2, 5, 6, 7, 11, 12, 13, 14 })]
    public void CountOpenBy_AnyInstant_CountsTheBarsUpToIt(int[] hours)
    {
        var series = TestBars.Series(GapPolicy.Flag, hours)[1..];
        var (first, hour) = (series.OpenTimes[0], Interval.OneHour.Milliseconds);
        long[] instants = [long.MinValue, .. Enumerable.Range(-2, 18).SelectMany(at => new[] { first + (at * hour) - 1, first + (at * hour), first + (at * hour) + 1 })];
        for (var start = 0; start < series.Count; start++)
        {
            for (var most = 1; most <= series.Count - start; most++)
            {
                foreach (var latest in instants)
                {
                    series.CountOpenBy(latest, start, most).Should().Be(series.OpenTimes.Slice(start, most).ToArray().Count(time => time <= latest));
                }
            }
        }
    }

    [Fact]
    public void Slice_Ranges_CutTheBarsTheyName()
    {
        var series = TestBars.Hours(50);
        series[10..20].Should().Equal(series.Skip(10).Take(10));
        series[^5..].Should().Equal(series.Skip(45));
        series[..].Should().Equal(series);
        series[50..].Should().BeEmpty();
        series[10..40][5..10].Should().Equal(series.Skip(15).Take(5));
    }

    [Fact]
    public void Slice_OfASlice_SharesTheColumns()
    {
        var series = TestBars.Hours(50);
        var slice = series[10..40][5..10];
        series.Closes.Overlaps(slice.Closes, out var closes).Should().BeTrue();
        closes.Should().Be(15);
        slice.Opens.Overlaps(series.Opens).Should().BeTrue();
        slice.Highs.Overlaps(series.Highs).Should().BeTrue();
        slice.Lows.Overlaps(series.Lows).Should().BeTrue();
        slice.Volumes.Overlaps(series.Volumes).Should().BeTrue();
        slice.OpenTimes.Overlaps(series.OpenTimes).Should().BeTrue();
        (slice.Symbol, slice.Interval).Should().Be((series.Symbol, series.Interval));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(0, 11)]
    [InlineData(10, 1)]
    [InlineData(11, 0)]
    [InlineData(5, int.MaxValue)]
    public void Slice_Outside_Throws(int start, int length)
    {
        var slice = () => TestBars.Hours(10).Slice(start, length);
        slice.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void IndexAtOrAfter_AnInstant_IsTheFirstBarNotBeforeIt()
    {
        var series = TestBars.Series(GapPolicy.Flag, 0, 1, 5, 6);
        int At(double hours) => series.IndexAtOrAfter(TestBars.Start + TimeSpan.FromHours(hours));
        At(-1000).Should().Be(0);
        At(0).Should().Be(0);
        At(0.5).Should().Be(1);
        At(2).Should().Be(2);
        At(5).Should().Be(2);
        At(6).Should().Be(3);
        At(6.001).Should().Be(4);
        series.IndexAtOrAfter(TestBars.Start + TimeSpan.FromTicks(1)).Should().Be(1);
        series.IndexAtOrAfter((TestBars.Start + TimeSpan.FromHours(5)).ToOffset(TimeSpan.FromHours(-7))).Should().Be(2);
        series.IndexAtOrAfter(DateTimeOffset.MinValue).Should().Be(0);
        series.IndexAtOrAfter(DateTimeOffset.MaxValue).Should().Be(4);
    }

    [Fact]
    public void Between_ASpan_IncludesItsStartAndExcludesItsEnd()
    {
        var series = TestBars.Hours(10);
        series.Between(TestBars.Start + TimeSpan.FromHours(2), TestBars.Start + TimeSpan.FromHours(5)).Should().Equal(series[2..5]);
        series.Between(TestBars.Start + TimeSpan.FromHours(1.5), TestBars.Start + TimeSpan.FromHours(4.5)).Should().Equal(series[2..5]);
        series.Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue).Should().Equal(series);
        series.Between(TestBars.Start + TimeSpan.FromHours(5), TestBars.Start + TimeSpan.FromHours(2)).Should().BeEmpty();
        series.Between(TestBars.Start + TimeSpan.FromDays(5), TestBars.Start + TimeSpan.FromDays(9)).Should().BeEmpty();
    }

    [Fact]
    public void Gaps_FlaggedRuns_AreThoseBetweenTheSlicesBars()
    {
        var series = TestBars.Series(GapPolicy.Flag, 0, 1, 4, 5, 10);
        var (first, second) = (new Gap(TestBars.Start + TimeSpan.FromHours(2), 2, false), new Gap(TestBars.Start + TimeSpan.FromHours(6), 4, false));
        series.Gaps.Should().Equal(first, second);
        series[..3].Gaps.Should().Equal(first);
        series[2..].Gaps.Should().Equal(second);
        series[2..4].Gaps.Should().BeEmpty();
        series[..2].Gaps.Should().BeEmpty();
        series[..0].Gaps.Should().BeEmpty();
    }

    [Fact]
    public void Gaps_SliceCutsAFilledRun_ListsThePartInside()
    {
        var series = TestBars.Series(GapPolicy.Fill, 0, 1, 6, 7); // 2, 3, 4 and 5 are filled
        series.Gaps.Should().Equal(new Gap(TestBars.Start + TimeSpan.FromHours(2), 4, true));
        series[..4].Gaps.Should().Equal(new Gap(TestBars.Start + TimeSpan.FromHours(2), 2, true));
        series[3..].Gaps.Should().Equal(new Gap(TestBars.Start + TimeSpan.FromHours(3), 3, true));
        series[3..5].Gaps.Should().Equal(new Gap(TestBars.Start + TimeSpan.FromHours(3), 2, true));
        series[6..].Gaps.Should().BeEmpty();
    }

    [Fact]
    public void Gaps_AskedFor_CannotBeChanged() =>
        TestBars.Series(GapPolicy.Flag, 0, 2).Gaps.Should().NotBeAssignableTo<Gap[]>().And.NotBeAssignableTo<List<Gap>>();

    [Fact]
    public void Create_NoBars_IsEmpty()
    {
        var series = BarSeries.Create(TestBars.BtcUsdt, Interval.OneDay, GapPolicy.Reject, []);
        series.Should().BeEmpty();
        series.Gaps.Should().BeEmpty();
        series.IndexAtOrAfter(TestBars.Start).Should().Be(0);
        series.ToString().Should().Be("BTCUSDT 1d: no bars");
    }

    [Fact]
    public void ToString_Bars_NamesTheirSpan() =>
        TestBars.Hours(3).ToString().Should().Be("BTCUSDT 1h: 3 bars from 2024-01-01 00:00:00Z to 2024-01-01 03:00:00Z");
}
