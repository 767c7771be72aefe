namespace TradingBot.Binance.Protocol;

/// <summary>A limit over windows of time that lie on the clock's grid, as the exchange counts them. Not safe for threads by itself.</summary>
internal sealed class RateWindow(TimeSpan length, int limit)
{
    // The exchange's clock is known to some milliseconds only.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(100);
    private long _index;
    private int _used;
    private int _inFlight;

    public int Limit { get; set; } = limit;

    public TimeSpan Length => length;

    public int UsedAt(DateTimeOffset now)
    {
        Roll(now);
        return _used;
    }

    /// <summary>Tells whether a request fits, with a share of the limit left alone. A request dearer than all that is let through alone.</summary>
    public bool Fits(DateTimeOffset now, int cost, double reservedShare)
    {
        Roll(now);
        return cost == 0 || _used == 0 || _used + cost <= (int)(Limit * (1 - reservedShare));
    }

    public TimeSpan UntilNext(DateTimeOffset now) => TimeSpan.FromTicks(length.Ticks - (now.UtcTicks % length.Ticks)) + Margin;

    public void Take(DateTimeOffset now, int cost)
    {
        Roll(now);
        _used += cost;
        _inFlight += cost;
    }

    /// <summary>Ends a request that was sent in the window of <paramref name="sent"/>, with what the exchange counted so far, if it said.</summary>
    public void Complete(DateTimeOffset sent, DateTimeOffset now, int cost, int? counted)
    {
        Roll(now);
        _inFlight -= cost;

        // An answer to a request of an earlier window tells nothing sure about this one.
        if (counted is { } used && sent.UtcTicks / length.Ticks == _index)
        {
            _used = Math.Max(_used, used + _inFlight);
        }
    }

    private void Roll(DateTimeOffset now)
    {
        var index = now.UtcTicks / length.Ticks;
        if (index > _index)
        {
            // What is under way may be counted in either window.
            (_index, _used) = (index, _inFlight);
        }
        else if (index < _index - 1)
        {
            // Counted by this machine's clock, before the exchange's time was known to be earlier. A step back over one boundary is not
            // followed: it comes of the clock being measured anew, and would forget what the window holds.
            _index = index;
        }
    }
}
