using System.Runtime.InteropServices;

namespace TradingBot.Backtesting;

/// <summary>What <see cref="EquityCurve"/> needs of values, taken while they go by.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct CurveSums
{
    // Returns are quotients near 1, so equal ones differ by rounding alone, by a few times 2^-53.
    private const double RoundingNoise = 1e-14;

    private readonly double _start;
    private ReturnSums _returns;
    private DrawdownSearch _drawdown;
    private double _last;
    private int _count;

    /// <summary>Takes the first values.</summary>
    /// <param name="start">The value before them.</param>
    /// <param name="values">One or two values; the returns of these are added before all others.</param>
    public CurveSums(double start, ReadOnlySpan<double> values)
    {
        (_start, _last) = (start, start);
        _returns = new ReturnSums((values[0] / start) - 1);
        _drawdown = new DrawdownSearch(start);
        foreach (var value in values)
        {
            _returns.Add(_last, value);
            _last = value;
        }

        _drawdown.Add(0, values);
        _count = values.Length;
    }

    /// <summary>Takes further values.</summary>
    /// <param name="values">The value before them, and as many as <see cref="ReturnSums.Add(ReadOnlySpan{double})"/> allows.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        _returns.Add(values);
        _drawdown.Add(_count, values[1..]);
        _last = values[^1];
        _count += values.Length - 1;
    }

    /// <summary>Gets whether all values are known to be finite, after <see cref="ToCurve"/>: one that is not leaves a sum that is not.</summary>
    public readonly bool IsFinite => double.IsFinite(_returns.Deviations);

    /// <summary>Computes the figures of all values.</summary>
    public EquityCurve ToCurve(CurveTimes times)
    {
        _returns.Close();
        var growth = _last / _start;
        var (sharpe, sortino) = Ratios(times.PointsPerYear);
        var length = _drawdown.Worst == 0
            ? TimeSpan.Zero
            : times.At(_drawdown.Recovery ?? _count - 1) - (_drawdown.WorstPeak < 0 ? times.Start : times.At(_drawdown.WorstPeak));
        return new EquityCurve(growth - 1, Annualized(growth, times.End - times.Start), sharpe, sortino, _drawdown.Worst, length);
    }

    private static double? Annualized(double growth, TimeSpan time) =>
        growth >= 0 && Math.Pow(growth, TimeSpan.FromDays(365) / time) - 1 is var rate && double.IsFinite(rate) ? rate : null;

    private readonly (double? Sharpe, double? Sortino) Ratios(double pointsPerYear)
    {
        if (_count < 2 || _start <= 0 || _returns.LowestBase <= 0)
        {
            return default;
        }

        var mean = _returns.Shift + (_returns.Deviations / _count);
        var deviation = Math.Sqrt(Math.Max(0, (_returns.SquaredDeviations - (_returns.Deviations * _returns.Deviations / _count)) / (_count - 1)));
        var downside = Math.Sqrt(_returns.SquaredLosses / _count);
        var annual = Math.Sqrt(pointsPerYear);
        return (
            deviation > RoundingNoise ? mean / deviation * annual : null,
            downside > RoundingNoise ? mean / downside * annual : null);
    }
}
