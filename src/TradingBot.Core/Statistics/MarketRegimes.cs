using TradingBot.Market;

namespace TradingBot.Statistics;

/// <summary>Tells for every bar what the market was like before it, from earlier closes alone.</summary>
/// <remarks>
/// <para>The trend before a bar is the log return over the window that ends at the close before it; the volatility is the deviation of the log returns
/// in that window. Each is ranked among its own values up to then, the lowest third being <see cref="Tercile.Low"/>. Nothing from the bar itself
/// or from later bars is used, so the regime could have been known at the bar's open.</para>
/// <para>The first bars have none: it takes a window of returns, and <see cref="Warmup"/> values to rank among.</para>
/// </remarks>
public static class MarketRegimes
{
    /// <summary>The number of earlier values, the latest included, that a value is ranked among at least.</summary>
    public const int Warmup = 30;

    /// <summary>Computes the regimes.</summary>
    /// <param name="bars">The bars, oldest first.</param>
    /// <param name="window">The number of returns that trend and volatility are taken over; 2 or more.</param>
    /// <returns>One regime per bar; <see langword="null"/> where too little is known.</returns>
    public static MarketRegime?[] Compute(BarSeries bars, int window = 30)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 2);
        var regimes = new MarketRegime?[bars.Count];

        // The value at k is known at the close of bar k + window and holds for the bar after it.
        var values = Math.Max(0, bars.Count - window - 1);
        var (trends, volatilities) = Measure(bars.Closes, window, values);
        var (trendTerciles, volatilityTerciles) = (RankAmongPast(trends), RankAmongPast(volatilities));
        for (var k = Warmup - 1; k < values; k++)
        {
            regimes[k + window + 1] = new MarketRegime(trendTerciles[k], volatilityTerciles[k]);
        }

        return regimes;
    }

    private static (double[] Trends, double[] Volatilities) Measure(ReadOnlySpan<double> closes, int window, int count)
    {
        var logReturns = new double[Math.Max(0, closes.Length - 1)];
        for (var i = 0; i < logReturns.Length; i++)
        {
            logReturns[i] = Math.Log(closes[i + 1] / closes[i]);
        }

        var (trends, volatilities) = (new double[count], new double[count]);
        for (var k = 0; k < count; k++)
        {
            // Each window anew: a running sum would carry the rounding of the past along.
            var moments = ReturnMoments.Of(logReturns.AsSpan(k, window));
            (trends[k], volatilities[k]) = (moments.Mean, moments.Square);
        }

        return (trends, volatilities);
    }

    private static Tercile[] RankAmongPast(double[] values)
    {
        // A Fenwick tree over the sorted values counts the earlier ones below. Later values only number its leaves.
        double[] sorted = [.. values.Distinct().Order()];
        var tree = new int[sorted.Length + 1];
        var terciles = new Tercile[values.Length];
        for (var k = 0; k < values.Length; k++)
        {
            var leaf = Array.BinarySearch(sorted, values[k]) + 1;
            for (var node = leaf; node < tree.Length; node += node & -node)
            {
                tree[node]++;
            }

            var (below, upTo) = (CountUpTo(leaf - 1), CountUpTo(leaf));
            var share = (below + upTo) / 2d / (k + 1);
            terciles[k] = share < 1 / 3d ? Tercile.Low : share <= 2 / 3d ? Tercile.Middle : Tercile.High;
        }

        return terciles;

        int CountUpTo(int node)
        {
            var count = 0;
            for (; node > 0; node -= node & -node)
            {
                count += tree[node];
            }

            return count;
        }
    }
}
