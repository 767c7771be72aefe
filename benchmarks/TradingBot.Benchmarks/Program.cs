using System.CommandLine;
using TradingBot.Benchmarks;

// The figures that the documentation quotes; each prints what it ran, so that it can be run again.
var root = new RootCommand("Measures how fast networks train, and what their forecasts are worth beside published ones.")
{
    TrainingBenchmark.Create(),
    ProtocolBenchmark.Create(),
};
return await root.Parse(args).InvokeAsync();
