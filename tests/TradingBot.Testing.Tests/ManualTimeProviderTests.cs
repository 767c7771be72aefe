namespace TradingBot.Testing.Tests;

public sealed class ManualTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 2, 0, 0, TimeSpan.FromHours(2));
    private readonly ManualTimeProvider _time = new(Start);
    private readonly List<string> _fired = [];

    [Fact]
    public void Advance_Always_MovesEveryReadingAlike()
    {
        var stamp = _time.GetTimestamp();

        _time.Advance(TimeSpan.FromSeconds(90));

        _time.GetUtcNow().Should().Be(new DateTimeOffset(2026, 1, 1, 0, 1, 30, TimeSpan.Zero));
        _time.GetUtcNow().Offset.Should().Be(TimeSpan.Zero);
        _time.GetElapsedTime(stamp).Should().Be(TimeSpan.FromSeconds(90));
        _time.GetLocalNow().Should().Be(_time.GetUtcNow());
    }

    [Fact]
    public void SetUtcNow_Backwards_IsRefused()
    {
        var backwards = () => _time.SetUtcNow(Start - TimeSpan.FromTicks(1));
        var negative = () => _time.Advance(TimeSpan.FromTicks(-1));

        backwards.Should().Throw<ArgumentOutOfRangeException>();
        negative.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Advance_SeveralTimers_FireInTheOrderOfDueTimesAtTheirTimes()
    {
        using var late = Timer("late", 30);
        using var early = Timer("early", 10);
        using var tied = Timer("tied", 30);

        _time.Advance(TimeSpan.FromSeconds(29));
        _fired.Should().Equal("early@10");
        _time.Advance(TimeSpan.FromSeconds(1));

        _fired.Should().Equal("early@10", "late@30", "tied@30");
        _time.ActiveTimers.Should().Be(0);
    }

    [Fact]
    public void Advance_PeriodicTimer_FiresEveryPeriodUntilDisposed()
    {
        var timer = Timer("tick", 5, period: 10);

        _time.Advance(TimeSpan.FromSeconds(25));
        timer.Dispose();
        _time.Advance(TimeSpan.FromSeconds(100));

        _fired.Should().Equal("tick@5", "tick@15", "tick@25");
        timer.Change(TimeSpan.FromSeconds(1), TimeSpan.Zero).Should().BeFalse();
    }

    [Fact]
    public void Change_BeforeItIsDue_MovesTheTimer()
    {
        using var timer = Timer("moved", 10);
        _time.Advance(TimeSpan.FromSeconds(9));

        timer.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan).Should().BeTrue();
        _time.Advance(TimeSpan.FromSeconds(9));
        _fired.Should().BeEmpty();
        _time.Advance(TimeSpan.FromSeconds(1));

        _fired.Should().Equal("moved@19");
    }

    [Fact]
    public void Change_ToInfinite_StopsTheTimer()
    {
        using var timer = Timer("never", 10, period: 1);

        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromDays(1));

        _fired.Should().BeEmpty();
    }

    [Fact]
    public void CreateTimer_DueAtOnce_FiresAtOnce()
    {
        using var timer = Timer("now", 0, period: 10);
        _fired.Should().Equal("now@0");

        _time.Advance(TimeSpan.FromSeconds(10));

        _fired.Should().Equal("now@0", "now@10");
    }

    [Fact]
    public void Advance_TimerSetWhileTimersFire_FiresInTheSameMove()
    {
        ITimer? second = null;
        using var first = _time.CreateTimer(_ => second = Timer("second", 5), null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);

        _time.Advance(TimeSpan.FromSeconds(20));

        _fired.Should().Equal("second@15");
        second!.Dispose();
    }

    [Fact]
    public void CreateTimer_SpanNegative_IsRefused()
    {
        var due = () => _time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(-5), TimeSpan.Zero);
        var period = () => _time.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.FromSeconds(-5));

        due.Should().Throw<ArgumentOutOfRangeException>();
        period.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task Delay_OnTheClock_EndsWhenTheClockIsMoved()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _time);

        _time.Advance(TimeSpan.FromSeconds(59));
        delay.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        await delay;
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(5), _time);
        _time.Advance(TimeSpan.FromSeconds(5));
        source.IsCancellationRequested.Should().BeTrue();
    }

    [Fact]
    public async Task PeriodicTimer_OnTheClock_Ticks()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), _time);
        var tick = timer.WaitForNextTickAsync();

        tick.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromHours(1));

        (await tick).Should().BeTrue();
    }

    private ITimer Timer(string name, int due, int period = 0) => _time.CreateTimer(
        _ => _fired.Add($"{name}@{(_time.GetUtcNow() - Start).TotalSeconds}"),
        null,
        TimeSpan.FromSeconds(due),
        TimeSpan.FromSeconds(period));
}
