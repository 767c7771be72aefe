using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Benchmarks;

/// <summary>How many trials a search makes a second, and how much faster it is on several processors.</summary>
internal static class SweepBenchmark
{
    public static Command Create()
    {
        var bars = new Option<int>("--bars") { Description = "How many hourly bars every trial runs over.", DefaultValueFactory = _ => 100_000 };
        var trials = new Option<int>("--trials") { Description = "How many trials a search makes.", DefaultValueFactory = _ => 200 };
        var runs = new Option<int>("--runs") { Description = "How often each search is made; the fastest counts.", DefaultValueFactory = _ => 3 };
        var command = new Command("sweep", "Measures searches of the threshold strategy, forecasts given, every trial recorded in a file.") { bars, trials, runs };
        command.SetAction(arguments => Run(arguments.GetValue(bars), arguments.GetValue(trials), arguments.GetValue(runs)));
        return command;
    }

    private static void Run(int count, int trials, int runs)
    {
        var bars = SampleBars.RandomWalk(count, seed: 1, interval: Interval.OneHour);
        var forecasts = Forecasts(bars);
        var sets = new ParameterSpace(Parameter.Real("threshold", 0.003, 0.02, trials)).Grid();
        // What is compiled as it runs is not what is measured.
        Measure(bars, forecasts, [.. sets.Take((trials / 4) + 1)], Environment.ProcessorCount);
        var table = new Table().Title(string.Create(CultureInfo.InvariantCulture, $"{trials} trials of {count:#,0} bars, {Environment.ProcessorCount} processors")).Border(TableBorder.Rounded);
        foreach (var heading in (string[])["At once", "Seconds", "Trials a second", "Million bars a second", "CPU ms a trial", "Times faster", "Of the ideal"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        // In turn, so that a machine whose speed changes meanwhile is as fast for one as for the other.
        int[] parallelisms = [.. Enumerable.Range(0, 31).Select(power => 1 << power).TakeWhile(power => power < Environment.ProcessorCount), Environment.ProcessorCount];
        var measured = Enumerable.Range(0, runs)
            .SelectMany(_ => parallelisms.Select(parallelism => (Parallelism: parallelism, Run: Measure(bars, forecasts, sets, parallelism))))
            .ToLookup(pair => pair.Parallelism, pair => pair.Run);
        var alone = measured[1].Min(run => run.Seconds);
        foreach (var parallelism in parallelisms)
        {
            var (seconds, work) = measured[parallelism].MinBy(run => run.Seconds);
            table.AddRow(
                Text(parallelism, "0"),
                Text(seconds, "0.00"),
                Text(trials / seconds, "0.0"),
                Text(trials * (double)count / seconds / 1e6, "0.0"),
                Text(work * 1_000 / trials, "0.0"),
                Text(alone / seconds, "0.00"),
                Text(alone / seconds / parallelism, "0 %"));
        }

        AnsiConsole.Write(table);
    }

    private static (double Seconds, double Work) Measure(BarSeries bars, ForecastSeries forecasts, IReadOnlyList<ParameterSet> sets, int parallelism)
    {
        var folder = Directory.CreateTempSubdirectory("sweep-");
        try
        {
            using var ledger = TrialLedger.Open(Path.Combine(folder.FullName, "trials.db"));
            var sweep = new Sweep(new SweepOptions
            {
                StrategyName = "threshold",
                CreateStrategy = set => new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = set.Number("threshold") }),
                Backtest = new BacktestOptions { Trade = new TradeSettings { SymbolInfo = SampleSymbols.For(bars.Symbol) } },
                Bars = bars,
                Forecasts = forecasts,
                Ledger = ledger,
                MaxParallelism = parallelism,
            });

            // The trials alone: what is computed of them afterwards runs once however many there are.
            var watch = new Watch();
            sweep.Run(sets, watch);
            return (watch.Elapsed.TotalSeconds, watch.Work.TotalSeconds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ForecastSeries Forecasts(BarSeries bars)
    {
        var random = new Random(2);
        return new ForecastSeries(bars, [.. Enumerable.Range(0, bars.Count).Select(i => bars.Closes[i] * (1 + (0.02 * (random.NextDouble() - 0.5))))], 1);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed class Watch : IProgress<SweepProgress>
    {
        private readonly TimeSpan _start = Environment.CpuUsage.TotalTime;

        public TimeSpan Elapsed { get; private set; }

        /// <summary>Gets the processors' time, which does not grow with what else the machine does.</summary>
        public TimeSpan Work { get; private set; }

        public void Report(SweepProgress value) => (Elapsed, Work) = (value.Elapsed, Environment.CpuUsage.TotalTime - _start);
    }
}
