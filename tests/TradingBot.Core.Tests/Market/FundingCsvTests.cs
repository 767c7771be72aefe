using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class FundingCsvTests
{
    private const string Header = "timestamp,symbol,funding_rate\n";

    [Fact]
    public void Read_PlainLayout_RoundsTimesToTheMinuteAndKeepsRatesExact() =>
        Read(Header + "1704067200000,BTCUSDT,0.00004650\n1704096000014,BTCUSDT,-0.00002245\n1704124799998,BTCUSDT,1e-5\n").Should().Equal(
            new FundingRate(TestBars.Start, 0.0000465m),
            new FundingRate(TestBars.Start + TimeSpan.FromHours(8), -0.00002245m),
            new FundingRate(TestBars.Start + TimeSpan.FromHours(16), 0.00001m));

    [Fact]
    public void Read_BinanceArchive_GivesItsRates() =>
        Read("calc_time,funding_interval_hours,last_funding_rate\r\n1704067200005,8,0.00037409\r\n").Should().Equal(new FundingRate(TestBars.Start, 0.00037409m));

    [Fact]
    public void Read_BeforeTheYear1970_RoundsToTheMinute() =>
        Read(Header + "-60001,BTCUSDT,0\n-5,BTCUSDT,0\n").Select(rate => rate.Time).Should().Equal(
            DateTimeOffset.UnixEpoch - TimeSpan.FromMinutes(1), DateTimeOffset.UnixEpoch);

    [Theory]
    [InlineData("", null, "test.csv is empty; expected a header and rows.")]
    [InlineData("timestamp,rate\n", 1, "no known layout; expected a header with the columns timestamp,symbol,funding_rate, or calc_time,last_funding_rate (Binance's archive); found timestamp,rate")]
    [InlineData(Header, 1, "the file has a header only; expected funding rates")]
    [InlineData(Header + "0,ETHUSDT,0.1\n", 2, "column 'symbol' is 'ETHUSDT'; expected BTCUSDT")]
    [InlineData(Header + "0,BTCUSDT,\n", 2, "column 'funding_rate' is empty; expected a number")]
    [InlineData(Header + "0,BTCUSDT,x\n", 2, "column 'funding_rate' is 'x'; expected a number")]
    [InlineData(Header + "0,BTCUSDT,NaN\n", 2, "column 'funding_rate' is 'NaN'; expected a number")]
    [InlineData(Header + "0,BTCUSDT,-1.5\n", 2, "the funding rate is -1.5; expected a share between -1 and 1")]
    [InlineData(Header + "x,BTCUSDT,0\n", 2, "column 'timestamp' is 'x'; expected a UTC time, *")]
    [InlineData(Header + "0,BTCUSDT,0\n7,BTCUSDT,0\n", 3, "the settlement of 1970-01-01 00:00:00Z comes after that of 1970-01-01 00:00:00Z; expected ascending times")]
    [InlineData(Header + "0,BTCUSDT\n", 2, "expected 3 columns, as in the first row, found 2")]
    [InlineData(Header + "9223372036854775000,BTCUSDT,0\n", 2, "column 'timestamp' is 9223372036854775 ms since 1970-01-01, which is outside the calendar")]
    public void Read_SomethingWrong_NamesTheSourceTheLineAndTheFault(string text, int? line, string message)
    {
        var read = () => Read(text);
        read.Should().Throw<BarDataException>().WithMessage(line is null ? message : $"test.csv, line {line}: {message}")
            .Which.Line.Should().Be(line);
    }

    private static IReadOnlyList<FundingRate> Read(string text) => FundingCsv.Read(new StringReader(text), "test.csv", TestBars.BtcUsdt);
}
