namespace TradingBot.Trading;

/// <summary>What kind of failure an exchange call met.</summary>
public enum ExchangeErrorKind
{
    /// <summary>The exchange refused, and would refuse again.</summary>
    Rejected = 1,

    /// <summary>Too many requests; the exchange asks to wait.</summary>
    RateLimited = 2,

    /// <summary>The network or the exchange failed for the moment.</summary>
    Transient = 3,

    /// <summary>The request's time was outside what the exchange accepts.</summary>
    ClockSkew = 4,

    /// <summary>The key is missing, wrong, or lacks a permission.</summary>
    Authentication = 5,

    /// <summary>The answer was lost: the request may or may not have been carried out.</summary>
    StatusUnknown = 6,
}
