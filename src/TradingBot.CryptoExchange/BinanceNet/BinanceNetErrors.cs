using CryptoExchange.Net.Objects;
using CryptoExchange.Net.Objects.Errors;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange.BinanceNet;

/// <summary>The codes of Binance futures whose type in Binance.Net says too little.</summary>
internal static class BinanceNetErrors
{
    private const int UnknownOrder = -2011;
    public const int MarginTypeAlreadySet = -4046;

    public static ErrorMeaning? MeaningOf(Error error) => error.Code switch
    {
        -1008 or -1016 or -4117 => new(ExchangeErrorKind.Transient),
        -5028 => new(ExchangeErrorKind.ClockSkew),
        -1000 or -1001 or -1006 or -1007 or -2012 => new(ExchangeErrorKind.StatusUnknown),
        -1015 => new(ExchangeErrorKind.RateLimited),
        -4131 or -4183 or -4184 or -4210 or -4211 => Refused(RejectReason.Price),
        -4164 => Refused(RejectReason.MinNotional),
        -2022 or -2024 or -4118 => Refused(RejectReason.ReduceOnly),
        -2028 => Refused(RejectReason.InsufficientMargin),
        -2021 => Refused(RejectReason.WouldTrigger),
        -5022 => Refused(RejectReason.PostOnly),
        -4130 => Refused(RejectReason.CloseOrderExists),
        -1122 or -4140 or -4141 => Refused(RejectReason.Symbol),
        -2027 or -4105 or -4106 or -4107 => Refused(RejectReason.PositionLimit),
        _ => null,
    };

    public static bool IsUnknownOrder(Error error) => error.ErrorType == ErrorType.UnknownOrder || error.Code == UnknownOrder;

    private static ErrorMeaning Refused(RejectReason reason) => new(ExchangeErrorKind.Rejected, reason);
}
