namespace TradingBot.Trading;

/// <summary>An exchange did not answer, or refused.</summary>
public sealed class ExchangeException : Exception
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="kind">What kind of failure it was.</param>
    /// <param name="message">What was asked and what went wrong; nothing secret.</param>
    /// <param name="innerException">The cause, if any.</param>
    public ExchangeException(ExchangeErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>Gets what kind of failure it was.</summary>
    public ExchangeErrorKind Kind { get; }

    /// <summary>Gets the exchange's own code, or <see langword="null"/> if it gave none.</summary>
    public int? Code { get; init; }

    /// <summary>Gets how long the exchange asks to wait, or <see langword="null"/> if it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Gets a value indicating whether a read may be tried again; orders are looked up first.</summary>
    public bool IsTransient => Kind is ExchangeErrorKind.Transient or ExchangeErrorKind.RateLimited or ExchangeErrorKind.ClockSkew;
}
