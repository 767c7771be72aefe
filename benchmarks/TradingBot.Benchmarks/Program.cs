using System.CommandLine;
using Spectre.Console;
using TradingBot.Benchmarks;

// The figures that the documentation quotes; each prints what it ran, so that it can be run again.
var root = new RootCommand("Measures how fast networks train, backtests and searches run, klines are read and a bot reacts, and what forecasts are worth beside published ones.")
{
    TrainingBenchmark.Create(),
    ProfileBenchmark.Create(),
    ProtocolBenchmark.Create(),
    BacktestBenchmark.Create(),
    KlinesBenchmark.Create(),
    ReactionBenchmark.Create(),
    SweepBenchmark.Create(),
};
// Tables keep their shape in a file too.
AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 150);
return await root.Parse(args).InvokeAsync();
