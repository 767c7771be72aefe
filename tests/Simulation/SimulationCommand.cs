using System.CommandLine;
using System.Globalization;

namespace TradingBot.Tests.Simulation;

/// <summary>The command line: many seeds for a verdict, one seed for its trace.</summary>
internal static class SimulationCommand
{
    public static RootCommand Create()
    {
        var seeds = new Option<int>("--seeds") { Description = "How many seeds to run.", DefaultValueFactory = _ => 100 };
        var first = new Option<ulong>("--first") { Description = "The first of them.", DefaultValueFactory = _ => 1 };
        var cycles = new Option<int>("--cycles") { Description = "How many cycles a seed has.", DefaultValueFactory = _ => SeedRun.DefaultCycles };
        var seed = new Option<ulong?>("--seed") { Description = "One seed, with the trace of its end." };
        var lines = new Option<int>("--lines") { Description = "How many lines of the trace.", DefaultValueFactory = _ => 40 };
        var command = new RootCommand("Runs the trader in simulated worlds in which nearly everything goes wrong.") { seeds, first, cycles, seed, lines };
        command.SetAction(parsed => parsed.GetValue(seed) is { } one
            ? RunOne(one, parsed.GetValue(cycles), parsed.GetValue(lines))
            : RunMany(parsed.GetValue(first), parsed.GetValue(seeds), parsed.GetValue(cycles)));
        return command;
    }

    private static int RunMany(ulong first, int seeds, int cycles)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        var outcome = SeedRun.Many(first, seeds, cycles);
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        var processor = Environment.CpuUsage.UserTime.TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Seeds} seeds, {outcome.Cycles} cycles, {outcome.CalmChecks} recoveries checked, {seconds:0.0} s on {outcome.Threads} threads: {outcome.Cycles / processor:0} cycles a second of processor time"));
        if (outcome.Failed is not { } failed)
        {
            Console.WriteLine("Nothing was breached.");
            return 0;
        }

        Console.WriteLine(SeedRun.Describe(failed, cycles, 40));
        return 1;
    }

    private static int RunOne(ulong seed, int cycles, int lines)
    {
        Console.WriteLine(SeedRun.Describe(seed, cycles, lines));
        return 0;
    }
}
