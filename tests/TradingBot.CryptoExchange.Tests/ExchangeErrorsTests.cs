using System.Globalization;
using System.Net;
using CryptoExchange.Net.Objects;
using CryptoExchange.Net.Objects.Errors;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange.Tests;

public sealed class ExchangeErrorsTests
{
    private static readonly ExchangeErrors Errors = new(specifics: null);

    [Theory]
    [InlineData(ErrorType.UnableToConnect, ExchangeErrorKind.Transient)]
    [InlineData(ErrorType.NetworkError, ExchangeErrorKind.StatusUnknown)]
    [InlineData(ErrorType.Timeout, ExchangeErrorKind.StatusUnknown)]
    [InlineData(ErrorType.DeserializationFailed, ExchangeErrorKind.StatusUnknown)]
    [InlineData(ErrorType.SystemError, ExchangeErrorKind.StatusUnknown)]
    [InlineData(ErrorType.MissingCredentials, ExchangeErrorKind.Authentication)]
    [InlineData(ErrorType.Unauthorized, ExchangeErrorKind.Authentication)]
    [InlineData(ErrorType.InvalidTimestamp, ExchangeErrorKind.ClockSkew)]
    [InlineData(ErrorType.RateLimitRequest, ExchangeErrorKind.RateLimited)]
    [InlineData(ErrorType.RateLimitConnection, ExchangeErrorKind.RateLimited)]
    public void MeaningOf_TypeOfAFailure_IsItsKind(ErrorType type, ExchangeErrorKind kind) =>
        Errors.MeaningOf(Failed(type), isTrade: true).Kind.Should().Be(kind);

    [Theory]
    [InlineData(ErrorType.InvalidPrice, RejectReason.Price)]
    [InlineData(ErrorType.InvalidQuantity, RejectReason.Quantity)]
    [InlineData(ErrorType.InsufficientBalance, RejectReason.InsufficientMargin)]
    [InlineData(ErrorType.NoPosition, RejectReason.ReduceOnly)]
    [InlineData(ErrorType.InvalidStopParameters, RejectReason.WouldTrigger)]
    [InlineData(ErrorType.DuplicateClientOrderId, RejectReason.DuplicateClientOrderId)]
    [InlineData(ErrorType.UnknownSymbol, RejectReason.Symbol)]
    [InlineData(ErrorType.UnavailableSymbol, RejectReason.Symbol)]
    [InlineData(ErrorType.MaxPosition, RejectReason.PositionLimit)]
    [InlineData(ErrorType.RateLimitOrder, RejectReason.PositionLimit)]
    [InlineData(ErrorType.InvalidParameter, RejectReason.InvalidOrder)]
    [InlineData(ErrorType.RejectedOrderConfiguration, RejectReason.Other)]
    [InlineData(ErrorType.Unknown, RejectReason.Other)]
    public void MeaningOf_TypeOfARefusal_IsItsReason(ErrorType type, RejectReason reason) =>
        Errors.MeaningOf(Failed(type), isTrade: true).Should().Be(new ErrorMeaning(ExchangeErrorKind.Rejected, reason));

    [Fact]
    public void MeaningOf_EveryType_IsRefusedOrNamedAboveAndNeverUnknownForAReading() =>
        Enum.GetValues<ErrorType>().Select(type => Errors.MeaningOf(Failed(type), isTrade: false).Kind)
            .Should().NotContain(ExchangeErrorKind.StatusUnknown).And.OnlyContain(kind => Enum.IsDefined(kind));

    [Theory]
    [InlineData(429, ExchangeErrorKind.RateLimited)]
    [InlineData(418, ExchangeErrorKind.RateLimited)]
    [InlineData(408, ExchangeErrorKind.StatusUnknown)]
    [InlineData(500, ExchangeErrorKind.StatusUnknown)]
    [InlineData(503, ExchangeErrorKind.StatusUnknown)]
    [InlineData(400, ExchangeErrorKind.Rejected)]
    public void MeaningOf_StatusOfAnOrder_CountsMoreThanATypeThatSaysNothing(int status, ExchangeErrorKind kind) =>
        Errors.MeaningOf(Failed(ErrorType.Unknown) with { ResponseStatusCode = (HttpStatusCode)status }, isTrade: true).Kind.Should().Be(kind);

    [Fact]
    public void MeaningOf_ConnectionThatWasNeverMade_IsTransientForOrdersToo()
    {
        var error = new WebError("refused", new HttpRequestException(HttpRequestError.ConnectionError));

        Errors.MeaningOf(new HttpResult<string>("X", null, error), isTrade: true).Kind.Should().Be(ExchangeErrorKind.Transient);
    }

    [Fact]
    public void Exception_LimitOfTheClient_SaysHowLong()
    {
        var now = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        var error = new ServerRateLimitError("too many") { RetryAfter = now.UtcDateTime.AddSeconds(7) };

        var e = ExchangeErrors.Exception("read bars", new HttpResult<string>("X", null, error), ExchangeErrorKind.RateLimited, now);

        (e.RetryAfter, e.Message).Should().Be((TimeSpan.FromSeconds(7), "X, read bars: too many"));
    }

    [Fact]
    public void Exception_CultureWithOtherSigns_WritesTheCodeAlike()
    {
        var (before, swedish) = (CultureInfo.CurrentCulture, (CultureInfo)CultureInfo.InvariantCulture.Clone());
        swedish.NumberFormat.NegativeSign = "\u2212";
        CultureInfo.CurrentCulture = swedish;
        try
        {
            var failed = new HttpResult<string>("X", null, new ServerError("-2019", new ErrorInfo(ErrorType.InsufficientBalance, false, "No margin."))) { ResponseStatusCode = HttpStatusCode.BadRequest };

            ExchangeErrors.Text("place the order", failed).Should().Be("X, place the order: No margin. (HTTP 400, code -2019)");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static HttpResult<string> Failed(ErrorType type) => new("X", null, new ServerError(type, "no"));
}
