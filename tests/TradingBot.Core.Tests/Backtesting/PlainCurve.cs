using System.Numerics;
using TradingBot.Backtesting;
using TradingBot.Market;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>The figures of a curve as their documentation has them, each from all values at once: what figures taken while the values go by must equal to the last bit.</summary>
internal static class PlainCurve
{
    public static (double? Sharpe, double? Sortino) Ratios(double start, double[] values, double barsPerYear)
    {
        double[] bases = [start, .. values[..^1]];
        var returns = values.Zip(bases, (value, before) => (value / before) - 1).ToArray();
        if (values.Length < 2 || bases.Any(value => value <= 0))
        {
            return default;
        }

        // The fixed order of additions: two returns, then every lane its own, what is left over at the end.
        double Sum(Func<double, double> term)
        {
            var terms = returns.Select(term).ToArray();
            var sum = terms[0] + terms[1];
            var whole = (terms.Length - 2) / Vector<double>.Count * Vector<double>.Count;
            var lanes = new double[Vector<double>.Count];
            for (var i = 0; i < whole; i++)
            {
                lanes[i % lanes.Length] += terms[2 + i];
            }

            return terms[(2 + whole)..].Aggregate(sum + Vector.Sum(new Vector<double>(lanes)), (total, one) => total + one);
        }

        var (count, shift) = (returns.Length, returns[0]);
        var (deviations, squares, losses) = (Sum(one => one - shift), Sum(one => (one - shift) * (one - shift)), Sum(one => one < 0 ? one * one : 0));
        var mean = shift + (deviations / count);
        var deviation = Math.Sqrt(Math.Max(0, (squares - (deviations * deviations / count)) / (count - 1)));
        var downside = Math.Sqrt(losses / count);
        return (
            deviation > 1e-14 ? mean / deviation * Math.Sqrt(barsPerYear) : null,
            downside > 1e-14 ? mean / downside * Math.Sqrt(barsPerYear) : null);
    }

    public static (double Share, TimeSpan Length) Drawdown(double start, double[] values, BarSeries bars)
    {
        var (peak, peakTime, worst, worstPeak, worstPeakTime, worstAt) = (start, bars.OpenTimeAt(0), 0d, 0d, default(DateTimeOffset), -1);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] >= peak)
            {
                (peak, peakTime) = (values[i], bars.CloseTimeAt(i));
            }
            else if ((peak - values[i]) / peak > worst)
            {
                (worst, worstPeak, worstPeakTime, worstAt) = ((peak - values[i]) / peak, peak, peakTime, i);
            }
        }

        if (worstAt < 0)
        {
            return default;
        }

        var recovery = Array.FindIndex(values, worstAt, value => value >= worstPeak);
        return (worst, bars.CloseTimeAt(recovery < 0 ? values.Length - 1 : recovery) - worstPeakTime);
    }

    public static void ShouldBeThoseOf(this BacktestStatistics statistics, BarSeries bars, double start, double[] equity)
    {
        (statistics.Sharpe, statistics.Sortino).Should().Be(Ratios(start, equity, bars.Interval.BarsPerYear));
        (statistics.MaxDrawdown, statistics.MaxDrawdownLength).Should().Be(Drawdown(start, equity, bars));
        statistics.TotalReturn.Should().Be((equity[^1] / start) - 1);
        var closes = bars.Closes.ToArray();
        statistics.BuyAndHoldSharpe.Should().Be(Ratios(bars.Opens[0], closes, bars.Interval.BarsPerYear).Sharpe);
        statistics.BuyAndHoldMaxDrawdown.Should().Be(Drawdown(bars.Opens[0], closes, bars).Share);
        statistics.BuyAndHoldReturn.Should().Be((closes[^1] / bars.Opens[0]) - 1);
    }
}
