using System.Numerics;
using System.Runtime.InteropServices;
using TradingBot.Market;

namespace TradingBot.Simulation;

/// <summary>The prices and times in which nothing happens to an account but that the price moves: no order is reached, no funding is due, nothing is liquidated.</summary>
/// <param name="Low">A price below all quiet ones, in the quote asset.</param>
/// <param name="High">A price above all quiet ones, in the quote asset.</param>
/// <param name="Until">The last quiet instant, in milliseconds since 1970-01-01 UTC.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct QuietRange(double Low, double High, long Until)
{
    /// <summary>Gets the range of no bar.</summary>
    public static QuietRange Nowhere { get; } = new(double.PositiveInfinity, double.NegativeInfinity, long.MinValue);

    /// <summary>Tells whether a bar is quiet.</summary>
    public bool Holds(long closeTime, double high, double low) => low > Low && high < High && closeTime <= Until;

    /// <summary>Counts the quiet bars from one on.</summary>
    /// <param name="bars">A series.</param>
    /// <param name="start">The first bar to look at.</param>
    /// <param name="most">How many bars to look at; the series must have so many more.</param>
    public int Count(BarSeries bars, int start, int most)
    {
        var count = CountUntil(bars, start, most);
        if (Low > double.NegativeInfinity)
        {
            count = CountAbove(bars.Lows.Slice(start, count), Low);
        }

        return High < double.PositiveInfinity ? CountBelow(bars.Highs.Slice(start, count), High) : count;
    }

    private int CountUntil(BarSeries bars, int start, int most)
    {
        if (Until == long.MaxValue)
        {
            return most;
        }

        // The latest open time of a bar that ends in time.
        return bars.CountOpenBy(Until == long.MinValue ? Until : Until - bars.Interval.Milliseconds, start, most);
    }

    private static int CountAbove(ReadOnlySpan<double> values, double bound)
    {
        var count = 0;
        var bounds = new Vector<double>(bound);
        ref var first = ref MemoryMarshal.GetReference(values);
        while (count <= values.Length - Vector<double>.Count && Vector.GreaterThanAll(Vector.LoadUnsafe(ref first, (nuint)count), bounds))
        {
            count += Vector<double>.Count;
        }

        while (count < values.Length && values[count] > bound)
        {
            count++;
        }

        return count;
    }

    private static int CountBelow(ReadOnlySpan<double> values, double bound)
    {
        var count = 0;
        var bounds = new Vector<double>(bound);
        ref var first = ref MemoryMarshal.GetReference(values);
        while (count <= values.Length - Vector<double>.Count && Vector.LessThanAll(Vector.LoadUnsafe(ref first, (nuint)count), bounds))
        {
            count += Vector<double>.Count;
        }

        while (count < values.Length && values[count] < bound)
        {
            count++;
        }

        return count;
    }
}
