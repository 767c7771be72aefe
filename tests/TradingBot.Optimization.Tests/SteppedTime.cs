namespace TradingBot.Optimization.Tests;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => SampleSearch.Start.AddTicks(_ticks);

    public void Advance(TimeSpan time) => _ticks += time.Ticks;
}
