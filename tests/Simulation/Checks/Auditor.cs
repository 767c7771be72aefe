using System.Runtime.CompilerServices;
using TradingBot.Journal;
using TradingBot.Market;
using TradingBot.Tests.Simulation.Worlds;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Checks;

/// <summary>Watches a world from outside the bot, and holds it against what must always be so.</summary>
internal sealed class Auditor
{
    private readonly World _world;
    private readonly EntryAudit _entries;
    private readonly ReportAudit _reports;
    private readonly LimitAudit _limits;
    private readonly ProtectionAudit _protection;
    private readonly JournalAudit _journal;
    private readonly CalmAudit _calm;

    public Auditor(World world)
    {
        _world = world;
        _entries = new EntryAudit(this, world);
        _reports = new ReportAudit(this, world);
        _limits = new LimitAudit(this, world);
        _protection = new ProtectionAudit(this, world);
        _journal = new JournalAudit(this, world);
        _calm = new CalmAudit(this, world, _entries, _protection);
    }

    public Breach? Breach { get; private set; }

    /// <summary>Gets how often the state after troubles was held against the one without.</summary>
    public int CalmChecks => _calm.Checks;

    /// <summary>Gets how often an entry made the position larger than it was meant to be.</summary>
    public int Doubled => _entries.Doubled;

    public void Require(bool isSo, [InterpolatedStringHandlerArgument(nameof(isSo))] ref BreachText otherwise)
    {
        if (!isSo && Breach is null)
        {
            Breach = new Breach(otherwise.ToString(), _world.Now, _world.Cycles);
            _world.Trace?.Add($"BREACH: {Breach.What}");
        }
    }

    /// <summary>Looks at the exchange after something has changed there.</summary>
    public void Inspect()
    {
        _entries.Inspect();
        _protection.Inspect();
    }

    /// <summary>Looks at what must not last.</summary>
    public void OnTime() => _protection.OnTime();

    /// <summary>Is told that a process has been sent a reading of the account, or bars.</summary>
    public void OnRead(Process process) => _entries.OnRead(process);

    /// <summary>Is told of an order that the exchange has accepted.</summary>
    public void OnAccepted(RoundTrip<OrderRequest, OrderResult> call)
    {
        _limits.OnAccepted(call.Request);
        _protection.OnAccepted(call.Process, call.Request);
        _entries.OnAccepted(call.Process, call.Request);
        _reports.OnAccepted(call);
        _journal.OnAccepted(call.Request);
    }

    /// <summary>Is told of an order that the exchange has refused.</summary>
    public void OnRefused(RoundTrip<OrderRequest, OrderResult> call) => _reports.OnRefused(call.Process, call.Request);

    /// <summary>Is told of an entry that a process has written into the journal.</summary>
    public void OnJournal(JournalEntry entry) => _journal.OnWritten(entry);

    /// <summary>Is told that a process could not write an entry.</summary>
    public void OnJournalFailed(Process process)
    {
        process.HasUnwritten = true;
        _journal.OnFailed();
    }

    public void OnCycleEnded(Process process, CycleResult result)
    {
        _journal.OnCycleEnded(process, result);
        _reports.OnEnded(process, result.Orders);
        _limits.OnCycleEnded(result);
        _calm.OnCycleEnded(process, result);
    }

    public void OnProtected(Process process, ProtectionResult result) => _reports.OnEnded(process, result.Orders);

    public void OnCycleFailed(Process process, Task cycle, bool startedCalm)
    {
        _reports.OnCycleLost(process);
        var error = cycle.Exception?.InnerException;
        Require(error is null or ExchangeException or BarDataException or IOException, $"A cycle failed with {error?.GetType().Name}: {error?.Message}");
        Require(!startedCalm || !_world.IsCalm, $"A cycle failed although nothing went wrong: {error?.Message ?? "canceled"}");
    }

    public void OnCrash(Process process) => _reports.OnCycleLost(process);
}
