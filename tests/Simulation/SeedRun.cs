using System.Globalization;
using System.Text;
using TradingBot.Tests.Simulation.Checks;
using TradingBot.Tests.Simulation.Troubles;
using TradingBot.Tests.Simulation.Worlds;

namespace TradingBot.Tests.Simulation;

/// <summary>Runs worlds that are drawn from seeds.</summary>
internal static class SeedRun
{
    public const int DefaultCycles = 1_000;

    private static readonly TroubleKind[] Possible =
        [.. Enum.GetValues<TroubleKind>().Where(kind => kind is not (TroubleKind.None or TroubleKind.Late or TroubleKind.Twice or TroubleKind.Freeze))];

    public static World Create(ulong seed, int cycles, bool isTraced = false)
    {
        var settings = Settings(seed, cycles);
        return new World(settings, new Weather(seed, Possible), isTraced: isTraced);
    }

    /// <summary>Runs seeds on all processors, each world on one thread, until one fails.</summary>
    public static Outcome Many(ulong first, int seeds, int cycles)
    {
        var outcome = new Outcome { Threads = Math.Max(1, Environment.ProcessorCount) };
        var threads = new Thread[outcome.Threads];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() => outcome.Work(first, seeds, cycles));
            threads[i].Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        return outcome;
    }

    /// <summary>Runs a seed again with its trace, and tells its end.</summary>
    public static string Describe(ulong seed, int cycles, int lines)
    {
        var world = Create(seed, cycles, isTraced: true);
        var breach = world.Run();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Seed {seed}: {breach?.What ?? "nothing was breached"}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{world.Settings}");
        foreach (var line in world.Trace!.Lines.TakeLast(lines))
        {
            text.AppendLine(line);
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"Replay: dotnet run -c Release --project tests/Simulation -- --seed {seed} --cycles {cycles} --lines {lines}");
        return text.ToString();
    }

    private static WorldSettings Settings(ulong seed, int cycles)
    {
        var dice = new Dice(Dice.Mix(seed, 5));
        var leverage = dice.Chance(300) ? dice.Between(5, 20) : 1;
        return new WorldSettings
        {
            Seed = seed,
            Cycles = cycles,
            Hosts = dice.Chance(250) ? 2 : 1,
            RemembersIds = true,
            Roughness = dice.Between(2, 40),
            Jumps = dice.Chance(300) ? dice.Between(1, 20) : 0,
            Leverage = leverage,
            PositionFraction = dice.Chance(500) ? 0.1m : 0.3m,
            MaxNotional = dice.Chance(600) ? 1_000m : null,
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

        public void Work(ulong first, int seeds, int cycles)
        {
            var started = TimeProvider.System.GetTimestamp();
            while (Interlocked.Increment(ref _taken) is var taken && taken <= seeds && Failed is null)
            {
                var seed = first + (ulong)(taken - 1);
                var world = Create(seed, cycles);
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
