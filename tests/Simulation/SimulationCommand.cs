using System.CommandLine;
using System.Globalization;
using TradingBot.Tests.Simulation.Mutants;
using TradingBot.Tests.Simulation.Worlds;

namespace TradingBot.Tests.Simulation;

/// <summary>The command line: many seeds for a verdict, one seed for its trace.</summary>
internal static class SimulationCommand
{
    private const int ShortTrace = 40;
    private const int LongestText = 120;
    private const int MostSeeds = 1_000;
    private static readonly ulong[] Beginnings = [.. Enumerable.Range(0, 11).Select(number => (ulong)number * 100)];

    public static RootCommand Create()
    {
        var seeds = new Option<int>("--seeds") { Description = "How many seeds to run, each a world of its own; ends at the first breach, and prints how often everything went wrong.", DefaultValueFactory = _ => 100 };
        var first = new Option<ulong>("--first") { Description = "The first of them.", DefaultValueFactory = _ => 0 };
        var cycles = new Option<int>("--cycles") { Description = "How many cycles a seed has.", DefaultValueFactory = _ => SeededWorld.DefaultCycles };
        var seed = new Option<ulong?>("--seed") { Description = "Replays one seed, with the trace of its end." };
        var strike = new Option<string?>("--strike") { Description = "Replays one trouble at one call, as scenario:path:call:trouble:milliseconds, with its trace." };
        var mutant = new Option<string?>("--mutant") { Description = "A fault to build into the bot." };
        var all = new Option<bool>("--all") { Description = "Goes on after a breach and lists every seed that has one." };
        var mutants = new Option<bool>("--mutants") { Description = "Prints how many seeds find each planted bug: from seed 0, and in the middle of several beginnings." };
        var lines = new Option<int>("--lines") { Description = "How many lines of the trace.", DefaultValueFactory = _ => ShortTrace };
        var command = new RootCommand("Runs the trader in simulated worlds in which nearly everything goes wrong.") { seeds, first, cycles, seed, strike, mutant, mutants, all, lines };
        command.SetAction(parsed =>
        {
            var planted = parsed.GetValue(mutant);
            return parsed.GetValue(mutants) ? TellMutants()
                : parsed.GetValue(strike) is { } struck ? Tell(Strike.Parse(struck).CreateWorld(isTraced: true), parsed.GetValue(lines))
                : parsed.GetValue(seed) is { } one ? Tell(SeededWorld.Create(one, parsed.GetValue(cycles), Planted(planted)?.Invoke(), isTraced: true), parsed.GetValue(lines))
                : RunMany(parsed.GetValue(first), parsed.GetValue(seeds), parsed.GetValue(cycles), planted, parsed.GetValue(all));
        });
        return command;
    }

    private static Func<Mutant>? Planted(string? name) => name is null ? null : PlantedBug.Named(name).Create;

    private static int RunMany(ulong first, int seeds, int cycles, string? mutant, bool all)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        var run = SeedRun.Of(first, seeds, cycles, Planted(mutant), all);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        var processor = Environment.CpuUsage.UserTime.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Seeds} seeds, {run.Cycles} cycles, {run.CalmChecks} recoveries checked, {seconds:0.0} s on {run.Threads} threads: {run.Cycles / processor:0} cycles a second of processor time"));
        foreach (var (what, count) in run.Tally.Counts)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,12} {what}"));
        }

        if (run.Breaches.Count == 0)
        {
            Console.WriteLine("Nothing was breached.");
            return 0;
        }

        if (all)
        {
            foreach (var (seed, breach) in run.Breaches)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}, cycle {breach.Cycle}: {breach.What}"));
            }
        }

        var failed = run.Breaches.Keys.First();
        Tell(SeededWorld.Create(failed, cycles, Planted(mutant)?.Invoke(), isTraced: true), ShortTrace);
        Console.WriteLine($"Replay: {Replay.Command(failed, cycles, mutant)}");
        return 1;
    }

    private static int TellMutants()
    {
        Console.WriteLine("| planted bug | the bot with it | seeds needed from 0 | median | what gives it away |");
        Console.WriteLine("| --- | --- | ---: | ---: | --- |");
        var rows = PlantedBug.All.AsParallel().AsOrdered().WithDegreeOfParallelism(Environment.ProcessorCount)
            .Select(bug => (Bug: bug, Caught: bug.FirstCaught(0, MostSeeds), Median: bug.MedianNeeded(Beginnings, MostSeeds)));
        foreach (var (bug, caught, median) in rows)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{bug.Name}` | {bug.What} | {caught?.Needed} | {median} | {Shortened(caught?.Breach.What)} |"));
        }

        return 0;
    }

    private static string? Shortened(string? text) => text is { Length: > LongestText } ? $"{text.AsSpan(0, LongestText)}..." : text;

    private static int Tell(World world, int lines)
    {
        Console.Write(Replay.Describe(world, lines));
        return world.Auditor.Breach is null ? 0 : 1;
    }
}
