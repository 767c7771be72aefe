using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>A machine that runs the bot: it wakes after every bar, tries again when a cycle fails, and starts anew when the process dies.</summary>
internal sealed class Host : IOccurrence
{
    /// <summary>How long after a bar's close a host that is not late wakes up, in milliseconds.</summary>
    public const int LatestWake = 2_000;

    private const int Wake = 0;
    private const int Retry = 1;
    private const int Restart = 2;
    private const int MaxRetries = 3;
    private const int Protect = 3;
    private const long LongestCycle = 5 * Arena.BarLength;
    private Process? _process;
    private int _lives;
    private int _retries;
    private bool _startedCalm;

    public Host(World world, int number)
    {
        (World, Number) = (world, number);
        ClockSkew = world.Settings.ClockSkew == 0 ? 0 : world.Draw(-world.Settings.ClockSkew, world.Settings.ClockSkew);
    }

    public World World { get; }

    public int Number { get; }

    /// <summary>Gets how far the host's clock is ahead of the world's time, in milliseconds.</summary>
    public long ClockSkew { get; }

    /// <summary>Gets how many cycles the host has ended since the last trouble.</summary>
    public int CalmCycles { get; private set; }

    /// <summary>Gets when the cycle, or look after the stop, began that was begun last.</summary>
    public long StartedAt { get; private set; }

    public bool IsIdle => _process is { IsBusy: false };

    public bool IsSound => _process is not null && _process.FrozenUntil <= World.Now;

    public void Start()
    {
        _process = new Process(this, _lives++);
        ScheduleWake();
        ScheduleProtect();
    }

    public void Occur(int stamp)
    {
        switch (stamp)
        {
            case Wake:
                _retries = 0;
                ScheduleWake();
                RunCycle();
                break;
            case Restart:
                _process = new Process(this, _lives++);
                RunCycle();
                break;
            case Protect:
                ScheduleProtect();
                LookAfterStop();
                break;
            default:
                RunCycle();
                break;
        }
    }

    public void OnEnded(Task ended)
    {
        switch (ended)
        {
            case Task<CycleResult> { IsCompletedSuccessfully: true } cycle:
                CalmCycles = _startedCalm && World.IsCalm ? CalmCycles + 1 : 0;
                World.Trace?.Add(_process!, $"ends: {cycle.Result.Outcome}{(cycle.Result.Reason is { } reason ? $" ({reason})" : "")}");
                World.Auditor.OnCycleEnded(_process!, cycle.Result);
                break;
            case Task<ProtectionResult> { IsCompletedSuccessfully: true } protection:
                World.Trace?.Add(_process!, $"has looked after the stop{(protection.Result.Reason is { } said ? $" ({said})" : "")}");
                World.Auditor.OnProtected(_process!, protection.Result);
                break;
            default:
                World.Trace?.Add(_process!, $"ends: {ended.Exception?.InnerException?.Message ?? "canceled"}");
                World.Auditor.OnCycleFailed(_process!, ended, _startedCalm);
                CalmCycles = 0;
                if (ended is Task<CycleResult> && _retries++ < MaxRetries)
                {
                    World.Schedule(World.Draw(2_000, 15_000), this, Retry);
                }

                break;
        }
    }

    public void OnCrash()
    {
        World.Auditor.OnCrash(_process!);
        _process = null;
        CalmCycles = 0;
        var delay = World.Troubles.RestartDelay(World);
        World.OnAbsence(delay);
        World.Schedule(delay, this, Restart);
    }

    private void ScheduleWake()
    {
        var clock = World.Now + ClockSkew;
        var nextClose = ((clock / Arena.BarLength) + 1) * Arena.BarLength;
        var delay = World.Troubles.WakeDelay(World);
        if (delay > LatestWake)
        {
            World.LateWakes++;
            World.OnAbsence(nextClose - clock + delay);
        }

        World.Schedule(nextClose - clock + delay, this, Wake);
    }

    private void ScheduleProtect()
    {
        if (World.Settings.ProtectEvery > 0)
        {
            World.Schedule(World.Settings.ProtectEvery, this, Protect);
        }
    }

    private void RunCycle()
    {
        if (_process is not { IsBusy: true })
        {
            Begin("begins a cycle", isCycle: true, static (trader, cancellationToken) => trader.RunCycleAsync(cancellationToken));
        }
        else if (_process.FrozenUntil <= World.Now)
        {
            World.Auditor.Require(World.Now - Math.Max(StartedAt, _process.FrozenUntil) < LongestCycle, $"A cycle runs since {StartedAt} ms and never ends.");
        }
    }

    private void LookAfterStop()
    {
        if (_process is { IsBusy: false })
        {
            Begin("looks after the stop", isCycle: false, static (trader, cancellationToken) => trader.ProtectAsync(cancellationToken));
        }
    }

    private void Begin(string what, bool isCycle, Func<Trader, CancellationToken, Task> work)
    {
        if (IsSound)
        {
            World.Runs++;
            World.Cycles += isCycle ? 1 : 0;
            if (World.Settings.StopLostBeforeRun == World.Runs || World.Troubles.LosesStop())
            {
                World.Trace?.Add("somebody cancels the stop");
                World.StopsLost++;
                World.Venue.LoseStops();
            }

            (StartedAt, _startedCalm) = (World.Now, World.IsCalm);
            World.Trace?.Add(_process!, what);
            _process!.Start(work);
        }
    }
}
