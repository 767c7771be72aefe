using System.CommandLine;
using Spectre.Console;
using TradingBot.Backtesting;
using TradingBot.Optimization;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Reporting;

namespace ConsoleHost.Commands;

/// <summary>Backtests a strategy on a file of bars; without a model, one is fitted on the first part and tested on the rest.</summary>
internal static class BacktestCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var inputs = new BacktestInputOptions();
        var threshold = new Option<double?>("--threshold") { Description = "Short for --set Threshold=." };
        var stopLoss = new Option<double?>("--stop-loss") { Description = "Short for --set StopLoss=." };
        var fast = new Option<double?>("--fast") { Description = "Short for --set Fast=." };
        var slow = new Option<double?>("--slow") { Description = "Short for --set Slow=." };
        var ledger = LedgerOptions.Ledger(unlessGiven: null);
        var name = LedgerOptions.Name();
        var output = CommonOptions.Output(Path.Combine("artifacts", "backtest"));
        var command = new Command("backtest", "Backtests a strategy on a file of bars.");
        inputs.AddTo(command);
        foreach (var option in (Option[])[threshold, stopLoss, fast, slow, ledger, name, output])
        {
            command.Add(option);
        }

        command.SetAction(async (arguments, cancellationToken) =>
        {
            var folder = arguments.GetValue(output)!;
            var input = await inputs.ReadAsync(arguments, console, folder, cancellationToken);
            var values = input.Strategy.Complete(new ParameterSet(input.Values.Values
                .Concat(Short(input.Strategy, "Threshold", arguments.GetValue(threshold)))
                .Concat(Short(input.Strategy, "StopLoss", arguments.GetValue(stopLoss)))
                .Concat(Short(input.Strategy, "Fast", arguments.GetValue(fast)))
                .Concat(Short(input.Strategy, "Slow", arguments.GetValue(slow)))));
            var facts = RunFacts.Of(arguments, input.Strategy, values);
            if (arguments.GetValue(ledger) is { } file)
            {
                using var trials = TrialLedger.Open(file.FullName);
                var sweep = new Sweep(LedgerOptions.ToSweep(input, trials, arguments.GetValue(name)));
                var counted = sweep.Backtest(values);
                var summary = sweep.Run([values], progress: null, cancellationToken).Summary;
                facts.With(file, sweep.DataHash, summary.TrialCount);
                Show(console, counted, input.Title, folder, facts, SearchTables.HistoryOf(summary));
                SearchTables.WriteSummary(console, summary, bestOfMany: false);
                return 0;
            }

            var backtester = new Backtester(input.Options);
            var strategy = input.Strategy.Make(values);
            Show(
                console,
                input.Forecasts is { } forecasts ? backtester.Run(input.Bars, forecasts, strategy, input.Model) : backtester.Run(input.Bars, strategy),
                input.Title,
                folder,
                facts,
                trials: null);
            return 0;
        });
        return command;
    }

    private static IEnumerable<KeyValuePair<string, ParameterValue>> Short(StrategyChoice strategy, string name, double? value) =>
        value is { } number ? [KeyValuePair.Create(strategy.Find(name).Name, new ParameterValue(number))] : [];

    private static void Show(IAnsiConsole console, BacktestResult result, string title, DirectoryInfo folder, Dictionary<string, string> facts, TrialHistory? trials)
    {
        ResultTable.Write(console, result, title);
        ResultFiles.Write(console, result, folder, new BacktestReportOptions { Title = title, Settings = facts, Trials = trials });
    }
}
