using TradingBot.Tests.Simulation.Checks;
using TradingBot.Tests.Simulation.Mutants;

namespace TradingBot.Tests.Simulation;

/// <summary>Runs the worlds of many seeds on all processors, each world on one thread.</summary>
internal sealed class SeedRun
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ulong, Breach> _breaches = [];
    private int _taken;

    public int Threads { get; } = Environment.ProcessorCount;

    public int Seeds { get; private set; }

    public long Cycles { get; private set; }

    /// <summary>Gets how often the state after troubles was held against the one without.</summary>
    public long CalmChecks { get; private set; }

    /// <summary>Gets how often each thing that can go wrong went wrong.</summary>
    public Tally Tally { get; } = new();

    /// <summary>Gets the breaches that were found, by seed.</summary>
    public IReadOnlyDictionary<ulong, Breach> Breaches => _breaches;

    /// <summary>Runs seeds.</summary>
    /// <param name="first">The first.</param>
    /// <param name="seeds">How many.</param>
    /// <param name="cycles">How many cycles each has.</param>
    /// <param name="mutant">Makes the fault that is built into the bot, or <see langword="null"/>.</param>
    /// <param name="all">Whether to go on after a breach.</param>
    public static SeedRun Of(ulong first, int seeds, int cycles, Func<Mutant>? mutant = null, bool all = false)
    {
        var run = new SeedRun();
        var threads = new Thread[run.Threads];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() => run.Work(first, seeds, cycles, mutant, all));
            threads[i].Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        return run;
    }

    private void Work(ulong first, int seeds, int cycles, Func<Mutant>? mutant, bool all)
    {
        // Nothing in a world hangs on the context of a call, and it need not be captured at every await.
        using var undo = ExecutionContext.SuppressFlow();
        var tally = new Tally();
        while ((all || _breaches.Count == 0) && Interlocked.Increment(ref _taken) is var taken && taken <= seeds)
        {
            var seed = first + (ulong)(taken - 1);
            var world = SeededWorld.Create(seed, cycles, mutant?.Invoke());
            var breach = world.Run();
            tally.Add(world);
            lock (_lock)
            {
                Seeds++;
                Cycles += world.Cycles;
                CalmChecks += world.Auditor.CalmChecks;
                if (breach is not null)
                {
                    _breaches.Add(seed, breach);
                }
            }
        }

        lock (_lock)
        {
            Tally.Add(tally);
        }
    }
}
