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
        ref var first = ref MemoryMarshal.GetReference(values);
        var done = 0;
        for (; done <= values.Length - (2 * Vector256<double>.Count); done += 2 * Vector256<double>.Count)
        {
            sums += Vector256.LoadUnsafe(ref first, (nuint)done);
            others += Vector256.LoadUnsafe(ref first, (nuint)(done + Vector256<double>.Count));
        }

        if (done <= values.Length - Vector256<double>.Count)
        {
            sums += Vector256.LoadUnsafe(ref first, (nuint)done);
            done += Vector256<double>.Count;
        }

        sums += others;
        var pairs = sums.GetLower() + sums.GetUpper();
        if (done <= values.Length - Vector128<double>.Count)
        {
            pairs += Vector128.LoadUnsafe(ref first, (nuint)done);
            done += Vector128<double>.Count;
        }

        var sum = pairs[0] + pairs[1];
        if (done < values.Length)
        {
            sum += Unsafe.Add(ref first, done);
        }

        return sum / values.Length;
    }
}
