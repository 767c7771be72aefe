using TradingBot.Tests.Simulation.Checks;
using TradingBot.Tests.Simulation.Mutants;
using TradingBot.Tests.Simulation.Troubles;
using TradingBot.Tests.Simulation.Worlds;

namespace TradingBot.Tests.Simulation;

/// <summary>Runs worlds that are drawn from seeds.</summary>
internal static class SeedRun
{
    public const int DefaultCycles = 1_000;

    // Against these alone no client is safe on an exchange that would trade a client id again once its order is finished.
    private static readonly TroubleKind[] Doubling = [TroubleKind.Late, TroubleKind.Twice];

    private static readonly TroubleKind[] All = [.. Enum.GetValues<TroubleKind>().Where(kind => kind is not (TroubleKind.None or TroubleKind.Freeze))];

    private static readonly TroubleKind[] NotDoubling = [.. All.Except(Doubling)];

    public static World Create(ulong seed, int cycles, Mutant? mutant = null, bool isTraced = false)
    {
        var settings = Settings(seed, cycles);
        return new World(settings, new Weather(seed, settings.RemembersIds ? All : NotDoubling), mutant, isTraced);
    }

    /// <summary>Runs seeds on all processors, each world on one thread, until one fails.</summary>
    public static Outcome Many(ulong first, int seeds, int cycles, Func<Mutant>? mutant = null)
    {
        var outcome = new Outcome { Threads = Math.Max(1, Environment.ProcessorCount) };
        var threads = new Thread[outcome.Threads];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() => outcome.Work(first, seeds, cycles, mutant));
            threads[i].Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        return outcome;
    }

    private static WorldSettings Settings(ulong seed, int cycles)
    {
        var dice = new Dice(Dice.Mix(seed, 5));
        var leverage = dice.Chance(300) ? dice.Between(5, 20) : 1;
        var remembersIds = dice.Chance(400);
        return new WorldSettings
        {
            Seed = seed,
            Cycles = cycles,
            Hosts = remembersIds && dice.Chance(600) ? 2 : 1,
            RemembersIds = remembersIds,
            Roughness = dice.Between(2, 40),
            Jumps = dice.Chance(300) ? dice.Between(1, 20) : 0,
            Leverage = leverage,
            PositionFraction = dice.Chance(500) ? 0.1m : 0.3m,
            MaxNotional = dice.Chance(600) ? 1_000m : null,
            MaxDrawdown = dice.Chance(150) ? 0.02m : null,
            BarsPerWish = dice.Between(1, 4),
            ClockSkew = dice.Chance(200) ? dice.Between(100, 90_000) : 0,
        };
    }

    /// <summary>What came of many seeds.</summary>
    public sealed class Outcome
    {
        private readonly Lock _lock = new();
        private int _taken;

        public int Threads { get; init; }

        public int Seeds { get; private set; }

        public long Cycles { get; private set; }

        public long CalmChecks { get; private set; }

        /// <summary>Gets the seconds of all threads together.</summary>
        public double BusySeconds { get; private set; }

        /// <summary>Gets the smallest seed that failed.</summary>
        public ulong? Failed { get; private set; }

        public Breach? Breach { get; private set; }

        public void Work(ulong first, int seeds, int cycles, Func<Mutant>? mutant)
        {
            var started = TimeProvider.System.GetTimestamp();
            while (Interlocked.Increment(ref _taken) is var taken && taken <= seeds && Failed is null)
            {
                var seed = first + (ulong)(taken - 1);
                var world = Create(seed, cycles, mutant?.Invoke());
                var breach = world.Run();
                lock (_lock)
                {
                    Seeds++;
                    Cycles += world.Cycles;
                    CalmChecks += world.Auditor.CalmChecks;
                    if (breach is not null && (Failed is null || seed < Failed))
                    {
                        (Failed, Breach) = (seed, breach);
                    }
                }
            }

            lock (_lock)
            {
                BusySeconds += TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            }
        }
    }
}
