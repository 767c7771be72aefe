using TradingBot.Market;

namespace TradingBot.Backtesting;

/// <summary>The figures of a backtest. Money is in the settlement asset; what cannot be computed is <see langword="null"/>.</summary>
/// <remarks>
/// <para>The returns behind the ratios are those of the equity from one bar's close to the next, r(i) = equity(i) / equity(i-1) - 1,
/// the first from the initial balance. The risk-free rate is 0, a year has 365 days and <see cref="Interval.BarsPerYear"/> bars.</para>
/// <para>A trade that is open at the end counts in all figures, at its value at the last close.</para>
/// </remarks>
public sealed record BacktestStatistics
{
    /// <summary>Gets the number of trades.</summary>
    public required int TradeCount { get; init; }

    /// <summary>Gets the share of trades with a net profit above 0.</summary>
    /// <value>From 0 to 1; <see langword="null"/> without trades.</value>
    public required double? WinRate { get; init; }

    /// <summary>Gets the average net profit of the trades that won over the average net loss of those that lost.</summary>
    /// <value>Above 0; <see langword="null"/> unless there are both.</value>
    public required double? ProfitLossRatio { get; init; }

    /// <summary>Gets the sum of the net profits of the trades that won over the sum of the net losses of those that lost.</summary>
    /// <value>0 or more, above 1 when the trades earned money; <see langword="null"/> when no trade lost.</value>
    public required double? ProfitFactor { get; init; }

    /// <summary>Gets the largest net profit of a trade, or <see langword="null"/> when none won.</summary>
    public required decimal? LargestWin { get; init; }

    /// <summary>Gets the largest net loss of a trade, a number below 0, or <see langword="null"/> when none lost.</summary>
    public required decimal? LargestLoss { get; init; }

    /// <summary>Gets the wallet balance at the end, unrealised profit apart.</summary>
    public required decimal FinalBalance { get; init; }

    /// <summary>Gets the return of the equity over the whole time: 0.1 is ten per cent.</summary>
    public required double TotalReturn { get; init; }

    /// <summary>Gets the compound annual growth rate: (1 + total return) ^ (365 days / time) - 1. From less than a year it is extrapolated.</summary>
    /// <value>-1 or more; <see langword="null"/> when the equity ended below 0, or the number is too large for a <see langword="double"/>.</value>
    public required double? AnnualizedReturn { get; init; }

    /// <summary>Gets the Sharpe ratio: mean of the returns over their sample standard deviation, times the square root of the bars in a year.</summary>
    /// <remarks>W. F. Sharpe, "The Sharpe Ratio", The Journal of Portfolio Management 21 (1), 1994; annualised over 365 days.</remarks>
    /// <value><see langword="null"/> when the returns never varied, there are fewer than two, or the equity fell to 0.</value>
    public required double? Sharpe { get; init; }

    /// <summary>Gets the Sortino ratio: mean of the returns over the root of the mean square of those below 0 (all returns counted), times the square root of the bars in a year.</summary>
    /// <remarks>F. A. Sortino and L. N. Price, "Performance Measurement in a Downside Risk Framework", The Journal of Investing 3 (3), 1994, with a target return of 0; annualised over 365 days.</remarks>
    /// <value><see langword="null"/> when no return was below 0, there are fewer than two, or the equity fell to 0.</value>
    public required double? Sortino { get; init; }

    /// <summary>Gets the largest fall of the equity from a peak, as a share of the peak. The initial balance is the first peak.</summary>
    /// <value>From 0 to 1; above 1 only where the equity fell below 0.</value>
    public required double MaxDrawdown { get; init; }

    /// <summary>Gets how long that fall lasted: from its peak until the equity was as high again, or to the end if it never was.</summary>
    public required TimeSpan MaxDrawdownLength { get; init; }

    /// <summary>Gets the share of bars at whose close a position was held.</summary>
    /// <value>From 0 to 1.</value>
    public required double Exposure { get; init; }

    /// <summary>Gets the fees of all trades; 0 or more is paid.</summary>
    public required decimal TotalFees { get; init; }

    /// <summary>Gets the funding of all trades: above 0 received, below 0 paid.</summary>
    public required decimal TotalFunding { get; init; }

    /// <summary>Gets what slippage cost all trades; it is contained in their prices.</summary>
    public required decimal TotalSlippage { get; init; }

    /// <summary>Gets the return of buying at the first open and holding to the last close, without costs.</summary>
    public required double BuyAndHoldReturn { get; init; }

    /// <summary>Gets the largest fall of buying and holding from a peak of the closes (or the first open), as a share of the peak.</summary>
    /// <value>From 0 to 1.</value>
    public required double BuyAndHoldMaxDrawdown { get; init; }

    /// <summary>Gets the Sharpe ratio of buying and holding.</summary>
    /// <inheritdoc cref="Sharpe" path="/value"/>
    public required double? BuyAndHoldSharpe { get; init; }

    /// <summary>Computes the figures.</summary>
    /// <param name="bars">The bars that were traded; at least one.</param>
    /// <param name="equity">The balance plus unrealised profit at every bar's close, in the settlement asset; finite.</param>
    /// <param name="inMarket">Whether a position was held at every bar's close.</param>
    /// <param name="trades">The trades.</param>
    /// <param name="initialBalance">The balance at the open of the first bar; above 0.</param>
    /// <param name="finalBalance">The wallet balance at the end.</param>
    /// <exception cref="ArgumentException">There are no bars, the lengths differ, an equity is not finite, or the initial balance is not above 0.</exception>
    public static BacktestStatistics Compute(
        BarSeries bars,
        ReadOnlySpan<double> equity,
        ReadOnlySpan<bool> inMarket,
        IReadOnlyList<Trade> trades,
        decimal initialBalance,
        decimal finalBalance)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentNullException.ThrowIfNull(trades);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialBalance);
        ArgumentOutOfRangeException.ThrowIfZero(bars.Count, nameof(bars));
        return equity.Length == bars.Count && inMarket.Length == bars.Count
            ? Compute(bars, new CurveValues(equity), inMarket.Count(true), TradeTotals.Of(trades), initialBalance, finalBalance)
            : throw new ArgumentException($"Expected one value per bar, {bars.Count}, found {equity.Length} of the equity and {inMarket.Length} of the position.");
    }

    internal static BacktestStatistics Compute(
        BarSeries bars, CurveValues equity, int barsInMarket, TradeTotals results, decimal initialBalance, decimal finalBalance)
    {
        var (curve, hold) = EquityCurve.Measure((double)initialBalance, equity, bars.Opens[0], bars.Closes, CurveTimes.Of(bars));
        return Of(curve, hold, (double)barsInMarket / bars.Count, results, finalBalance);
    }

    /// <summary>Gets a figure of two runs, the lower value first; <see langword="null"/> when it cannot be computed for either of them.</summary>
    internal static Bounds<T>? Between<T>(BacktestStatistics one, BacktestStatistics other, Func<BacktestStatistics, T?> figure)
        where T : struct, IComparable<T>
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (figure(one) is not { } own || figure(other) is not { } otherFigure)
        {
            return null;
        }

        return own.CompareTo(otherFigure) <= 0 ? new Bounds<T>(own, otherFigure) : new Bounds<T>(otherFigure, own);
    }

    internal static BacktestStatistics Of(EquityCurve curve, EquityCurve hold, double exposure, TradeTotals results, decimal finalBalance) =>
        new()
        {
            TradeCount = results.Count,
            WinRate = results.WinRate,
            ProfitLossRatio = results.WinCount == 0 || results.LossCount == 0
                ? null
                : (double)(results.Won / results.WinCount) / (double)(results.Lost / results.LossCount),
            ProfitFactor = results.ProfitFactor,
            LargestWin = results.LargestWin,
            LargestLoss = results.LargestLoss,
            FinalBalance = finalBalance,
            TotalReturn = curve.TotalReturn,
            AnnualizedReturn = curve.AnnualizedReturn,
            Sharpe = curve.Sharpe,
            Sortino = curve.Sortino,
            MaxDrawdown = curve.MaxDrawdown,
            MaxDrawdownLength = curve.MaxDrawdownLength,
            Exposure = exposure,
            TotalFees = results.Fees,
            TotalFunding = results.Funding,
            TotalSlippage = results.Slippage,
            BuyAndHoldReturn = hold.TotalReturn,
            BuyAndHoldMaxDrawdown = hold.MaxDrawdown,
            BuyAndHoldSharpe = hold.Sharpe,
        };
}
