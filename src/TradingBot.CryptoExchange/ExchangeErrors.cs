using System.Globalization;
using System.Net;
using CryptoExchange.Net.Objects;
using CryptoExchange.Net.Objects.Errors;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>The one place where the family's errors become kinds of errors and reasons of refusal.</summary>
internal sealed class ExchangeErrors(IExchangeSpecifics? specifics)
{
    /// <summary>Tells whether an error says that the exchange does not know an order.</summary>
    public bool IsUnknownOrder(Error error) => specifics?.IsUnknownOrder(error) ?? error.ErrorType == ErrorType.UnknownOrder;

    /// <summary>Tells what a failed call means.</summary>
    /// <param name="result">The call.</param>
    /// <param name="isTrade">Whether it may have changed something at the exchange.</param>
    public ErrorMeaning MeaningOf(IHttpResult result, bool isTrade)
    {
        var meaning = Classify(result);
        return meaning.Kind == ExchangeErrorKind.StatusUnknown && !isTrade
            ? new ErrorMeaning(ExchangeErrorKind.Transient) // A reading has no outcome to wonder about: it is simply made again.
            : meaning;
    }

    /// <summary>Builds the exception of a failed call.</summary>
    /// <param name="operation">What was asked; never its parameters.</param>
    /// <param name="result">The call.</param>
    /// <param name="kind">What its failure means.</param>
    /// <param name="now">The present instant.</param>
    public static ExchangeException Exception(string operation, IHttpResult result, ExchangeErrorKind kind, DateTimeOffset now)
    {
        var error = result.Error!;
        return new ExchangeException(kind, Text(operation, result), error.Exception is HttpRequestException or OperationCanceledException ? error.Exception : null)
        {
            Code = error.Code,
            RetryAfter = RetryAfter(result, now),
        };
    }

    public static string Text(string operation, IHttpResult result)
    {
        var error = result.Error!;
        var code = error.Code is { } number ? string.Create(CultureInfo.InvariantCulture, $", code {number}") : "";
        var status = result.ResponseStatusCode is { } answered ? string.Create(CultureInfo.InvariantCulture, $" (HTTP {(int)answered}{code})") : "";
        var message = error.Message?.TrimStart(':', ' ') is { Length: > 0 } told ? told : error.ErrorDescription ?? "no reason given";
        return $"{result.Exchange}, {operation}: {message}{status}";
    }

    private static TimeSpan? RetryAfter(IHttpResult result, DateTimeOffset now)
    {
        if (result.ResponseHeaders?.RetryAfter is { } header)
        {
            return header.Delta ?? (header.Date is { } date ? Max(date - now) : null);
        }

        return result.Error is BaseRateLimitError { RetryAfter: { } until } ? Max(new DateTimeOffset(until, TimeSpan.Zero) - now) : null;

        static TimeSpan Max(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private ErrorMeaning Classify(IHttpResult result)
    {
        var error = result.Error!;
        if (error is BaseRateLimitError || result.ResponseStatusCode is HttpStatusCode.TooManyRequests or (HttpStatusCode)418)
        {
            return new ErrorMeaning(ExchangeErrorKind.RateLimited);
        }

        if (specifics?.MeaningOf(error) is { } known)
        {
            return known;
        }

        // Below the exchange's own answers: what never left, and what was lost on the way.
        if (error.Exception is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError })
        {
            return new ErrorMeaning(ExchangeErrorKind.Transient);
        }

        if (result.ResponseStatusCode is HttpStatusCode.RequestTimeout || (int?)result.ResponseStatusCode >= 500)
        {
            return new ErrorMeaning(ExchangeErrorKind.StatusUnknown);
        }

        return OfType(error.ErrorType);
    }

    private static ErrorMeaning OfType(ErrorType type) => type switch
    {
        ErrorType.UnableToConnect => new(ExchangeErrorKind.Transient),
        ErrorType.NetworkError or ErrorType.Timeout or ErrorType.DeserializationFailed or ErrorType.SystemError => new(ExchangeErrorKind.StatusUnknown),
        ErrorType.MissingCredentials or ErrorType.Unauthorized => new(ExchangeErrorKind.Authentication),
        ErrorType.InvalidTimestamp => new(ExchangeErrorKind.ClockSkew),
        ErrorType.RateLimitRequest or ErrorType.RateLimitConnection or ErrorType.RateLimitSubscription => new(ExchangeErrorKind.RateLimited),
        ErrorType.InvalidPrice => Refused(RejectReason.Price),
        ErrorType.InvalidQuantity => Refused(RejectReason.Quantity),
        ErrorType.InsufficientBalance => Refused(RejectReason.InsufficientMargin),
        ErrorType.NoPosition => Refused(RejectReason.ReduceOnly),
        ErrorType.InvalidStopParameters => Refused(RejectReason.WouldTrigger),
        ErrorType.DuplicateClientOrderId => Refused(RejectReason.DuplicateClientOrderId),
        ErrorType.UnknownSymbol or ErrorType.UnavailableSymbol => Refused(RejectReason.Symbol),
        ErrorType.MaxPosition or ErrorType.RateLimitOrder => Refused(RejectReason.PositionLimit),
        ErrorType.InvalidParameter or ErrorType.MissingParameter => Refused(RejectReason.InvalidOrder),
        _ => Refused(RejectReason.Other),
    };

    private static ErrorMeaning Refused(RejectReason reason) => new(ExchangeErrorKind.Rejected, reason);
}
