namespace TradingBot.Core.Tests.Binance;

/// <summary>A clock that stands still until a test moves it; waits end when it passes them.</summary>
internal sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _sync = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_sync)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, firing every timer on the way at its own instant.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (TakeNext(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_sync)
        {
            _now = end;
        }
    }

    /// <summary>Gets how long it is to the earliest timer, or <see langword="null"/>.</summary>
    public TimeSpan? NextTimer()
    {
        lock (_sync)
        {
            return _timers.Count == 0 ? null : _timers.Min(timer => timer.Due) - _now;
        }
    }

    /// <summary>Lets a task end by moving the clock from wait to wait; returns the waits.</summary>
    public async Task<List<TimeSpan>> DriveAsync(Task task)
    {
        var waits = new List<TimeSpan>();
        while (!task.IsCompleted)
        {
            var next = await SoonAsync(() => task.IsCompleted ? TimeSpan.MinValue : NextTimer());
            if (next == TimeSpan.MinValue)
            {
                break;
            }

            waits.Add(next);

            // Away from xunit's context, what waited goes on within the call, up to its next wait.
            await Task.Run(() => Advance(next));
        }

        await task;
        return waits;
    }

    /// <summary>Waits, in real time, until something other threads do has happened.</summary>
    public static async Task<T> SoonAsync<T>(Func<T?> find)
        where T : struct
    {
        var started = System.GetTimestamp();
        while (true)
        {
            if (find() is { } found)
            {
                return found;
            }

            System.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(20), "it should have happened by now");
            await Task.Delay(TimeSpan.FromMilliseconds(1), System);
        }
    }

    public static Task SoonAsync(Func<bool> condition) => SoonAsync<bool>(() => condition() ? true : null);

    private ManualTimer? TakeNext(DateTimeOffset end)
    {
        lock (_sync)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is not null)
            {
                _timers.Remove(next);
                _now = next.Due > _now ? next.Due : _now;
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public void Fire()
        {
            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }

            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._sync)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = clock._now + dueTime;
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
