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
    // Values that were made or fetched for one sum are still in the fastest cache for the next.
    private const int BlockLength = 1_024;

    /// <summary>Computes the figures of an account and of holding instead, in one pass.</summary>
    /// <param name="start">The equity before the first value.</param>
    /// <param name="equity">The account's equity; at least one value.</param>
    /// <param name="holdStart">What is held, before the first value.</param>
    /// <param name="hold">What is held: as many values, finite.</param>
    /// <param name="times">The instants of the values.</param>
    /// <exception cref="ArgumentException">An equity is not finite.</exception>
    public static (EquityCurve Equity, EquityCurve Hold) Measure(double start, CurveValues equity, double holdStart, ReadOnlySpan<double> hold, CurveTimes times)
    {
        Span<double> buffer = stackalloc double[BlockLength + 1];
        var done = Math.Min(2, equity.Count);
        var (sums, holdSums) = (new CurveSums(start, equity.Read(0, buffer[..done])), new CurveSums(holdStart, hold[..done]));
        while (done < equity.Count)
        {
            var end = Math.Min(equity.Count, done + BlockLength);
            sums.Add(equity.Read(done - 1, buffer[..(end - done + 1)]));
            holdSums.Add(hold[(done - 1)..end]);
            done = end;
        }

        var curve = sums.ToCurve(times);
        if (!sums.IsFinite)
        {
            ThrowUnlessFinite(equity, times);
        }

        return (curve, holdSums.ToCurve(times));
    }

    private static void ThrowUnlessFinite(CurveValues equity, CurveTimes times)
    {
        Span<double> buffer = stackalloc double[1];
        for (var i = 0; i < equity.Count; i++)
        {
            if (equity.Read(i, buffer)[0] is var value && !double.IsFinite(value))
            {
                throw new ArgumentException(FormattableString.Invariant($"The equity at {times.At(i):u} is {value}; expected a finite number."), nameof(equity));
            }
        }
    }
}
