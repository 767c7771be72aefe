using System.CommandLine;
using Spectre.Console;
using TradingBot.Benchmarks;

// The figures that the documentation quotes; each prints what it ran, so that it can be run again.
var root = new RootCommand("Measures how fast networks train, what their forecasts are worth beside published ones, and how fast a search is.")
{
    TrainingBenchmark.Create(),
    ProfileBenchmark.Create(),
    ProtocolBenchmark.Create(),
    SweepBenchmark.Create(),
};
// Tables keep their shape in a file too.
AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 150);
return await root.Parse(args).InvokeAsync();
