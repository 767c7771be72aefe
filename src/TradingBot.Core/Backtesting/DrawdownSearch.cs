using System.Numerics;
using System.Runtime.InteropServices;

namespace TradingBot.Backtesting;

/// <summary>Finds the largest fall from a peak, as a share of the peak, while the values go by.</summary>
/// <param name="start">The value before the first; the first peak.</param>
[StructLayout(LayoutKind.Auto)]
internal struct DrawdownSearch(double start)
{
    // Quotients of values differ by rounding, by a few times 2^-53; what lies so near is looked at one by one.
    private const double RoundingNoise = 1e-14;

    private double _peak = start;
    private int _peakIndex = -1;

    /// <summary>Gets the largest fall, as a share of its peak; 0 where there is none.</summary>
    public double Worst { get; private set; }

    /// <summary>Gets the value from which it fell, told by its index; -1 is the start.</summary>
    public int WorstPeak { get; private set; } = -1;

    /// <summary>Gets the first value that was as high again, or <see langword="null"/> as long as there is none.</summary>
    public int? Recovery { get; private set; }

    /// <summary>Looks at further values.</summary>
    /// <param name="index">The index of the first.</param>
    /// <param name="values">The values.</param>
    public void Add(int index, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length;)
        {
            // Most values lie below the peak and above what would be worse than the worst so far.
            i = SkipBetween(values, i, _peak * (1 - Worst + RoundingNoise), _peak);
            i = SkipPeak(index, values, i);
            for (var end = Math.Min(values.Length, i + Vector<double>.Count); i < end; i++)
            {
                if (values[i] >= _peak)
                {
                    Rise(index + i, values[i]);
                }
                else if ((_peak - values[i]) / _peak is var share && share > Worst)
                {
                    (Worst, WorstPeak, Recovery) = (share, _peakIndex, null);
                }
            }
        }
    }

    private void Rise(int index, double value)
    {
        // Until the worst fall has ended, its peak is the latest.
        Recovery ??= index;
        (_peak, _peakIndex) = (value, index);
    }

    // Passes over values that equal the peak, as those of an account that holds nothing often do.
    private int SkipPeak(int index, ReadOnlySpan<double> values, int start)
    {
        var peaks = new Vector<double>(_peak);
        ref var first = ref MemoryMarshal.GetReference(values);
        var end = start;
        while (end <= values.Length - Vector<double>.Count && Vector.EqualsAll(Vector.LoadUnsafe(ref first, (nuint)end), peaks))
        {
            end += Vector<double>.Count;
        }

        if (end > start)
        {
            Recovery ??= index + start;
            _peakIndex = index + end - 1;
        }

        return end;
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
