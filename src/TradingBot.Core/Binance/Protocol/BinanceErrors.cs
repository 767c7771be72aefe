using System.Globalization;
using System.Net;
using TradingBot.Trading;

namespace TradingBot.Binance.Protocol;

/// <summary>The one place where the exchange's codes become kinds of errors and reasons of refusal.</summary>
internal static class BinanceErrors
{
    internal const int InvalidSymbol = -1121;
    internal const int UnknownOrder = -2011;
    internal const int OrderDoesNotExist = -2013;
    internal const int ListenKeyGone = -1125;
    internal const int MarginTypeAlreadySet = -4046;
    internal const int PositionModeAlreadySet = -4059;
    internal const int AssetModeAlreadySet = -4171;

    /// <summary>Tells what a code means for the request that got it.</summary>
    internal static ExchangeErrorKind KindOf(int code) => code switch
    {
        -1003 or -1015 => ExchangeErrorKind.RateLimited,
        -1008 or -1016 or -4117 => ExchangeErrorKind.Transient,
        -1021 or -5028 => ExchangeErrorKind.ClockSkew,
        -1002 or -1022 or -2014 or -2015 or -2017 => ExchangeErrorKind.Authentication,
        -1000 or -1001 or -1006 or -1007 or -2012 => ExchangeErrorKind.StatusUnknown,
        _ => ExchangeErrorKind.Rejected,
    };

    /// <summary>Tells why an order was refused, in the terms that every exchange shares.</summary>
    internal static RejectReason ReasonOf(int? code) => code switch
    {
        -4001 or -4002 or -4013 or -4014 or -4016 or -4024 or -4131 or -4183 or -4184 or -4210 or -4211 => RejectReason.Price,
        -4003 or -4004 or -4005 or -4023 => RejectReason.Quantity,
        -4164 => RejectReason.MinNotional,
        -2018 or -2019 or -2028 or -4050 or -4051 => RejectReason.InsufficientMargin,
        -2022 or -2024 or -4118 => RejectReason.ReduceOnly,
        -5022 => RejectReason.PostOnly,
        -2021 or -4142 => RejectReason.WouldTrigger,
        -4116 => RejectReason.DuplicateClientOrderId,
        -4130 => RejectReason.CloseOrderExists,
        -1121 or -1122 or -4140 or -4141 => RejectReason.Symbol,
        -2025 or -2027 or -4045 or -4105 or -4106 or -4107 => RejectReason.PositionLimit,
        -1013 or -1014 or -1102 or -1106 or -1111 or -1114 or -1115 or -1116 or -1117 or -1128 or -1130
            or -4015 or -4060 or -4061 or -4062 or -4120 or -4135 or -4137 or -4138 => RejectReason.InvalidOrder,
        _ => RejectReason.Other,
    };

    /// <summary>Builds the exception of an answer that is not a success.</summary>
    /// <param name="operation">Method and path of the request; never its parameters.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">The exchange's code, if the body had one.</param>
    /// <param name="message">The exchange's message, if the body had one.</param>
    /// <param name="retryAfter">How long to wait, if the answer says.</param>
    internal static ExchangeException From(string operation, HttpStatusCode status, int? code, string? message, TimeSpan? retryAfter)
    {
        var kind = KindOf(status, code, message);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{operation}: {message ?? "no reason given"} (HTTP {(int)status}{(code is null ? "" : FormattableString.Invariant($", code {code}"))})");
        return new ExchangeException(kind, text) { Code = code, RetryAfter = retryAfter };
    }

    private static ExchangeErrorKind KindOf(HttpStatusCode status, int? code, string? message)
    {
        if (status is HttpStatusCode.TooManyRequests or (HttpStatusCode)418)
        {
            return ExchangeErrorKind.RateLimited;
        }

        var known = code is null ? ExchangeErrorKind.Rejected : KindOf(code.Value);
        if (status == HttpStatusCode.ServiceUnavailable && (code == -1001 || (code is null && message == BinanceErrorBody.ServiceUnavailable)))
        {
            return ExchangeErrorKind.Transient; // documented as certainly not carried out
        }

        if (status is HttpStatusCode.RequestTimeout || (int)status >= 500)
        {
            return known is ExchangeErrorKind.Transient or ExchangeErrorKind.RateLimited or ExchangeErrorKind.ClockSkew ? known : ExchangeErrorKind.StatusUnknown;
        }

        return code is null && status is HttpStatusCode.Unauthorized ? ExchangeErrorKind.Authentication : known;
    }
}
