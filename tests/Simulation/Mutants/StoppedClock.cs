using TradingBot.Tests.Simulation.Worlds;

namespace TradingBot.Tests.Simulation.Mutants;

/// <summary>Does not notice that time has passed between reading the account and sending an order.</summary>
internal sealed class StoppedClock : Mutant
{
    public override TimeProvider ClockOf(Process process) => new Clock(process.Clock);

    private sealed class Clock(TimeProvider real) : TimeProvider
    {
        private readonly long _timestamp = real.GetTimestamp();

        public override long TimestampFrequency => real.TimestampFrequency;

        public override long GetTimestamp() => _timestamp;

        public override DateTimeOffset GetUtcNow() => real.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            real.CreateTimer(callback, state, dueTime, period);
    }
}
