using TradingBot.Backtesting;
using TradingBot.Market;

namespace TradingBot.Optimization;

/// <summary>What parameters earned on bars that they were not chosen on, window after window.</summary>
public sealed record WalkForwardResult
{
    /// <summary>Gets the windows, oldest first.</summary>
    public required IReadOnlyList<WalkForwardWindow> Windows { get; init; }

    /// <summary>Gets the bars of all trade windows.</summary>
    public required BarSeries Bars { get; init; }

    /// <summary>Gets the equity at every bar's close, each window going on with what the one before left.</summary>
    public required ReadOnlyMemory<double> Equity { get; init; }

    /// <summary>Gets the trades. A position that is open at a window's end is closed there, at the last close, and pays for it.</summary>
    public required IReadOnlyList<Trade> Trades { get; init; }

    /// <summary>Gets the figures of the trade windows put together.</summary>
    public required BacktestStatistics Statistics { get; init; }

    /// <summary>Gets how many trials of the strategy the ledger holds for the data, those in the fit windows included.</summary>
    public required long TrialCount { get; init; }

    /// <summary>Gets how much of the result is luck, given how many walk-forward tests were made on the data.</summary>
    public required SweepSummary Summary { get; init; }

    /// <summary>Gets the average Sharpe ratio of the trade windows over that of the fit windows: how much of what was promised came.</summary>
    /// <value>1 when all came; <see langword="null"/> when a promise cannot be computed or was not above 0.</value>
    public double? Efficiency
    {
        get
        {
            var judged = Windows.Where(window => window.FitSharpe is not null && window.TradeSharpe is not null).ToArray();
            return judged.Length > 0 && judged.Average(window => window.FitSharpe) is > 0 and var promised ? judged.Average(window => window.TradeSharpe) / promised : null;
        }
    }
}
