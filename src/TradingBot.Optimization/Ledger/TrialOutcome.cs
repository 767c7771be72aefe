using TradingBot.Backtesting;
using TradingBot.Statistics;

namespace TradingBot.Optimization.Ledger;

/// <summary>What came of a trial: as much as later statistics need.</summary>
public sealed record TrialOutcome
{
    /// <summary>The number of runs of equal length whose moments are kept.</summary>
    public const int BlockCount = 16;

    /// <summary>Gets why the backtest refused the settings, or <see langword="null"/> if it ran. A refused trial does not count as one.</summary>
    public string? Refusal { get; init; }

    /// <summary>Gets the return of the equity over the whole time: 0.1 is ten per cent; 0 if refused.</summary>
    public double TotalReturn { get; init; }

    /// <summary>Gets the largest fall of the equity from a peak, as a share of the peak; 0 if refused.</summary>
    public double MaxDrawdown { get; init; }

    /// <summary>Gets the annualised Sharpe ratio.</summary>
    /// <value><see langword="null"/> when the returns never varied, the equity fell to 0, or the trial was refused.</value>
    public double? Sharpe { get; init; }

    /// <summary>Gets the number of trades.</summary>
    public int TradeCount { get; init; }

    /// <summary>Gets the moments of the equity's returns, cut into <see cref="BlockCount"/> runs.</summary>
    /// <value><see langword="null"/> when the equity fell to 0, or the trial was refused.</value>
    public IReadOnlyList<ReturnMoments>? Blocks { get; init; }

    /// <summary>Gets the moments of all returns, or <see langword="null"/> where <see cref="Blocks"/> are.</summary>
    public ReturnMoments? Moments => Blocks is { } blocks ? ReturnMoments.Join([.. blocks]) : null;

    /// <summary>Keeps what later statistics need of a backtest.</summary>
    public static TrialOutcome Of(BacktestResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Of(result.Statistics, result.MeasureReturns(BlockCount));
    }

    internal static TrialOutcome Of(BacktestStatistics statistics, double start, ReadOnlySpan<double> equity) =>
        Of(statistics, EquityReturns.Compute(start, equity) is { } returns ? ReturnMoments.OfBlocks(returns, BlockCount) : null);

    private static TrialOutcome Of(BacktestStatistics statistics, IReadOnlyList<ReturnMoments>? blocks) => new()
    {
        TotalReturn = statistics.TotalReturn,
        MaxDrawdown = statistics.MaxDrawdown,
        Sharpe = statistics.Sharpe,
        TradeCount = statistics.TradeCount,
        Blocks = blocks,
    };
}
