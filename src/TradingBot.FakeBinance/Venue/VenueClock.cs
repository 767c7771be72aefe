namespace TradingBot.FakeBinance.Venue;

/// <summary>The server's time, in milliseconds since 1970-01-01 UTC.</summary>
internal sealed class VenueClock(ClockMode mode, TimeProvider source)
{
    private long _base;
    private long _end = long.MaxValue;
    private long _anchor = source.GetTimestamp();

    /// <summary>Gets the time of the market.</summary>
    internal long Now => mode == ClockMode.Real
        ? source.GetUtcNow().ToUnixTimeMilliseconds()
        : Math.Min(_base + (long)source.GetElapsedTime(_anchor).TotalMilliseconds, _end - 1);

    /// <summary>Gets the time that clients are told, and that their requests are held against.</summary>
    internal long Shown => Now + SkewMilliseconds;

    internal long SkewMilliseconds { get; set; }

    /// <summary>Lets a manual clock go on from an instant up to the end of the running bar.</summary>
    internal void Set(long now, long end)
    {
        (_base, _end) = (now, end);
        _anchor = source.GetTimestamp();
    }
}
