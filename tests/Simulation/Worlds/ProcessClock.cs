namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>The clock of one process: the world's time, off by the host's skew. Its timers die with the process.</summary>
internal sealed class ProcessClock(Process process) : TimeProvider
{
    public override long TimestampFrequency => 1_000;

    public override DateTimeOffset GetUtcNow() => Arena.At(process.World.Now + process.Host.ClockSkew);

    public override long GetTimestamp() => process.World.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(Process process, TimerCallback callback, object? state) : ITimer, IOccurrence
    {
        private int _version;
        private TimeSpan _period;
        private Trouble _trouble;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _version++;
            _period = period;
            if (dueTime < TimeSpan.Zero || !process.IsAlive)
            {
                return true;
            }

            _trouble = process.World.Troubles.For(process, CallKind.Timer, process.NextWait());
            process.World.OnTrouble(_trouble);
            process.World.Trace?.Add(process, $"waits for {dueTime}{(_trouble.Kind == TroubleKind.None ? "" : $": {_trouble.Kind}")}");
            if (_trouble.Kind == TroubleKind.CrashBefore)
            {
                process.Crash();
                return true;
            }

            process.World.Schedule((long)Math.Ceiling(dueTime.TotalMilliseconds), this, _version);
            return true;
        }

        public void Occur(int stamp)
        {
            if (stamp != _version || !process.IsAlive)
            {
                return;
            }

            if (_trouble.Kind == TroubleKind.CrashAfter)
            {
                process.Crash();
                return;
            }

            if (_trouble.Kind == TroubleKind.Freeze)
            {
                process.Freeze(_trouble.Delay);
                _trouble = default;
            }

            if (process.FrozenUntil > process.World.Now)
            {
                process.World.Schedule(process.FrozenUntil - process.World.Now, this, stamp);
                return;
            }

            if (_period > TimeSpan.Zero)
            {
                process.World.Schedule((long)Math.Ceiling(_period.TotalMilliseconds), this, _version);
            }

            callback(state);
            process.AfterAnswer();
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
