using System.Globalization;
using System.Text;
using TradingBot.Binance.Protocol;

namespace TradingBot.Core.Tests.Binance;

public sealed class RequestSignerTests
{
    [Theory]
    [InlineData( // the exchange's published example for futures
        "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943",
        "3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9")]
    [InlineData( // and for spot
        "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j",
        "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559",
        "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71")]
    [InlineData("key", "The quick brown fox jumps over the lazy dog", "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8")]
    public void Sign_APublishedExample_GivesItsSignature(string secret, string parameters, string expected) =>
        RequestSigner.Sign(Encoding.ASCII.GetBytes(secret), parameters).Should().Be(expected);

    [Fact]
    public void Sign_ALongText_IsSignedWhole()
    {
        var text = new string('x', 100_000);
        RequestSigner.Sign("key"u8.ToArray(), text).Should().Be(Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("key"u8, Encoding.ASCII.GetBytes(text))));
    }

    [Theory]
    [InlineData("0.0200", "0.02")]
    [InlineData("100", "100")]
    [InlineData("1000.000", "1000")]
    [InlineData("0.00000001", "0.00000001")]
    [InlineData("123456789.123456789", "123456789.123456789")]
    [InlineData("0", "0")]
    public void With_ADecimal_IsPlainWithoutTrailingZeros(string value, string expected) =>
        new BinanceRequest(HttpMethod.Get, "/x", 1).With("q", decimal.Parse(value, CultureInfo.InvariantCulture)).Parameters.Should().Be($"q={expected}");

    [Fact]
    public void With_CharactersOfOtherScripts_ArePercentEncoded() =>
        new BinanceRequest(HttpMethod.Get, "/x", 1).With("symbol", "币安USDT").With("id", "a:b/c_d-e.f").With("none", (string?)null).WithSwitch("off", false).WithSwitch("on", true)
            .Parameters.Should().Be("symbol=%E5%B8%81%E5%AE%89USDT&id=a%3Ab%2Fc_d-e.f&on=true");
}
