using TradingBot.Backtesting;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Strategies;

namespace TradingBot.Optimization;

/// <summary>Tries many combinations of parameters on the same bars and chooses the best.</summary>
/// <remarks>Every trial is recorded as soon as it is done. A search that was canceled or killed goes on where it stopped when it is run again: what the
/// ledger holds is not made again. The result is the same however many threads made it.</remarks>
public sealed class Sweep
{
    private readonly SweepOptions _options;
    private readonly TrialRunner _runner;

    /// <summary>Initializes a search.</summary>
    /// <param name="options">What to run, on what, and where to record it.</param>
    /// <exception cref="ArgumentException">An option is outside its range, there are no bars, or bars and forecasts do not belong together.</exception>
    public Sweep(SweepOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfFaulty();
        _options = options;
        DataHash = Fingerprint.Of(options.Bars);
        _runner = new TrialRunner(options, DataHash, options.Bars, options.Forecasts);
    }

    /// <summary>Gets the hash of the bars, under which the ledger counts the trials.</summary>
    public string DataHash { get; }

    /// <summary>Tries combinations of parameters.</summary>
    /// <param name="trials">The combinations, as a <see cref="ParameterSpace"/> gives them; at least one. Equal ones are tried once.</param>
    /// <param name="progress">Is told how far the search has come, after each trial; one call at a time, from the threads of the search.</param>
    /// <param name="cancellationToken">Stops the search after the trials that are running; they are recorded.</param>
    /// <exception cref="ArgumentException">There are no combinations.</exception>
    /// <exception cref="InvalidOperationException">A trial failed; the message says which and why.</exception>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    public SweepResult Run(IReadOnlyList<ParameterSet> trials, IProgress<SweepProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var sets = DistinctOf(trials);
        var done = _runner.Run(sets, progress is null ? null : new ProgressReporter(sets.Length, progress, _options.TimeProvider), cancellationToken);
        var best = Trial.Best(done, _options.Objective);
        var (from, to) = (_options.Bars.OpenTimeAt(0), _options.Bars.CloseTimeAt(_options.Bars.Count - 1));
        return new SweepResult
        {
            Trials = done,
            Best = best,
            Summary = SweepSummary.Create(
                _options.Bars.Interval,
                best?.Outcome,
                [.. done.Select(trial => trial.Outcome)],
                [.. _options.Ledger.GetTrials(_options.StrategyName, DataHash, from, to).Select(record => record.Outcome)],
                _options.Ledger.CountTrials(_options.StrategyName, DataHash)),
        };
    }

    /// <summary>Runs one combination, for all that the ledger does not keep: trades, equity, warnings. It is recorded as a trial unless it is one already.</summary>
    /// <param name="parameters">The combination.</param>
    /// <exception cref="UnprofitableSettingsException">The backtest refuses the settings; nothing is recorded.</exception>
    public BacktestResult Backtest(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var result = _runner.Backtest(parameters);
        _options.Ledger.Record(_runner.KeyOf(parameters), TrialOutcome.Of(result));
        return result;
    }

    internal static ParameterSet[] DistinctOf(IReadOnlyList<ParameterSet> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        return trials.Count == 0 ? throw new ArgumentException("A search needs at least one combination of parameters, found none.", nameof(trials)) : [.. trials.Distinct()];
    }
}
