namespace TradingBot.Binance.Protocol;

/// <summary>The exchange's time, as this machine's clock plus the difference last measured.</summary>
internal sealed class ExchangeClock(TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(30);
    private readonly Lock _sync = new();
    private TimeSpan _offset;
    private long? _measured;

    /// <summary>Gets a value indicating whether the difference has to be measured before the time is relied on.</summary>
    public bool IsStale
    {
        get
        {
            lock (_sync)
            {
                return _measured is not { } measured || time.GetElapsedTime(measured) > MaxAge;
            }
        }
    }

    public TimeSpan Offset
    {
        get
        {
            lock (_sync)
            {
                return _offset;
            }
        }
    }

    public DateTimeOffset GetUtcNow() => time.GetUtcNow() + Offset;

    /// <summary>Takes over a measurement; the exchange's answer is taken to be from the middle of the round trip.</summary>
    public void Set(DateTimeOffset exchangeTime, DateTimeOffset sent, DateTimeOffset received)
    {
        lock (_sync)
        {
            _offset = exchangeTime - (sent + ((received - sent) / 2));
            _measured = time.GetTimestamp();
        }
    }
}
