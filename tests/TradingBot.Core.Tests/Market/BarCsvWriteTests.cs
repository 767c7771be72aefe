using System.Globalization;
using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class BarCsvWriteTests
{
    [Fact]
    public void Write_Bars_GivesTheDocumentedText() => Text(TestBars.Hours(2)).Should().Be(
        "timestamp,open,high,low,close,volume\n1704067200000,99.5,101,99,100,10\n1704070800000,100.5,102,100,101,11\n");

    [Fact]
    public void Write_NoBars_GivesTheHeader() => Text(TestBars.Hours(0)).Should().Be("timestamp,open,high,low,close,volume\n");

    [Fact]
    public void Write_FilledBars_LeavesThemOut()
    {
        var series = TestBars.Series(GapPolicy.Fill, 0, 1, 5, 6, 9);
        Text(series).Should().Be(Text(TestBars.Series(GapPolicy.Flag, 0, 1, 5, 6, 9)));
        Text(series[..7]).Should().Be(Text(TestBars.Series(GapPolicy.Flag, 0, 1, 5, 6)));
        Text(series[3..8]).Should().Be(Text(TestBars.Series(GapPolicy.Flag, 5, 6)));
    }

    [Fact]
    public void Write_CommaIsTheDecimalSeparatorOfTheCulture_WritesTheSame()
    {
        var (before, expected) = (CultureInfo.CurrentCulture, Text(TestBars.Hours(3)));
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = culture;
            Text(TestBars.Hours(3)).Should().Be(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(GapPolicy.Reject)]
    [InlineData(GapPolicy.Flag)]
    [InlineData(GapPolicy.Fill)]
    public void Read_WhatWriteWrote_IsTheIdenticalSeries(GapPolicy policy) => Properties.ForAll(
        Properties.Randoms,
        random =>
        {
            var series = TestBars.Random(random, Interval.All[random.Next(Interval.All.Count)], policy, random.Next(2, 300));
            using var reader = new StringReader(Text(series));
            var options = new BarCsvOptions { Symbol = series.Symbol, GapPolicy = policy, Interval = random.Next(2) == 0 ? series.Interval : null };
            var again = BarCsv.Read(reader, "text", options);
            again.Interval.Should().BeSameAs(series.Interval);
            again.OpenTimes.SequenceEqual(series.OpenTimes).Should().BeTrue();
            again.Opens.SequenceEqual(series.Opens).Should().BeTrue();
            again.Highs.SequenceEqual(series.Highs).Should().BeTrue();
            again.Lows.SequenceEqual(series.Lows).Should().BeTrue();
            again.Closes.SequenceEqual(series.Closes).Should().BeTrue();
            again.Volumes.SequenceEqual(series.Volumes).Should().BeTrue();
            again.Gaps.Should().Equal(series.Gaps);
        },
        runs: 100);

    [Fact]
    public void Write_File_IsReadBack()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, new string('x', 100_000));
            BarCsv.Write(path, TestBars.Hours(20));
            BarCsv.Read(path, new BarCsvOptions { Symbol = TestBars.BtcUsdt, GapPolicy = GapPolicy.Reject }).Should().Equal(TestBars.Hours(20));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Text(BarSeries series)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        BarCsv.Write(writer, series);
        return writer.ToString();
    }
}
