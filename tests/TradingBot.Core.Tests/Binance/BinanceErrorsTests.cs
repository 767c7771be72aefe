using System.Net;
using TradingBot.Binance.Protocol;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Binance;

public sealed class BinanceErrorsTests
{
    [Theory]
    [InlineData(400, -1121, ExchangeErrorKind.Rejected)]
    [InlineData(400, -2019, ExchangeErrorKind.Rejected)]
    [InlineData(400, -99999, ExchangeErrorKind.Rejected)]
    [InlineData(403, null, ExchangeErrorKind.Rejected)]
    [InlineData(404, null, ExchangeErrorKind.Rejected)]
    [InlineData(401, null, ExchangeErrorKind.Authentication)]
    [InlineData(401, -2014, ExchangeErrorKind.Authentication)]
    [InlineData(400, -2015, ExchangeErrorKind.Authentication)]
    [InlineData(400, -1022, ExchangeErrorKind.Authentication)]
    [InlineData(400, -1021, ExchangeErrorKind.ClockSkew)]
    [InlineData(400, -5028, ExchangeErrorKind.ClockSkew)]
    [InlineData(429, -1003, ExchangeErrorKind.RateLimited)]
    [InlineData(429, null, ExchangeErrorKind.RateLimited)]
    [InlineData(418, -1003, ExchangeErrorKind.RateLimited)]
    [InlineData(400, -1015, ExchangeErrorKind.RateLimited)]
    [InlineData(503, -1008, ExchangeErrorKind.Transient)]
    [InlineData(503, -1001, ExchangeErrorKind.Transient)]
    [InlineData(400, -4117, ExchangeErrorKind.Transient)]
    [InlineData(400, -1016, ExchangeErrorKind.Transient)]
    [InlineData(400, -1000, ExchangeErrorKind.StatusUnknown)]
    [InlineData(400, -1001, ExchangeErrorKind.StatusUnknown)]
    [InlineData(400, -1006, ExchangeErrorKind.StatusUnknown)]
    [InlineData(400, -1007, ExchangeErrorKind.StatusUnknown)]
    [InlineData(408, null, ExchangeErrorKind.StatusUnknown)]
    [InlineData(500, null, ExchangeErrorKind.StatusUnknown)]
    [InlineData(502, null, ExchangeErrorKind.StatusUnknown)]
    [InlineData(503, null, ExchangeErrorKind.StatusUnknown)]
    [InlineData(503, -2010, ExchangeErrorKind.StatusUnknown)] // with 5xx nothing is certain but what is documented
    public void From_AStatusAndCode_HasItsKind(int status, int? code, ExchangeErrorKind expected)
    {
        var error = BinanceErrors.From("POST /x", (HttpStatusCode)status, code, "Words.", TimeSpan.FromSeconds(3));
        error.Kind.Should().Be(expected);
        error.Code.Should().Be(code);
        error.RetryAfter.Should().Be(TimeSpan.FromSeconds(3));
        error.IsTransient.Should().Be(expected is ExchangeErrorKind.Transient or ExchangeErrorKind.RateLimited or ExchangeErrorKind.ClockSkew);
        error.Message.Should().Be(code is null ? $"POST /x: Words. (HTTP {status})" : $"POST /x: Words. (HTTP {status}, code {code})");
    }

    [Fact]
    public void From_TextThatTheServiceIsUnavailable_IsTransient()
    {
        var body = BinanceErrorBody.Read("Service Unavailable."u8);
        BinanceErrors.From("POST /x", HttpStatusCode.ServiceUnavailable, body.Code, body.Message, null).Kind.Should().Be(ExchangeErrorKind.Transient);
    }

    [Theory]
    [InlineData("Unknown error, please check your request or try again later.")]
    [InlineData("<html>https://host/fapi/v1/order?signature=abc</html>")]
    [InlineData("")]
    [InlineData("[]")]
    public void Read_ABodyThatIsNoError_SaysNothingOfIt(string text)
    {
        var body = BinanceErrorBody.Read(System.Text.Encoding.UTF8.GetBytes(text));
        body.Code.Should().BeNull();
        body.Message.Should().BeNull();
        BinanceErrors.From("POST /x", HttpStatusCode.ServiceUnavailable, body.Code, body.Message, null).Kind.Should().Be(ExchangeErrorKind.StatusUnknown);
    }

    [Theory]
    [InlineData("Way too many requests; IP banned until 1795003812123. Please use the websocket for live updates to avoid bans.", 1795003812123)]
    [InlineData("Way too many requests; IP banned until 1795003812123", 1795003812123)]
    [InlineData("IP banned until soon", null)]
    [InlineData("Too many requests.", null)]
    public void BanEnd_AMessage_IsItsInstant(string message, long? expected) =>
        (new BinanceErrorBody { Message = message }.BanEnd()?.ToUnixTimeMilliseconds()).Should().Be(expected);

    [Theory]
    [InlineData(-4014, RejectReason.Price)]
    [InlineData(-4016, RejectReason.Price)]
    [InlineData(-4023, RejectReason.Quantity)]
    [InlineData(-4005, RejectReason.Quantity)]
    [InlineData(-4164, RejectReason.MinNotional)]
    [InlineData(-2019, RejectReason.InsufficientMargin)]
    [InlineData(-2022, RejectReason.ReduceOnly)]
    [InlineData(-4118, RejectReason.ReduceOnly)]
    [InlineData(-5022, RejectReason.PostOnly)]
    [InlineData(-2021, RejectReason.WouldTrigger)]
    [InlineData(-4116, RejectReason.DuplicateClientOrderId)]
    [InlineData(-4130, RejectReason.CloseOrderExists)]
    [InlineData(-1121, RejectReason.Symbol)]
    [InlineData(-2027, RejectReason.PositionLimit)]
    [InlineData(-4045, RejectReason.PositionLimit)]
    [InlineData(-4061, RejectReason.InvalidOrder)]
    [InlineData(-1111, RejectReason.InvalidOrder)]
    [InlineData(-2010, RejectReason.Other)]
    [InlineData(null, RejectReason.Other)]
    public void ReasonOf_ACode_IsItsReason(int? code, RejectReason expected) => BinanceErrors.ReasonOf(code).Should().Be(expected);
}
