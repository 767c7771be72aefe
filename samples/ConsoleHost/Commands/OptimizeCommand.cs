using System.CommandLine;
using Spectre.Console;
using TradingBot.Optimization;
using TradingBot.Optimization.Ledger;
using TradingBot.Reporting;

namespace ConsoleHost.Commands;

/// <summary>Searches the settings of a strategy, counts every trial, and says how much of the best result is luck.</summary>
internal static class OptimizeCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var inputs = new BacktestInputOptions();
        var searches = new SearchOptions();
        var output = CommonOptions.Output(Path.Combine("artifacts", "optimize"));
        var command = new Command("optimize", "Searches a strategy's settings. Ctrl+C stops it, and the same command goes on where it stopped.");
        inputs.AddTo(command);
        searches.AddTo(command);
        command.Add(output);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var folder = arguments.GetValue(output)!;
            var input = await inputs.ReadAsync(arguments, console, folder, cancellationToken);
            var sets = searches.SetsOf(arguments, input);
            var file = searches.LedgerOf(arguments);
            using var ledger = TrialLedger.Open(file.FullName);
            var sweep = new Sweep(searches.ToSweep(arguments, input, ledger));
            var result = await SearchProgress.ShowAsync(console, $"Searching {input.Strategy.Name}", file.FullName, progress => sweep.Run(sets, progress, cancellationToken));

            var trials = Path.Combine(folder.FullName, "trials.csv");
            SearchTables.WriteTrials(result.Trials, trials);
            SearchTables.WriteBest(console, result, searches.ObjectiveOf(arguments));
            if (result.Best is { } best)
            {
                var backtest = sweep.Backtest(best.Parameters);
                var title = $"The best of {result.Trials.Count} settings: {input.Title}";
                var facts = RunFacts.Of(arguments, input.Strategy, best.Parameters).With(file, sweep.DataHash, result.Summary.TrialCount);
                ResultTable.Write(console, backtest, title);
                ResultFiles.Write(console, backtest, folder, new BacktestReportOptions { Title = title, Settings = facts, Trials = SearchTables.HistoryOf(result.Summary) });
            }

            console.WriteLine($"Trials: {trials}");
            SearchTables.WriteSummary(console, result.Summary, bestOfMany: true);
            return 0;
        });
        return command;
    }
}
