using TradingBot.Backtesting;
using TradingBot.Market;

namespace TradingBot.Statistics;

/// <summary>How a strategy did in falling and rising, calm and restless markets.</summary>
public sealed record RegimeReport
{
    /// <summary>Gets the results by the market's trend: the lowest third first.</summary>
    public required IReadOnlyList<RegimeResult> ByTrend { get; init; }

    /// <summary>Gets the results by the market's volatility: the calmest third first.</summary>
    public required IReadOnlyList<RegimeResult> ByVolatility { get; init; }

    /// <summary>Gets the number of bars at the start whose regime is not known.</summary>
    public required int UnknownBarCount { get; init; }

    /// <summary>Splits the result of a backtest by regime.</summary>
    /// <param name="result">The backtest.</param>
    /// <param name="window">The number of returns that trend and volatility are taken over; 2 or more.</param>
    /// <returns>The report, or <see langword="null"/> when the equity fell to 0 or no bar's regime is known.</returns>
    public static RegimeReport? Of(BacktestResult result, int window = 30)
    {
        ArgumentNullException.ThrowIfNull(result);
        return EquityReturns.Compute((double)result.Options.InitialBalance, result.Equity.Span) is { } returns ? Of(result.Bars, returns, window) : null;
    }

    /// <summary>Splits returns by regime.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="returns">The strategy's return in each bar; finite.</param>
    /// <param name="window">The number of returns that trend and volatility are taken over; 2 or more.</param>
    /// <returns>The report, or <see langword="null"/> when no bar's regime is known.</returns>
    /// <exception cref="ArgumentException">There is not one return per bar, or one is not finite.</exception>
    public static RegimeReport? Of(BarSeries bars, ReadOnlySpan<double> returns, int window = 30)
    {
        ArgumentNullException.ThrowIfNull(bars);
        EquityReturns.ThrowUnlessFinite(returns, nameof(returns));
        if (returns.Length != bars.Count)
        {
            throw new ArgumentException($"Expected one return per bar, {bars.Count}, found {returns.Length}.", nameof(returns));
        }

        var regimes = MarketRegimes.Compute(bars, window);
        var unknown = Array.FindIndex(regimes, regime => regime is not null);
        if (unknown < 0)
        {
            return null;
        }

        var own = returns.ToArray();
        return new RegimeReport
        {
            ByTrend = Split(regime => regime.Trend),
            ByVolatility = Split(regime => regime.Volatility),
            UnknownBarCount = unknown,
        };

        RegimeResult[] Split(Func<MarketRegime, Tercile> tercileOf) =>
            [.. Enum.GetValues<Tercile>().Select(tercile => Measure(bars, own, tercile, [.. Enumerable.Range(unknown, own.Length - unknown).Where(i => tercileOf(regimes[i]!.Value) == tercile)]))];
    }

    private static RegimeResult Measure(BarSeries bars, double[] returns, Tercile tercile, int[] indices)
    {
        var closes = bars.Closes;
        var (growth, market) = (1d, 1d);
        foreach (var i in indices)
        {
            growth *= 1 + returns[i];
            market *= closes[i] / closes[i - 1];
        }

        return new RegimeResult
        {
            Tercile = tercile,
            BarCount = indices.Length,
            TotalReturn = indices.Length == 0 ? null : growth - 1,
            Sharpe = ReturnMoments.Of(Array.ConvertAll(indices, i => returns[i])).Sharpe * Math.Sqrt(bars.Interval.BarsPerYear),
            MarketReturn = indices.Length == 0 ? null : market - 1,
        };
    }
}
