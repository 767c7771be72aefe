using System.Numerics;
using System.Runtime.InteropServices;
using TradingBot.Market;

namespace TradingBot.Backtesting;

/// <summary>The figures of a run of values at the closes of bars that starts from a value at the first open: an account's equity, or a price.
/// <see cref="BacktestStatistics"/> states their formulas.</summary>
internal sealed record EquityCurve(
    double TotalReturn,
    double? AnnualizedReturn,
    double? Sharpe,
    double? Sortino,
    double MaxDrawdown,
    TimeSpan MaxDrawdownLength)
{
    // Returns are quotients near 1, so equal ones differ by rounding alone, by a few times 2^-53.
    private const double RoundingNoise = 1e-14;

    public static EquityCurve Measure(double start, ReadOnlySpan<double> values, BarSeries bars)
    {
        var growth = values[^1] / start;
        var (sharpe, sortino) = Ratios(start, values, bars.Interval.BarsPerYear);
        var (drawdown, length) = Drawdown(start, values, bars);
        return new EquityCurve(growth - 1, Annualized(growth, bars.CloseTimeAt(bars.Count - 1) - bars.OpenTimeAt(0)), sharpe, sortino, drawdown, length);
    }

    public static int? FirstNotFinite(ReadOnlySpan<double> values)
    {
        var done = 0;
        ref var first = ref MemoryMarshal.GetReference(values);
        while (done <= values.Length - Vector<double>.Count
            && Vector.LessThanOrEqualAll(Vector.Abs(Vector.LoadUnsafe(ref first, (nuint)done)), new Vector<double>(double.MaxValue)))
        {
            done += Vector<double>.Count;
        }

        for (var i = done; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                return i;
            }
        }

        return null;
    }

    private static double? Annualized(double growth, TimeSpan time) =>
        growth >= 0 && Math.Pow(growth, TimeSpan.FromDays(365) / time) - 1 is var rate && double.IsFinite(rate) ? rate : null;

    private static (double? Sharpe, double? Sortino) Ratios(double start, ReadOnlySpan<double> values, double barsPerYear)
    {
        if (values.Length < 2)
        {
            return default;
        }

        // Deviations are summed from the first return, so that returns which never vary leave nothing behind.
        var first = (values[0] / start) - 1;
        var sums = new ReturnSums(first);
        sums.Add(start, values[..1]);
        sums.Add(values[0], values[1..]);
        if (start <= 0 || sums.LowestBase <= 0)
        {
            return default;
        }

        var count = values.Length;
        var mean = first + (sums.Deviations / count);
        var deviation = Math.Sqrt(Math.Max(0, (sums.SquaredDeviations - (sums.Deviations * sums.Deviations / count)) / (count - 1)));
        var downside = Math.Sqrt(sums.SquaredLosses / count);
        var annual = Math.Sqrt(barsPerYear);
        return (
            deviation > RoundingNoise ? mean / deviation * annual : null,
            downside > RoundingNoise ? mean / downside * annual : null);
    }

    private static (double Share, TimeSpan Length) Drawdown(double start, ReadOnlySpan<double> values, BarSeries bars)
    {
        // A peak is told by the bar at whose close it was; -1 is the start, at the first open.
        var (peak, peakBar) = (start, -1);
        var (worst, worstPeak, worstPeakBar, worstBar) = (0d, start, -1, -1);
        for (var i = 0; i < values.Length;)
        {
            // Most values lie below the peak and above what would be worse than the worst so far.
            i = SkipBetween(values, i, peak * (1 - worst + RoundingNoise), peak);
            for (var end = Math.Min(values.Length, i + Vector<double>.Count); i < end; i++)
            {
                if (values[i] >= peak)
                {
                    (peak, peakBar) = (values[i], i);
                }
                else if ((peak - values[i]) / peak is var share && share > worst)
                {
                    (worst, worstPeak, worstPeakBar, worstBar) = (share, peak, peakBar, i);
                }
            }
        }

        if (worst == 0)
        {
            return (0, TimeSpan.Zero);
        }

        var recovery = worstBar;
        while (recovery < values.Length - 1 && values[recovery] < worstPeak)
        {
            recovery++;
        }

        var from = worstPeakBar < 0 ? bars.OpenTimeAt(0) : bars.CloseTimeAt(worstPeakBar);
        return (worst, bars.CloseTimeAt(recovery) - from);
    }

    // Passes over values that lie between two bounds, several at a time; the first that does not is among those that follow.
    private static int SkipBetween(ReadOnlySpan<double> values, int start, double lower, double upper)
    {
        var (lowers, uppers) = (new Vector<double>(lower), new Vector<double>(upper));
        ref var first = ref MemoryMarshal.GetReference(values);
        for (; start <= values.Length - Vector<double>.Count; start += Vector<double>.Count)
        {
            var next = Vector.LoadUnsafe(ref first, (nuint)start);
            if (!Vector.GreaterThanAll(next, lowers) || !Vector.LessThanAll(next, uppers))
            {
                break;
            }
        }

        return start;
    }
}
