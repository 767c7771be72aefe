using TradingBot.Market;

namespace TradingBot.Core.Tests.Market;

public sealed class SymbolTests
{
    [Theory]
    [InlineData("BTCUSDT", "BTC", "USDT")]
    [InlineData("BTCUSDC", "BTC", "USDC")]
    [InlineData("BTCFDUSD", "BTC", "FDUSD")]
    [InlineData("BTCBUSD", "BTC", "BUSD")]
    [InlineData("BTCUSD1", "BTC", "USD1")]
    [InlineData("ETHBTC", "ETH", "BTC")]
    [InlineData("1000PEPEUSDT", "1000PEPE", "USDT")]
    [InlineData("USDCUSDT", "USDC", "USDT")]
    [InlineData("币安人生USDT", "币安人生", "USDT")]
    public void Parse_EitherNotation_GivesTheSameSymbol(string id, string baseAsset, string quoteAsset)
    {
        var symbol = Symbol.Parse(id);
        symbol.BaseAsset.Should().Be(baseAsset);
        symbol.QuoteAsset.Should().Be(quoteAsset);
        symbol.SettleAsset.Should().Be(quoteAsset);
        symbol.Id.Should().Be(id);
        symbol.ToString().Should().Be(id);
        symbol.UnifiedName.Should().Be($"{baseAsset}/{quoteAsset}:{quoteAsset}");
        Symbol.Parse(symbol.UnifiedName).Should().Be(symbol);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("btcusdt")]
    [InlineData("BTCusdt")]
    [InlineData(" BTCUSDT")]
    [InlineData("BTCUSDT ")]
    [InlineData("BTC-USDT")]
    [InlineData("USDT")]
    [InlineData("BTC")]
    [InlineData("BTCEUR")]
    [InlineData("USDTUSDT")]
    [InlineData("BTCUSDT_260327")] // expires
    [InlineData("BTCUSD_PERP")] // settles in its base asset
    [InlineData("BTC/USDT")] // spot
    [InlineData("BTC/USDT:")]
    [InlineData("BTC/:USDT")]
    [InlineData("/USDT:USDT")]
    [InlineData("BTC/USDT:USDC")]
    [InlineData("BTC/USD:BTC")]
    [InlineData("BTC/EUR:EUR")]
    [InlineData("btc/usdt:usdt")]
    [InlineData("BTC/USDT:USDT:USDT")]
    [InlineData("BTC:USDT/USDT")]
    [InlineData("BTC/USDT:USDT-260327")]
    [InlineData("USDT/USDT:USDT")]
    public void Parse_AnythingElse_SaysWhatWasExpectedAndFound(string text)
    {
        Symbol.TryParse(text, out var symbol).Should().BeFalse();
        symbol.Should().BeNull();
        var parse = () => Symbol.Parse(text);
        parse.Should().Throw<FormatException>().WithMessage(
            $"'{text}' is not a linear perpetual; expected the exchange's notation such as BTCUSDT (quote asset one of FDUSD, USDT, USDC, BUSD, USD1, BTC) or the unified one such as BTC/USDT:USDT.");
    }

    [Fact]
    public void TryParse_Null_IsFalse() => Symbol.TryParse(null, out _).Should().BeFalse();

    [Fact]
    public void Equals_SameMarket_IsByValue()
    {
        Symbol.Parse("BTCUSDT").Should().Be(Symbol.Parse("BTC/USDT:USDT")).And.NotBe(Symbol.Parse("BTCUSDC"));
        Symbol.Parse("BTCUSDT").GetHashCode().Should().Be(Symbol.Parse("BTC/USDT:USDT").GetHashCode());
    }
}
