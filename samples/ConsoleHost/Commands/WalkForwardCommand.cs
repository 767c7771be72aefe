using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TradingBot.Backtesting;
using TradingBot.Optimization;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Prediction;
using TradingBot.Reporting;

namespace ConsoleHost.Commands;

/// <summary>Chooses settings on a window of the past, trades the bars after it with them, and rolls on.</summary>
internal static class WalkForwardCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var inputs = new BacktestInputOptions();
        var searches = new SearchOptions();
        var fit = new Option<int>("--fit") { Description = "The length of the window in which settings are chosen, in bars.", Required = true };
        var trade = new Option<int>("--trade") { Description = "The length of the window in which they then trade, in bars; the windows roll by it.", Required = true };
        var purge = new Option<int?>("--purge") { Description = "How many bars are cut off the end of each window of choice. Left out, the forecasts' horizon." };
        var embargo = new Option<int>("--embargo") { Description = "How many bars are left out between choosing and trading." };
        var anchored = new Option<bool>("--anchored") { Description = "Lets every window of choice begin at the first bar." };
        var output = CommonOptions.Output(Path.Combine("artifacts", "walk-forward"));
        var command = new Command("walk-forward", "Chooses a strategy's settings on a window, trades the next with them, and rolls on. Ctrl+C stops it, and the same command goes on where it stopped.");
        inputs.AddTo(command);
        searches.AddTo(command);
        foreach (var option in (Option[])[fit, trade, purge, embargo, anchored, output])
        {
            command.Add(option);
        }

        command.SetAction(async (arguments, cancellationToken) =>
        {
            var folder = arguments.GetValue(output)!;
            var input = await inputs.ReadAsync(arguments, console, folder, cancellationToken);
            var sets = searches.SetsOf(arguments, input);
            var file = searches.LedgerOf(arguments);
            using var ledger = TrialLedger.Open(file.FullName);
            var test = new WalkForward(searches.ToSweep(arguments, input, ledger), new WalkForwardOptions
            {
                FitBars = arguments.GetValue(fit),
                TradeBars = arguments.GetValue(trade),
                PurgeBars = arguments.GetValue(purge) ?? input.Forecasts?.Horizon ?? 0,
                EmbargoBars = arguments.GetValue(embargo),
                IsAnchored = arguments.GetValue(anchored),
            });
            var result = await SearchProgress.ShowAsync(console, $"Walking {input.Strategy.Name} forward", file.FullName, progress => test.Run(sets, progress, cancellationToken));

            var title = $"Walk-forward test of {result.Windows.Count} windows: {input.Title}";
            var backtest = Backtest(input, result);
            var facts = RunFacts.Of(arguments, input.Strategy, new ParameterSet([])).With(file, test.DataHash, result.TrialCount);
            foreach (var setting in input.Strategy.Settings)
            {
                facts[$"Strategy: {setting.Name}"] = "chosen in each window, windows.csv";
            }

            var windows = Path.Combine(folder.FullName, "windows.csv");
            WindowTable.WriteCsv(result, windows);
            WindowTable.Write(console, result);
            ResultTable.Write(console, backtest, title);
            ResultFiles.Write(console, backtest, folder, new BacktestReportOptions { Title = title, Settings = facts, Trials = SearchTables.HistoryOf(result.Summary) });
            console.WriteLine($"Windows: {windows}");
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Of the Sharpe ratio in the windows of choice, {Arrived(result.Efficiency)} arrived in those traded. The ledger holds {result.TrialCount} trials of this strategy on these bars."));
            SearchTables.WriteSummary(console, result.Summary, bestOfMany: false, "Walk-forward tests");
            return 0;
        });
        return command;
    }

    private static string Arrived(double? efficiency) => efficiency switch
    {
        null => "a share that cannot be told",
        <= 0 => "nothing",
        _ => efficiency.Value.ToString("0 %", CultureInfo.InvariantCulture),
    };

    // What a page needs of a backtest; the fills of the windows are not kept.
    private static BacktestResult Backtest(BacktestInput input, WalkForwardResult result) => new()
    {
        Bars = result.Bars,
        Forecasts = input.Forecasts is { } forecasts
            ? new ForecastSeries(result.Bars, forecasts.Prices.Slice(input.Bars.OpenTimes.BinarySearch(result.Bars.OpenTimes[0]), result.Bars.Count).ToArray(), forecasts.Horizon)
            : null,
        Model = input.Model,
        Options = input.Options,
        Trades = result.Trades,
        Fills = [],
        Ledger = [],
        Equity = result.Equity,
        BreakEven = null,
        Denials = new Dictionary<string, int>(StringComparer.Ordinal),
        Statistics = result.Statistics,
        Warnings = [],
    };
}
