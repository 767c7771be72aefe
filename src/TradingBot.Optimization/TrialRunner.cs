using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Prediction;
using TradingBot.Strategies;

namespace TradingBot.Optimization;

/// <summary>Runs the trials of a search on one part of a data set, those that the ledger does not hold yet.</summary>
internal sealed class TrialRunner(SweepOptions options, string dataHash, BarSeries bars, ForecastSeries? forecasts)
{
    private readonly string _forecastHash = Fingerprint.Of(forecasts);
    private string? _sharedOptionsHash;

    public static ForecastSeries? Slice(ForecastSeries? forecasts, BarSeries bars, int start) =>
        forecasts is null ? null : new ForecastSeries(bars, forecasts.Prices.Slice(start, bars.Count).ToArray(), forecasts.Horizon);

    public Trial[] Run(IReadOnlyList<ParameterSet> sets, ProgressReporter? progress, CancellationToken cancellationToken)
    {
        var keys = sets.Select(KeyOf).ToArray();
        var trials = new Trial?[sets.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            trials[i] = options.Ledger.Find(keys[i]) is { } record ? new Trial(sets[i], record.Outcome, IsFromLedger: true) : null;
        }

        int[] missing = [.. Enumerable.Range(0, trials.Length).Where(i => trials[i] is null)];
        progress?.AddFound(trials.Length - missing.Length);
        var reporting = new Lock();
        try
        {
            Parallel.ForEach(
                Partitioner.Create(missing, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = Math.Min(options.MaxParallelism, Environment.ProcessorCount), CancellationToken = cancellationToken },
                i =>
                {
                    var outcome = Try(sets[i]);
                    options.Ledger.Record(keys[i], outcome);
                    trials[i] = new Trial(sets[i], outcome, IsFromLedger: false);
                    lock (reporting)
                    {
                        progress?.AddRun();
                    }
                });
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return trials!;
    }

    public BacktestResult Backtest(ParameterSet set) => Backtest(set, OptionsOf(set));

    public TrialKey KeyOf(ParameterSet set) => new()
    {
        Strategy = options.StrategyName,
        DataHash = dataHash,
        From = bars.OpenTimeAt(0),
        To = bars.CloseTimeAt(bars.Count - 1),
        OptionsHash = OptionsHashOf(set),
        Parameters = set,
    };

    private BacktestResult Backtest(ParameterSet set, BacktestOptions settings)
    {
        var strategy = options.CreateStrategy(set) ?? throw new InvalidOperationException("The strategy factory made nothing.");
        var backtester = new Backtester(settings);
        return forecasts is null ? backtester.Run(bars, strategy) : backtester.Run(bars, forecasts, strategy, options.Model);
    }

    private TrialOutcome Try(ParameterSet set)
    {
        try
        {
            // Trials are compared by the conservative result; the optimistic one would take as long again.
            return TrialOutcome.Of(Backtest(set, OptionsOf(set) with { RunsOptimistically = false }));
        }
        catch (UnprofitableSettingsException exception)
        {
            return new TrialOutcome { Refusal = exception.Message };
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"The trial {set} failed: {exception.Message}", exception);
        }
    }

    private BacktestOptions OptionsOf(ParameterSet set) => options.AdjustBacktest is { } adjust
        ? adjust(set, options.Backtest) ?? throw new InvalidOperationException("The options factory made nothing.")
        : options.Backtest;

    // Without a factory the options are the same for all, and so is their hash.
    private string OptionsHashOf(ParameterSet set) =>
        options.AdjustBacktest is null ? _sharedOptionsHash ??= Fingerprint.Of(options.Backtest, _forecastHash, bars) : Fingerprint.Of(OptionsOf(set), _forecastHash, bars);
}
