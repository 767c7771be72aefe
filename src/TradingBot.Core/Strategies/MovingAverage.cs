using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace TradingBot.Strategies;

/// <summary>Averages of the values that a strategy sees.</summary>
public static class MovingAverage
{
    /// <summary>Computes the simple average of values, such as <c>context.Bars.Closes[^10..]</c>: their sum over their number.</summary>
    /// <param name="values">The values; at least one.</param>
    /// <remarks>It sums anew whenever it is called, four values at a time and in an order that depends on nothing but their number. A sum carried along
    /// from bar to bar would be faster for long windows, but its rounding would depend on where the bars begin: what was decided in a backtest
    /// might not be decided live.</remarks>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Simple(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("An average needs at least one value, found none.", nameof(values));
        }

        // Two sums at once: one would wait for each addition before the next.
        var (sums, others) = (Vector256<double>.Zero, Vector256<double>.Zero);
        ref var next = ref MemoryMarshal.GetReference(values);
        for (var left = values.Length; left >= 2 * Vector256<double>.Count; left = unchecked(left - (2 * Vector256<double>.Count)))
        {
            sums += Vector256.LoadUnsafe(ref next);
            others += Vector256.LoadUnsafe(ref next, (nuint)Vector256<double>.Count);
            next = ref Unsafe.Add(ref next, 2 * Vector256<double>.Count);
        }

        // The rest: four values, then two, then one, as far as their number has those bits.
        if ((values.Length & Vector256<double>.Count) != 0)
        {
            sums += Vector256.LoadUnsafe(ref next);
            next = ref Unsafe.Add(ref next, Vector256<double>.Count);
        }

        sums += others;
        var pairs = sums.GetLower() + sums.GetUpper();
        if ((values.Length & Vector128<double>.Count) != 0)
        {
            pairs += Vector128.LoadUnsafe(ref next);
            next = ref Unsafe.Add(ref next, Vector128<double>.Count);
        }

        var sum = pairs[0] + pairs[1];
        if ((values.Length & 1) != 0)
        {
            sum += next;
        }

        return sum / values.Length;
    }
}
