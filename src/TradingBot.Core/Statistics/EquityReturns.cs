namespace TradingBot.Statistics;

/// <summary>Turns values at the closes of bars into returns: r(i) = value(i) / value(i-1) - 1, the first from the start value.</summary>
public static class EquityReturns
{
    /// <summary>Computes the returns.</summary>
    /// <param name="start">The value before the first bar, such as the initial balance; finite and above 0.</param>
    /// <param name="values">The values at the closes, oldest first; finite.</param>
    /// <returns>One return per value, or <see langword="null"/> when a value other than the last is 0 or below, as nothing can be earned on it.</returns>
    /// <exception cref="ArgumentException">The start is not above 0, or a value is not finite.</exception>
    public static double[]? Compute(double start, ReadOnlySpan<double> values)
    {
        if (!(double.IsFinite(start) && start > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, "Expected a finite start value above 0.");
        }

        var returns = new double[values.Length];
        return TryCompute(start, values, returns) ? returns : null;
    }

    /// <summary>Computes the returns where there is room for them, which may be the values' own.</summary>
    /// <param name="before">The value before the first.</param>
    /// <param name="values">The values.</param>
    /// <param name="returns">Takes as many returns.</param>
    /// <returns><see langword="false"/> when one of them would be earned on 0 or less.</returns>
    internal static bool TryCompute(double before, ReadOnlySpan<double> values, Span<double> returns)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (!double.IsFinite(value))
            {
                throw new ArgumentException(FormattableString.Invariant($"Expected finite values, found {value} at index {i}."), nameof(values));
            }

            if (before <= 0)
            {
                return false;
            }

            returns[i] = (value / before) - 1;
            before = value;
        }

        return true;
    }

    /// <summary>Refuses returns that are not numbers.</summary>
    internal static void ThrowUnlessFinite(ReadOnlySpan<double> returns, string name)
    {
        for (var i = 0; i < returns.Length; i++)
        {
            if (!double.IsFinite(returns[i]))
            {
                throw new ArgumentException(FormattableString.Invariant($"Expected finite returns, found {returns[i]} at index {i}."), name);
            }
        }
    }
}
