namespace TradingBot.FakeBinance.Venue;

/// <summary>The server's time for clients in the same process; timers are the source's.</summary>
internal sealed class ServerTimeProvider(VenueClock clock, TimeProvider source) : TimeProvider
{
    public override long TimestampFrequency => source.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(clock.Now);

    public override long GetTimestamp() => source.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        source.CreateTimer(callback, state, dueTime, period);
}
