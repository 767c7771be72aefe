namespace TradingBot.Binance.Protocol;

/// <summary>The random part of waits, from a seed.</summary>
internal sealed class Jitter(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _sync = new();

    /// <summary>Draws a number from 0, inclusive, to 1, exclusive.</summary>
    public double Next()
    {
        lock (_sync)
        {
            return _random.NextDouble();
        }
    }

    /// <summary>Gets the wait before an attempt: doubled with each, of which at least half is kept.</summary>
    /// <param name="first">The longest wait before the first attempt.</param>
    /// <param name="longest">The longest wait of all.</param>
    /// <param name="attempt">The attempt, 0 the first.</param>
    public TimeSpan Backoff(TimeSpan first, TimeSpan longest, int attempt)
    {
        var whole = Math.Min(longest.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 30)));
        return TimeSpan.FromMilliseconds(whole * (0.5 + (0.5 * Next())));
    }
}
