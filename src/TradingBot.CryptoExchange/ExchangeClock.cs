using CryptoExchange.Net.Objects;

namespace TradingBot.CryptoExchange;

/// <summary>Tells the exchange's time, which the shared interfaces do not offer: from the date that every HTTP answer carries.</summary>
internal sealed class ExchangeClock(TimeProvider time)
{
    private static readonly TimeSpan DateResolution = TimeSpan.FromSeconds(1);
    private TimeSpan _offset;

    /// <summary>Gets the exchange's time as far as it is known; this machine's before the first answer.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + _offset;

    /// <summary>Tells at which instant of the exchange's time, or later, an answer was made.</summary>
    /// <param name="answer">The answer, which has just arrived.</param>
    public DateTimeOffset MadeAt(IHttpResult answer)
    {
        var took = answer.ResponseTime ?? TimeSpan.Zero;
        var sent = time.GetUtcNow() - took;
        if (answer.ResponseHeaders?.Date is not { } date)
        {
            return sent;
        }

        // The date is cut to the second. A machine's clock that fits it tells the rest.
        var earliest = date - took;
        if (sent >= earliest && sent < date + DateResolution)
        {
            _offset = TimeSpan.Zero;
            return sent;
        }

        _offset = earliest - sent;
        return earliest;
    }
}
