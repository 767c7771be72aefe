using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>One life of a host: a trader and all that it waits for. When it dies, nothing of it ever goes on.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A process is not ended in an orderly way: it dies, or the world does.")]
internal sealed class Process
{
    private readonly int _life;
    private Task? _running;
    private CancellationTokenSource _cancellation = new();
    private int _waits;
    private int _calls;
    private int _latestArrived;

    public Process(Host host, int life)
    {
        (Host, _life) = (host, life);
        Wire = new Wire(this);
        Clock = new ProcessClock(this);
        Trader = host.World.Bot.CreateTrader(this);
    }

    public Host Host { get; }

    public World World => Host.World;

    public Wire Wire { get; }

    public ProcessClock Clock { get; }

    public Trader Trader { get; }

    public bool IsAlive { get; private set; } = true;

    public bool IsBusy => _running is not null;

    /// <summary>Gets until when the process stands still.</summary>
    public long FrozenUntil { get; private set; }

    /// <summary>Gets or sets the latest bar that the process has been sent.</summary>
    public int SeenBar { get; set; } = -1;

    /// <summary>Gets or sets the latest reading of the account that the process has been sent.</summary>
    public AccountSnapshot? SeenAccount { get; set; }

    /// <summary>Gets or sets a value indicating whether something that the cycle wrote into the journal did not get there.</summary>
    public bool HasUnwritten { get; set; }

    /// <summary>Gets how often something was started in the process.</summary>
    public int Runs { get; private set; }

    /// <summary>Numbers what the process waits for, from 0 in every run.</summary>
    public int NextWait() => _waits++;

    /// <summary>Numbers the calls of the process.</summary>
    public int NextCall() => ++_calls;

    /// <summary>Takes in that a call has arrived.</summary>
    /// <returns>Whether one that was made after it was there before it.</returns>
    public bool IsOvertaken(int call)
    {
        var isOvertaken = call < _latestArrived;
        _latestArrived = Math.Max(_latestArrived, call);
        return isOvertaken;
    }

    public void Start(Func<Trader, CancellationToken, Task> work)
    {
        if (!_cancellation.TryReset())
        {
            _cancellation = new CancellationTokenSource();
        }

        (_waits, HasUnwritten) = (0, false);
        Runs++;
        _running = work(Trader, _cancellation.Token);
        AfterAnswer();
    }

    /// <summary>Tells the host when what runs has ended.</summary>
    public void AfterAnswer()
    {
        if (IsAlive && _running is { IsCompleted: true } ended)
        {
            _running = null;
            Host.OnEnded(ended);
        }
    }

    public void Freeze(long milliseconds) => FrozenUntil = World.Now + milliseconds;

    public void CancelCycle() => _cancellation.Cancel();

    public void Crash()
    {
        IsAlive = false;
        World.Trace?.Add(this, "dies");
        Host.OnCrash();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"host{Host.Number}.{_life}");
}
