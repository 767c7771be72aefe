using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class ExogenousCsvTests
{
    private const string Header = "published_at,value\n";

    [Fact]
    public void Read_Values_AreKnownFromTheirPublicationOn()
    {
        var gold = Read(Header + "2024-01-01 21:30:00,2062.4\n\n1704231000000,-1e-3\n2024-01-03T21:30:00+02:00,0\n");

        gold.Name.Should().Be("gold");
        gold.Count.Should().Be(3);
        gold.ValueAt(At(1, 21.5).AddTicks(-1)).Should().BeNull();
        gold.ValueAt(At(1, 21.5)).Should().Be(2062.4);
        gold.ValueAt(At(2, 21.5)).Should().Be(-0.001);
        gold.ValueAt(At(3, 19.5).AddTicks(-1)).Should().Be(-0.001);
        gold.ValueAt(At(3, 19.5)).Should().Be(0);
    }

    [Theory]
    [InlineData("\uFEFFVALUE,note,Published_At\r\n7,x,2024-01-01 00:00:00\r\n")]
    [InlineData("gold,published_at\n7,2024-01-01 00:00:00\n")]
    [InlineData("published_at,gold,value\n2024-01-01 00:00:00,9,7\n")]
    public void Read_ColumnsInAnyOrder_AreFoundByName(string text) => Read(text).ValueAt(At(1, 0)).Should().Be(7);

    [Theory]
    [InlineData("", null, "test.csv is empty; expected a header and rows.")]
    [InlineData("timestamp,value\n", 1, "no known layout; expected a header with the columns published_at (the instant from which the value was known) and value or gold; found timestamp,value")]
    [InlineData("published_at,silver\n", 1, "no known layout; *; found published_at,silver")]
    [InlineData(Header, 1, "the file has a header only; expected values")]
    [InlineData(Header + "2024-01-01,7\n", 2, "column 'published_at' is the day '2024-01-01'; expected the instant of publication, such as '2024-01-01 21:30:00' in UTC")]
    [InlineData(Header + "yesterday,7\n", 2, "column 'published_at' is 'yesterday'; expected a UTC time, *")]
    [InlineData(Header + ",7\n", 2, "column 'published_at' is empty; expected a UTC time, *")]
    [InlineData(Header + "0,\n", 2, "column 'value' is empty; expected a number")]
    [InlineData(Header + "0,x\n", 2, "column 'value' is 'x'; expected a number")]
    [InlineData(Header + "0,NaN\n", 2, "column 'value' is 'NaN'; expected a *number")]
    [InlineData(Header + "0,1e999\n", 2, "column 'value' is '1e999'; expected a finite number")]
    [InlineData(Header + "0,1\n5,2\n\n5,3\n", 5, "the value published at 1970-01-01 00:00:00Z comes after that of 1970-01-01 00:00:00Z; expected ascending times")]
    [InlineData(Header + "0,1,2\n", 2, "expected 2 columns, as in the first row, found 3")]
    [InlineData(Header + "9223372036854775000,1\n", 2, "column 'published_at' is 9223372036854775 ms since 1970-01-01, which is outside the calendar")]
    public void Read_SomethingWrong_NamesTheSourceTheLineAndTheFault(string text, int? line, string message)
    {
        var read = () => Read(text);

        read.Should().Throw<BarDataException>().WithMessage(line is null ? message : $"test.csv, line {line}: {message}").Which.Line.Should().Be(line);
    }

    [Fact]
    public void Read_NameOutsideTheRule_Throws()
    {
        var read = () => ExogenousCsv.Read(new StringReader(Header + "0,1\n"), "test.csv", "gold price");

        read.Should().Throw<ArgumentException>().WithMessage("Expected a name of letters, digits, '-', '_' and '.', found 'gold price'.*");
    }

    [Fact]
    public void Read_FileMissing_Throws()
    {
        var read = () => ExogenousCsv.Read(Path.Combine(Path.GetTempPath(), "tradingbot-no-such-file.csv"), "gold");

        read.Should().Throw<FileNotFoundException>();
    }

    private static ExogenousSeries Read(string text) => ExogenousCsv.Read(new StringReader(text), "test.csv", "gold");

    private static DateTimeOffset At(int day, double hours) => new DateTimeOffset(2024, 1, day, 0, 0, 0, TimeSpan.Zero).AddHours(hours);
}
