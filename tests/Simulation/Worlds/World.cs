using TradingBot.Simulation;
using TradingBot.Tests.Simulation.Checks;
using TradingBot.Tests.Simulation.Mutants;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>An exchange, hosts and a network between them, on one thread and in a time of their own. The same settings give the same events.</summary>
/// <remarks>All that a bot waits for is completed by an event of the queue, and what the bot does next runs within that event. So the
/// order of everything follows from the seed, and a bot can be stopped between any two of its steps.</remarks>
internal sealed class World
{
    private const int OrderBits = 31;
    private readonly PriorityQueue<(IOccurrence Target, int Stamp), long> _queue = new();
    private readonly Dice _dice;
    private readonly Host[] _hosts;
    private readonly Auditor _auditor;
    private readonly RiskState[] _stored;
    private readonly int[] _struck = new int[Enum.GetValues<TroubleKind>().Length];
    private readonly int[] _refused = new int[Enum.GetValues<ExchangeErrorKind>().Length + 1];
    private long _order;
    private long _troubleUntil;

    public World(WorldSettings settings, TroubleMaker troubles, Mutant? mutant = null, bool isTraced = false)
    {
        (Settings, Troubles) = (settings, troubles);
        Trace = isTraced ? new Trace(this) : null;
        _dice = new Dice(Dice.Mix(settings.Seed, 1));
        Path = new PricePath(new Dice(Dice.Mix(settings.Seed, 2)), (settings.Cycles * 3 / 2) + 100, settings.Roughness, settings.Jumps);
        Venue = new Venue(
            new SimulatedExchangeOptions { Markets = [Arena.Listing], InitialBalance = settings.Balance },
            settings.RemembersIds);
        Bot = new Bot(settings, mutant);
        _auditor = new Auditor(this);
        _stored = new RiskState[settings.Hosts];
        _hosts = new Host[settings.Hosts];
        for (var i = 0; i < _hosts.Length; i++)
        {
            _hosts[i] = new Host(this, i);
        }
    }

    public WorldSettings Settings { get; }

    public TroubleMaker Troubles { get; }

    public Trace? Trace { get; }

    public PricePath Path { get; }

    public Venue Venue { get; }

    public Bot Bot { get; }

    public IReadOnlyList<Host> Hosts => _hosts;

    public Auditor Auditor => _auditor;

    /// <summary>Gets the time, in milliseconds since <see cref="Arena.Epoch"/>.</summary>
    public long Now { get; private set; }

    /// <summary>Gets what a host's store of the limits holds.</summary>
    public ref RiskState StoredRisk(Host host) => ref _stored[Settings.SharesMemory ? 0 : host.Number];

    /// <summary>Gets how many cycles have been begun.</summary>
    public int Cycles { get; set; }

    /// <summary>Gets how many cycles, and looks after the stop between them, have been begun.</summary>
    public int Runs { get; set; }

    /// <summary>Gets a value indicating whether nothing goes wrong, and all that went wrong before is over.</summary>
    public bool IsCalm => Troubles.IsOver && Now >= _troubleUntil && Array.TrueForAll(_hosts, static host => host.IsSound);

    /// <summary>Gets how often each kind of trouble came.</summary>
    public IReadOnlyList<int> Struck => _struck;

    /// <summary>Gets how often the exchange refused a call, by the kind of error.</summary>
    public IReadOnlyList<int> Refused => _refused;

    /// <summary>Gets how often a request arrived after one that was sent later.</summary>
    public int Overtaken { get; private set; }

    /// <summary>Gets how often a host came to a bar late.</summary>
    public int LateWakes { get; set; }

    /// <summary>Gets how often somebody canceled the bot's stop.</summary>
    public int StopsLost { get; set; }

    /// <summary>Gets since when nothing that went wrong has had an effect.</summary>
    public long SoundSince => _troubleUntil;

    /// <summary>Notes how long a trouble has effects.</summary>
    public void OnTrouble(Trouble trouble, bool isLocal = false)
    {
        if (trouble.Kind != TroubleKind.None)
        {
            _struck[(int)trouble.Kind]++;
            _refused[trouble.Kind == TroubleKind.Refused && !isLocal ? (int)trouble.Error : 0]++;
            _troubleUntil = Math.Max(_troubleUntil, Now + trouble.Delay + 1_000);
        }
    }

    /// <summary>Notes that a request has arrived.</summary>
    public void OnArrival(bool isOvertaken) => Overtaken += isOvertaken ? 1 : 0;

    /// <summary>Notes that a host comes back only later.</summary>
    public void OnAbsence(long milliseconds) => _troubleUntil = Math.Max(_troubleUntil, Now + milliseconds);

    /// <summary>Lets something happen later.</summary>
    public void Schedule(long delay, IOccurrence target, int stamp) => _queue.Enqueue((target, stamp), ((Now + delay) << OrderBits) | _order++);

    /// <summary>Draws the time that a message takes, in milliseconds.</summary>
    public long Latency(bool isLocal) => isLocal ? 1 : _dice.Between(5, 60);

    public int Draw(int least, int most) => _dice.Between(least, most);

    /// <summary>Runs to the end, or to the first breach.</summary>
    public Breach? Run()
    {
        // What a bot does after an answer must run within the event, and not be handed to the context of whoever runs the world.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return RunEvents();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Lets an order reach the exchange.</summary>
    public OrderResult Submit(RoundTrip<OrderRequest, OrderResult> call)
    {
        var (result, isKnown) = Venue.Submit(call.Request, Now, call.Met.Kind == TroubleKind.Partial);
        if (result.Status == OrderStatus.Rejected)
        {
            _auditor.OnRefused(call);
        }
        else if (!isKnown)
        {
            _auditor.OnAccepted(call);
        }

        return result;
    }

    private Breach? RunEvents()
    {
        Now = Bot.FirstBar * Arena.BarLength;
        new PriceFeed(this).Start();
        foreach (var host in _hosts)
        {
            host.Start();
        }

        var end = (long)(Path.Bars.Count - 1) * Arena.BarLength;
        while (_auditor.Breach is null && Cycles < Settings.Cycles && Now < end && _queue.TryDequeue(out var next, out var key))
        {
            Now = key >> OrderBits;
            next.Target.Occur(next.Stamp);
            if (Venue.HasChanged)
            {
                Venue.HasChanged = false;
                if (Troubles.IsStalePossible)
                {
                    Venue.Remember(Now);
                }

                _auditor.Inspect();
            }
        }

        return _auditor.Breach;
    }
}
