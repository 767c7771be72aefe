using System.CommandLine;
using ConsoleHost;
using ConsoleHost.Commands;
using Spectre.Console;

var root = new RootCommand("Fetches history; trains, judges, backtests and runs a trading bot from the console.")
{
    DemoCommand.Create(),
    FetchCommand.Create(),
    FitCommand.Create(),
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    BacktestCommand.Create(),
    RunCommand.Create(),
};

// What a person can mend is told in one line; anything else is a defect and keeps its trace.
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,

        // A cycle that is under way is finished before the program ends.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
    });
}
catch (OperationCanceledException)
{
    AnsiConsole.MarkupLine("[yellow]Canceled.[/]");
    return 130;
}
catch (Exception e) when (ConsoleFault.Explains(e))
{
    await ConsoleFault.WriteAsync(e);
    return 1;
}
