using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;

namespace TradingBot.Optimization;

/// <summary>Chooses parameters on a window of the past, trades the bars after it with them, and rolls on: what a search would have earned.</summary>
/// <remarks>
/// <para>Every trial in every fit window is recorded in the ledger under the whole data set, and so is the walk-forward test itself, under the strategy's name
/// followed by " (walk-forward)": who tries many walk-forward tests searches too.</para>
/// <para>Each trade window starts flat, and its limits on daily loss and drawdown start afresh. Settings that cannot pay the costs of a fit window are not chosen there.</para>
/// <para>Forecasts are taken as given. Those of a model that was trained on the traded bars make the result worthless.</para>
/// </remarks>
public sealed class WalkForward
{
    private readonly SweepOptions _sweep;
    private readonly WalkForwardOptions _options;
    private readonly IReadOnlyList<(Range Fit, Range Trade)> _windows;

    /// <summary>Initializes a test.</summary>
    /// <param name="sweep">What to search, and on what.</param>
    /// <param name="options">How to cut the time.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or there are too few bars.</exception>
    public WalkForward(SweepOptions sweep, WalkForwardOptions options)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        ArgumentNullException.ThrowIfNull(options);
        sweep.ThrowIfFaulty();
        (_sweep, _options) = (sweep, options);
        _windows = options.Cut(sweep.Bars.Count);
        DataHash = Fingerprint.Of(sweep.Bars);
    }

    /// <summary>Gets the hash of the bars, under which the ledger counts the trials.</summary>
    public string DataHash { get; }

    /// <summary>Runs the test.</summary>
    /// <param name="trials">The combinations to choose from in each fit window; at least one. Equal ones are tried once.</param>
    /// <param name="progress">Is told how far the test has come, after each trial; one call at a time, from the threads of the search.</param>
    /// <param name="cancellationToken">Stops the test after the trials that are running; they are recorded.</param>
    /// <exception cref="ArgumentException">There are no combinations.</exception>
    /// <exception cref="InvalidOperationException">A trial failed; the message says which and why.</exception>
    /// <exception cref="OperationCanceledException">The test was canceled.</exception>
    public WalkForwardResult Run(IReadOnlyList<ParameterSet> trials, IProgress<SweepProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var sets = Sweep.DistinctOf(trials);
        var reporter = progress is null ? null : new ProgressReporter(checked(sets.Length * _windows.Count), progress, _sweep.TimeProvider);
        var balance = _sweep.Backtest.InitialBalance;
        var (windows, equity, trades) = (new List<WalkForwardWindow>(), new List<double>(), new List<Trade>());
        foreach (var (fit, trade) in _windows)
        {
            var best = Trial.Best(Fit(fit, sets, reporter, cancellationToken), _sweep.Objective);
            var traded = best is null || balance <= 0
                ? TradeWindow.Idle(balance, trade.End.Value - trade.Start.Value)
                : TradeWindow.Run(_sweep, best.Parameters, balance, trade.Start.Value, trade.End.Value);
            windows.Add(Describe(fit, trade, best, traded, balance));
            equity.AddRange(traded.Equity);
            trades.AddRange(traded.Trades);
            balance = traded.Balance;
        }

        return Conclude(sets, windows, [.. equity], trades, balance);
    }

    private static bool[] InMarket(BarSeries bars, List<Trade> trades)
    {
        var inMarket = new bool[bars.Count];
        var next = 0;
        for (var i = 0; i < inMarket.Length; i++)
        {
            var close = bars.CloseTimeAt(i);
            while (next < trades.Count && trades[next].ExitTime < close)
            {
                next++;
            }

            // A trade that was closed at a window's end was held at that close.
            inMarket[i] = next < trades.Count && trades[next].EntryTime < close;
        }

        return inMarket;
    }

    private Trial[] Fit(Range window, ParameterSet[] sets, ProgressReporter? reporter, CancellationToken cancellationToken)
    {
        var bars = _sweep.Bars[window];
        return new TrialRunner(_sweep, DataHash, bars, TrialRunner.Slice(_sweep.Forecasts, bars, window.Start.Value)).Run(sets, reporter, cancellationToken);
    }

    private WalkForwardWindow Describe(Range fit, Range trade, Trial? best, TradeWindow traded, decimal balance) => new()
    {
        FitFrom = _sweep.Bars.OpenTimeAt(fit.Start.Value),
        FitTo = _sweep.Bars.CloseTimeAt(fit.End.Value - 1),
        TradeFrom = _sweep.Bars.OpenTimeAt(trade.Start.Value),
        TradeTo = _sweep.Bars.CloseTimeAt(trade.End.Value - 1),
        Parameters = best?.Parameters,
        FitSharpe = best?.Outcome.Sharpe,
        TradeSharpe = balance > 0 ? traded.Sharpe(balance, _sweep.Bars.Interval) : null,
        TradeReturn = balance > 0 ? (double)(traded.Balance / balance) - 1 : 0,
    };

    private WalkForwardResult Conclude(ParameterSet[] sets, List<WalkForwardWindow> windows, double[] equity, List<Trade> trades, decimal balance)
    {
        var bars = _sweep.Bars[_windows[0].Trade.Start.._windows[^1].Trade.End];
        var initial = _sweep.Backtest.InitialBalance;
        var statistics = BacktestStatistics.Compute(bars, equity, InMarket(bars, trades), trades, initial, balance);
        var outcome = TrialOutcome.Of(statistics, (double)initial, equity);
        var key = KeyOf(sets, bars);
        _sweep.Ledger.Record(key, outcome);
        return new WalkForwardResult
        {
            Windows = windows,
            Bars = bars,
            Equity = equity,
            Trades = trades,
            Statistics = statistics,
            TrialCount = _sweep.Ledger.CountTrials(_sweep.StrategyName, DataHash),
            Summary = SweepSummary.Create(
                bars.Interval,
                outcome,
                [outcome],
                [.. _sweep.Ledger.GetTrials(key.Strategy, DataHash, key.From, key.To).Select(record => record.Outcome)],
                _sweep.Ledger.CountTrials(key.Strategy, DataHash)),
        };
    }

    private TrialKey KeyOf(ParameterSet[] sets, BarSeries bars) => new()
    {
        Strategy = _sweep.StrategyName + " (walk-forward)",
        DataHash = DataHash,
        From = bars.OpenTimeAt(0),
        To = bars.CloseTimeAt(bars.Count - 1),
        OptionsHash = Fingerprint.Of(_sweep.Backtest, Fingerprint.Of(_sweep.Forecasts), _sweep.Bars),
        Parameters = new ParameterSet(
        [
            KeyValuePair.Create("fit", new ParameterValue(_options.FitBars)),
            KeyValuePair.Create("trade", new ParameterValue(_options.TradeBars)),
            KeyValuePair.Create("purge", new ParameterValue(_options.PurgeBars)),
            KeyValuePair.Create("embargo", new ParameterValue(_options.EmbargoBars)),
            KeyValuePair.Create("window", new ParameterValue(_options.IsAnchored ? "anchored" : "rolling")),
            KeyValuePair.Create("objective", new ParameterValue(_sweep.Objective.ToString())),
            KeyValuePair.Create("choices", new ParameterValue(Fingerprint.Of(sets))),
        ]),
    };
}
