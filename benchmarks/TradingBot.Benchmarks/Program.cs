using System.CommandLine;
using Spectre.Console;
using TradingBot.Benchmarks;

// The figures that the documentation quotes; each prints what it ran, so that it can be run again.
var root = new RootCommand("Measures training, backtests, portfolios, searches, forecasts beside published ones, the reading of klines, the reaction of a bot, and the start of the Lambda host.")
{
    TrainingBenchmark.Create(),
    ProfileBenchmark.Create(),
    ProtocolBenchmark.Create(),
    BacktestBenchmark.Create(),
    PortfolioBenchmark.Create(),
    KlinesBenchmark.Create(),
    ReactionBenchmark.Create(),
    SweepBenchmark.Create(),
    LambdaBenchmark.Create(),
};
// Tables keep their shape in a file too.
AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 150);
return await root.Parse(args).InvokeAsync();
