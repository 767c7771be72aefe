namespace TradingBot.Binance.Protocol;

/// <summary>The exchange's time: the last measurement, and what this machine's stopwatch has counted since. A step of this machine's
/// clock does not move it.</summary>
internal sealed class ExchangeClock(TimeProvider time)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(30);
    private readonly Lock _sync = new();
    private (DateTimeOffset Time, long Timestamp)? _measured;

    /// <summary>Gets a value indicating whether the time has to be measured before it is relied on.</summary>
    public bool IsStale
    {
        get
        {
            lock (_sync)
            {
                return _measured is not { } measured || time.GetElapsedTime(measured.Timestamp) > MaxAge;
            }
        }
    }

    /// <summary>Gets how far the exchange's clock is ahead of this machine's.</summary>
    public TimeSpan Offset => GetUtcNow() - time.GetUtcNow();

    /// <summary>Gets the exchange's time; this machine's until it has been measured.</summary>
    public DateTimeOffset GetUtcNow()
    {
        lock (_sync)
        {
            return _measured is { } measured ? measured.Time + time.GetElapsedTime(measured.Timestamp) : time.GetUtcNow();
        }
    }

    /// <summary>Takes over a measurement; the exchange's answer is taken to be from the middle of the round trip.</summary>
    /// <param name="exchangeTime">What the exchange answered.</param>
    /// <param name="sent">The timestamp before the request.</param>
    /// <param name="received">The timestamp after the answer.</param>
    public void Set(DateTimeOffset exchangeTime, long sent, long received)
    {
        lock (_sync)
        {
            _measured = (exchangeTime + (time.GetElapsedTime(sent, received) / 2), received);
        }
    }

    /// <summary>Takes over that an instant has passed on the exchange's clock. A bar that the exchange calls closed must not be held for
    /// open because the measurement was some milliseconds off.</summary>
    public void HasPassed(DateTimeOffset instant)
    {
        lock (_sync)
        {
            if (_measured is { } measured && measured.Time + time.GetElapsedTime(measured.Timestamp) < instant)
            {
                _measured = (instant, time.GetTimestamp());
            }
        }
    }
}
