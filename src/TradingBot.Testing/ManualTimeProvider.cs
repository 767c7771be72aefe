namespace TradingBot.Testing;

/// <summary>A clock that stands still until it is moved. Timers, and with them delays and timeouts, fire while it moves.</summary>
/// <remarks>Timers fire in the order of their due times, those of one instant in the order in which they were set, each with the clock
/// at its due time, on the thread that moves the clock. A timer that is due at once fires when it is set. Local time is UTC.</remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;
    private long _sequence;

    /// <summary>Initializes a clock.</summary>
    /// <param name="start">Where it stands; kept in UTC.</param>
    public ManualTimeProvider(DateTimeOffset start) => _start = _now = start.ToUniversalTime();

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Gets the number of timers that are set.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    /// <summary>Gets how long it is until the next timer is due, or <see langword="null"/> when none is set.</summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count == 0 ? null : _timers.Min(timer => timer.Due) - _now;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    /// <summary>Moves the clock on.</summary>
    /// <param name="time">How far; 0 or more.</param>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        SetUtcNow(GetUtcNow() + time);
    }

    /// <summary>Moves the clock to an instant.</summary>
    /// <param name="instant">Not before the present one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The instant lies in the past: a clock does not run backwards.</exception>
    public void SetUtcNow(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant, GetUtcNow());
        while (NextDue(instant) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    // Moves the clock to the next timer that is due by an instant and takes it from the list, or moves it to the instant.
    private ManualTimer? NextDue(DateTimeOffset instant)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.Due <= instant).MinBy(timer => (timer.Due, timer.Sequence));
            // A callback may have moved the clock further.
            _now = (next?.Due ?? instant) is var to && to > _now ? to : _now;
            if (next is not null)
            {
                Reschedule(next, next.Period);
            }

            return next;
        }
    }

    private bool Set(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            timer.Period = period <= TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
            if (dueTime == TimeSpan.Zero)
            {
                Reschedule(timer, timer.Period);
            }
            else
            {
                Reschedule(timer, dueTime);
                return true;
            }
        }

        timer.Fire();
        return true;
    }

    private void Reschedule(ManualTimer timer, TimeSpan after)
    {
        _timers.Remove(timer);
        if (after != Timeout.InfiniteTimeSpan)
        {
            (timer.Due, timer.Sequence) = (_now + after, _sequence++);
            _timers.Add(timer);
        }
    }

    private void Remove(ManualTimer timer)
    {
        lock (_lock)
        {
            timer.IsDisposed = true;
            _timers.Remove(timer);
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; set; } = Timeout.InfiniteTimeSpan;

        public long Sequence { get; set; }

        public bool IsDisposed { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            CheckSpan(dueTime, nameof(dueTime));
            CheckSpan(period, nameof(period));
            return clock.Set(this, dueTime, period);
        }

        public void Fire() => callback(state);

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private static void CheckSpan(TimeSpan span, string name)
        {
            if (span < TimeSpan.Zero && span != Timeout.InfiniteTimeSpan)
            {
                throw new ArgumentOutOfRangeException(name, span, "Expected 0 or more, or Timeout.InfiniteTimeSpan.");
            }
        }
    }
}
