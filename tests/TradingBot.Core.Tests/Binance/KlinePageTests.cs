using System.Globalization;
using System.Text;
using System.Text.Json;
using TradingBot.Binance.Protocol;

namespace TradingBot.Core.Tests.Binance;

public sealed class KlinePageTests
{
    [Fact]
    public void Read_TheDocumentedRow_HasItsValues()
    {
        var page = new KlinePage();
        page.Read(Encoding.UTF8.GetBytes(Samples.KlineRow)).Should().Be(1);
        page.Rows[0].Should().Be(new Kline(1794999600000, 61200.10, 61480.00, 61155.30, 61410.90, 842.517));
    }

    [Fact]
    public void Read_Again_ForgetsTheRowsBefore()
    {
        var page = new KlinePage();
        page.Read(Encoding.UTF8.GetBytes(Samples.KlineRow));
        page.Read("[]"u8).Should().Be(0);
        page.Rows.Length.Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[[]]")]
    [InlineData("""[["1794999600000","1","1","1","1","1",1]]""")]
    [InlineData("""[[1794999600000,1,"1","1","1","1",1]]""")]
    [InlineData("""[[1794999600000,"x","1","1","1","1",1]]""")]
    [InlineData("""[[1794999600000,"","1","1","1","1",1]]""")]
    [InlineData("""[[1794999600000,".","1","1","1","1",1]]""")]
    [InlineData("""[[1794999600000,"1","1","1","1","1",[]]]""")]
    [InlineData("""[[1794999600000,"1","1","1","1","1",1]""")]
    [InlineData("""[[1794999600000,"1","1","1","1","1",1],null]""")]
    [InlineData("""[[1.5,"1","1","1","1","1",1]]""")]
    public void Read_AnotherForm_Throws(string json)
    {
        var read = () => new KlinePage().Read(Encoding.UTF8.GetBytes(json));
        read.Should().Throw<Exception>().Which.Should().Match(error => error is JsonException || error is FormatException);
    }

    [Fact]
    public void TryParse_AnyDecimal_IsTheNearestDouble() => Properties.ForAll(Properties.Randoms, random =>
    {
        var digits = random.Next(1, 22);
        var text = string.Concat(Enumerable.Range(0, digits).Select(_ => (char)('0' + random.Next(10))));
        if (random.Next(4) > 0)
        {
            text = text.Insert(random.Next(text.Length + 1), ".");
        }

        KlinePage.TryParse(Encoding.ASCII.GetBytes(text), out var value).Should().Be(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var expected), text);
        value.Should().Be(expected, text);
    }, runs: 3000);

    [Theory]
    [InlineData("1.2.3", false)]
    [InlineData("1e3", true)]
    [InlineData("-1.5", true)]
    [InlineData("1,5", false)]
    [InlineData(" 1", false)]
    public void TryParse_OtherTexts_AreReadAsDotNetDoes(string text, bool expected) =>
        KlinePage.TryParse(Encoding.ASCII.GetBytes(text), out _).Should().Be(expected);
}
