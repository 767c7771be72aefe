using System.Globalization;
using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class BarCsvReadTests
{
    private const string Header = "timestamp,open,high,low,close,volume";

    // 2024-01-01 00:00, 01:00, 02:00 UTC
    private const string ThreeHours = Header + "\n1704067200000,10,12,9,11,5\n1704070800000,11,13,10,12,6\n1704074400000,12,14,11,13,7\n";

    private static readonly Bar[] ThreeBars =
    [
        new(TestBars.Start, TimeSpan.FromHours(1), 10, 12, 9, 11, 5),
        new(TestBars.Start + TimeSpan.FromHours(1), TimeSpan.FromHours(1), 11, 13, 10, 12, 6),
        new(TestBars.Start + TimeSpan.FromHours(2), TimeSpan.FromHours(1), 12, 14, 11, 13, 7),
    ];

    [Fact]
    public void Read_PlainLayout_GivesItsBars()
    {
        var series = Read(ThreeHours);
        series.Should().Equal(ThreeBars);
        (series.Symbol, series.Interval).Should().Be((TestBars.BtcUsdt, Interval.OneHour));
    }

    public static TheoryData<string, string> Harmless => new()
    {
        { "carriage returns", ThreeHours.Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "byte order mark", "\uFEFF" + ThreeHours },
        { "no line end", ThreeHours.TrimEnd() },
        { "blank lines", "\n\n" + ThreeHours.Replace("\n", "\n\n", StringComparison.Ordinal) + "\n  \n\n" },
        { "blanks around", ThreeHours.Replace(",", " , ", StringComparison.Ordinal) },
        { "letter case", ThreeHours.Replace("timestamp,open", "Timestamp,OPEN", StringComparison.Ordinal) },
        { "quotes", ThreeHours.Replace(",12,9,", ",\"12\",\"9\",", StringComparison.Ordinal) },
        { "text times", Header + "\n2024-01-01 00:00:00,10,12,9,11,5\n2024-01-01T01:00:00Z,11,13,10,12,6\n2024-01-01 02:00:00.000+00:00,12,14,11,13,7\n" },
        { "another offset", Header + "\n2024-01-01T05:30:00+05:30,10,12,9,11,5\n2024-01-01T01:00:00.000Z,11,13,10,12,6\n2024-01-01 02:00:00Z,12,14,11,13,7\n" },
        { "order of columns", "volume,close,low,high,open,timestamp\n5,11,9,12,10,1704067200000\n6,12,10,13,11,1704070800000\n7,13,11,14,12,1704074400000\n" },
        { "exponents and signs", Header + "\n1704067200000,1e1,+12,9.0,11,5E0\n1704070800000,11,13,10,12,6\n1704074400000,12,14,11,13,7\n" },
        { "a quoted field among the others", "note," + Header + "\n\"first, \"\"really\"\"\",1704067200000,10,12,9,11,5\nx,1704070800000,11,13,10,12,6\n,1704074400000,12,14,11,13,7\n" },
        {
            "archive with a header",
            "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n"
            + "1704067200000,10,12,9,11,5,1704070799999,55.1,10,2,20,0\n1704070800000,11,13,10,12,6,1704074399999,66,11,3,30,0\n1704074400000,12,14,11,13,7,1704077999999,77,12,4,40,0\n"
        },
        {
            "archive without a header",
            "1704067200000,10,12,9,11,5,1704070799999,55.1,10,2,20,0\n1704070800000,11,13,10,12,6,1704074399999,66,11,3,30,0\n1704074400000,12,14,11,13,7,1704077999999,77,12,4,40,0\n"
        },
        {
            "archive without a header, with a byte order mark",
            "\uFEFF1704067200000,10,12,9,11,5,1704070799999,55.1,10,2,20,0\n1704070800000,11,13,10,12,6,1704074399999,66,11,3,30,0\n1704074400000,12,14,11,13,7,1704077999999,77,12,4,40,0\n"
        },
        {
            "archive in microseconds",
            "1704067200000000,10,12,9,11,5,1704070799999999,55.1,10,2,20,0\n1704070800000000,11,13,10,12,6,1704074399999999,66,11,3,30,0\n1704074400000000,12,14,11,13,7,1704077999999999,77,12,4,40,0\n"
        },
        {
            "CoinMarketCap",
            "SNo,Name,Symbol,Date,High,Low,Open,Close,Volume,Marketcap\n1,Bitcoin,BTC,2024-01-01 00:59:59,12,9,10,11,5,1e9\n2,Bitcoin,BTC,2024-01-01 01:59:59,13,10,11,12,6,1e9\n3,Bitcoin,BTC,2024-01-01 02:59:59,14,11,12,13,7,1e9\n"
        },
    };

    [Theory]
    [MemberData(nameof(Harmless))]
    public void Read_SameBarsInAnotherShape_GivesTheSameBars(string shape, string text)
    {
        shape.Should().NotBeEmpty();
        Read(text).Should().Equal(ThreeBars);
        Read(text, GapPolicy.Reject, Interval.OneHour).Should().Equal(ThreeBars);
    }

    [Fact]
    public void Read_CommaIsTheDecimalSeparatorOfTheCulture_ReadsTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
            culture.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = culture;
            Read(Header + "\n-3600000,10.5,12.5,9.5,11.5,0.5\n0,10.5,12.5,9.5,11.5,0.5\n")[0]
                .Should().Be(new Bar(DateTimeOffset.UnixEpoch - TimeSpan.FromHours(1), TimeSpan.FromHours(1), 10.5, 12.5, 9.5, 11.5, 0.5));
            var read = () => Read(Header + "\n0,10.5,12.5,9.5,13.5,0.5\n", GapPolicy.Reject, Interval.OneHour);
            read.Should().Throw<BarDataException>().WithMessage("*high 12.5 is below open 10.5 or close 13.5");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    public static TheoryData<string, int?, string> Faults => new()
    {
        { "", null, "test.csv is empty; expected a header and rows." },
        { "\n \n", null, "test.csv is empty; expected a header and rows." },
        { Header + "\n", 1, "the file has a header only; expected bars" },
        { Header + "\n1704067200000,10,12,9,11,5\n", 2, "one bar alone does not tell its interval; give the interval in the options" },
        { ThreeHours + "1704074400000,12,14,11,13,7\n", 5, "the bar of 2024-01-01 02:00:00Z occurs twice" },
        { ThreeHours + "1704070800000,12,14,11,13,7\n", 5, "the bar of 2024-01-01 01:00:00Z comes after the bar of 2024-01-01 02:00:00Z; expected ascending open times" },
        { Header + "\n1704070800000,10,12,9,11,5\n1704067200000,10,12,9,11,5\n", 3, "the bar of 2024-01-01 00:00:00Z comes after the bar of 2024-01-01 01:00:00Z; expected ascending open times" },
        { Header + "\n1704070800000,10,12,9,11,5\n1704070800000,10,12,9,11,5\n", 3, "the bar of 2024-01-01 01:00:00Z occurs twice" },
        { ThreeHours + "1704085200000,12,14,11,13,7\n", 5, "2 bar(s) missing from 2024-01-01 03:00:00Z to 2024-01-01 05:00:00Z; the gap policy is Reject" },
        { ThreeHours + "1704076200000,12,14,11,13,7\n", 5, "open time 2024-01-01 02:30:00Z is not on the grid of interval 1h; the nearest bar before it opens at 2024-01-01 02:00:00Z" },
        { ThreeHours + "\n\n1704078000000,12,14,11,NaN,7\n", 7, "the bar of 2024-01-01 03:00:00Z is impossible: every value must be a finite number, found open 12, high 14, low 11, close NaN, volume 7" },
        { ThreeHours + "1704078000000,12,1e999,11,13,7\n", 5, "the bar of 2024-01-01 03:00:00Z is impossible: every value must be a finite number, found open 12, high Infinity, low 11, close 13, volume 7" },
        { ThreeHours + "1704078000000,12,10,11,12,7\n", 5, "the bar of 2024-01-01 03:00:00Z is impossible: high 10 is below low 11" },
        { ThreeHours + "1704078000000,12,14,11,13,-7\n", 5, "the bar of 2024-01-01 03:00:00Z is impossible: volume must not be negative, found -7" },
        { ThreeHours + "1704078000000,0,0,0,0,0\n", 5, "the bar of 2024-01-01 03:00:00Z is impossible: prices must be above 0, found low 0" },
        { ThreeHours + "1704078000000,12,14,11,,7\n", 5, "column 'close' is empty; expected a number" },
        { ThreeHours + "1704078000000,12,14,abc,13,7\n", 5, "column 'low' is 'abc'; expected a number" },
        { ThreeHours + "1704078000000,12,\"1,400\",11,13,7\n", 5, "column 'high' is '1,400'; expected a number" },
        { ThreeHours + ",12,14,11,13,7\n", 5, "column 'timestamp' is empty; expected a UTC time, as milliseconds or microseconds since 1970 or as 'yyyy-MM-dd HH:mm:ss'" },
        { ThreeHours + "01/02/2024,12,14,11,13,7\n", 5, "column 'timestamp' is '01/02/2024'; expected a UTC time, as milliseconds or microseconds since 1970 or as 'yyyy-MM-dd HH:mm:ss'" },
        { ThreeHours + "1704078000000001,12,14,11,13,7\n", 5, "column 'timestamp' is 1704078000000001 microseconds; expected whole milliseconds" },
        { ThreeHours + "2024-01-01T03:00:00.0000001Z,12,14,11,13,7\n", 5, "column 'timestamp' is '2024-01-01T03:00:00.0000001Z'; expected whole milliseconds" },
        { ThreeHours + "99999999999999,12,14,11,13,7\n", 5, "open time 5138-11-16 09:46:39.999Z is not on the grid of interval 1h; *" },
        { ThreeHours + "9223372036854775000,12,14,11,13,7\n", 5, "open time 9223372036854775 ms since 1970-01-01 is outside the calendar; expected from *" },
        { ThreeHours + "1704078000000,12,14,11,13\n", 5, "expected 6 columns, as in the first row, found 5" },
        { ThreeHours + "1704078000000,12,1,400,11,13,7\n", 5, "expected 6 columns, as in the first row, found 7" },
        { ThreeHours + "1704078000000,12,14,11,13,\"7\n", 5, "not a line of a CSV file: *" },
        { ThreeHours + "1704078000000,12,14,11,\"13\"3,7\n", 5, "not a line of a CSV file: *" },
        { ThreeHours + new string('1', 300_000), 5, "not a line of a CSV file: *" },
        { "timestamp,open,high,low,close\n1704067200000,10,12,9,11\n", 1, "no known layout; expected a header with the columns timestamp,open,high,low,close,volume, or open_time,open,high,low,close,volume (Binance's archive), or Date,Open,High,Low,Close,Volume,Marketcap (CoinMarketCap), in any order among others, or 12 columns without a header (Binance's archive); found 5 column(s): timestamp,open,high,low,close" },
        { "1704067200000,10,12,9,11,5\n", 1, "no known layout; expected *; found 6 column(s): 1704067200000,10,12,9,11,5" },
        { "<html><body>Not found</body></html>\n", 1, "no known layout; expected *; found 1 column(s): <html><body>Not found</body></html>" },
        { Header + ",close\n1704067200000,10,12,9,11,5,12\n", 1, "the header names column 'close' 2 times" },
        { Header + "\n1704067200000,10,12,9,11,5\n1704067320000,10,12,9,11,5\n", 3, "the first two bars open 00:02:00 apart, which is no interval; expected one of 1m, *, or give the interval in the options" },
        { "SNo,Name,Symbol,Date,High,Low,Open,Close,Volume,Marketcap\n1,Bitcoin,BTC,2024-01-01 23:59:59,12,9,10,11,5,1e9\n2,Bitcoin,BTC,2024-01-02 23:59:58,12,9,10,11,5,1e9\n", 3, "the first two bars open 23:59:59 apart, which is no interval; *" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Read_SomethingWrong_NamesTheSourceTheLineAndTheFault(string text, int? line, string message)
    {
        var read = () => Read(text);
        read.Should().Throw<BarDataException>()
            .WithMessage(line is null ? message : $"test.csv, line {line}: {message}")
            .Which.Line.Should().Be(line);
    }

    [Theory]
    [InlineData(GapPolicy.Reject, 3, "5 bar(s) missing from 2024-01-01 04:00:00Z to 2024-01-02 00:00:00Z; the gap policy is Reject")]
    [InlineData(GapPolicy.Flag, 3, "expected bars of interval 4h, but no two bars are so close; these, the closest, open 1d apart")]
    [InlineData(GapPolicy.Fill, 3, "expected bars of interval 4h, but no two bars are so close; these, the closest, open 1d apart")]
    public void Read_BarsLongerThanTheInterval_SaysSo(GapPolicy policy, int line, string message)
    {
        var read = () => Read(Header + "\n2024-01-01,10,12,9,11,5\n2024-01-02,10,12,9,11,5\n2024-01-03,10,12,9,11,5\n", policy, Interval.FourHours);
        read.Should().Throw<BarDataException>().WithMessage($"test.csv, line {line}: {message}");
    }

    [Fact]
    public void Read_BarsShorterThanTheInterval_SaysSo()
    {
        var read = () => Read(ThreeHours, GapPolicy.Flag, Interval.OneDay);
        read.Should().Throw<BarDataException>().WithMessage("test.csv, line 3: open time 2024-01-01 01:00:00Z is not on the grid of interval 1d; *");
    }

    [Fact]
    public void Read_GapBetweenTheFirstTwoBarsAndNoInterval_IsNoticedAtTheThird()
    {
        var read = () => Read(Header + "\n2024-01-01 00:00:00,10,12,9,11,5\n2024-01-01 02:00:00,10,12,9,11,5\n2024-01-01 03:00:00,10,12,9,11,5\n", GapPolicy.Flag);
        read.Should().Throw<BarDataException>().WithMessage("test.csv, line 4: open time 2024-01-01 03:00:00Z is not on the grid of interval 2h; *");
    }

    [Fact]
    public void Read_OneBarAndItsInterval_GivesIt() =>
        Read(Header + "\n1704067200000,10,12,9,11,5\n", GapPolicy.Reject, Interval.OneHour).Should().Equal(ThreeBars[..1]);

    [Theory]
    [InlineData(GapPolicy.Flag, 4)]
    [InlineData(GapPolicy.Fill, 6)]
    public void Read_MissingBars_FollowsThePolicy(GapPolicy policy, int count)
    {
        var series = Read(ThreeHours + "1704085200000,12,14,11,13,7\n", policy);
        series.Count.Should().Be(count);
        series.Gaps.Should().Equal(new Gap(TestBars.Start + TimeSpan.FromHours(3), 2, policy == GapPolicy.Fill));
    }

    [Fact]
    public void Read_NoGapPolicy_Throws()
    {
        var read = () => Read(ThreeHours, default);
        read.Should().Throw<ArgumentOutOfRangeException>().WithMessage("A gap policy must be chosen*");
    }

    [Fact]
    public void Read_MissingFile_NamesIt()
    {
        var path = Path.Combine(Path.GetTempPath(), "tradingbot-there-is-no-such-file.csv");
        var read = () => BarCsv.Read(path, Options(GapPolicy.Reject, null));
        read.Should().Throw<FileNotFoundException>().WithMessage($"*{path}*");
    }

    private static BarSeries Read(string text, GapPolicy policy = GapPolicy.Reject, Interval? interval = null) =>
        BarCsv.Read(new StringReader(text), "test.csv", Options(policy, interval));

    private static BarCsvOptions Options(GapPolicy policy, Interval? interval) =>
        new() { Symbol = TestBars.BtcUsdt, GapPolicy = policy, Interval = interval };
}
