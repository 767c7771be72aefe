using System.CommandLine;
using ConsoleHost.Commands;
using Spectre.Console;

namespace ConsoleHost;

/// <summary>All commands, and what the program ends with.</summary>
internal static class CommandLine
{
    public const int Fault = 1;
    public const int Canceled = 130;

    /// <summary>Runs the command that the arguments name. What a person can mend is told in one line; anything else is a defect and keeps its trace.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, IAnsiConsole console, TextWriter error, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("Fetches history; trains, judges, backtests and runs a trading bot from the console.")
        {
            DemoCommand.Create(console),
            FetchCommand.Create(console),
            FitCommand.Create(console),
            TrainCommand.Create(console),
            EvaluateCommand.Create(console),
            BacktestCommand.Create(console),
            OptimizeCommand.Create(console),
            WalkForwardCommand.Create(console),
            RunCommand.Create(console),
        };
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = console.Profile.Out.Writer,
            Error = error,

            // A cycle that is under way is finished before the program ends.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
        };
        try
        {
            return await root.Parse(arguments).InvokeAsync(configuration, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            console.MarkupLine("[yellow]Canceled.[/]");
            return Canceled;
        }
        catch (Exception e) when (ConsoleFault.Explains(e))
        {
            await ConsoleFault.WriteAsync(e, error);
            return Fault;
        }
    }
}
