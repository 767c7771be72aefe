using System.Numerics;
using System.Runtime.InteropServices;

namespace TradingBot.Backtesting;

/// <summary>The sums behind the mean and the deviation of returns, taken in one pass over the values and several at a time.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct ReturnSums(double shift)
{
    /// <summary>Gets the sum of the returns' distances from the shift.</summary>
    public double Deviations { get; private set; }

    /// <summary>Gets the sum of the squares of those distances.</summary>
    public double SquaredDeviations { get; private set; }

    /// <summary>Gets the sum of the squares of the returns below 0.</summary>
    public double SquaredLosses { get; private set; }

    /// <summary>Gets the lowest value that a return was taken on; a return on 0 or less says nothing.</summary>
    public double LowestBase { get; private set; } = double.PositiveInfinity;

    /// <summary>Adds the returns from each value to the next.</summary>
    /// <param name="before">The value before the first.</param>
    /// <param name="values">The values, in order.</param>
    public void Add(double before, ReadOnlySpan<double> values)
    {
        var done = 0;
        if (values.Length > Vector<double>.Count)
        {
            AddOne(before, values[0]);
            done = AddMany(values);
            before = values[done - 1];
        }

        for (; done < values.Length; done++)
        {
            AddOne(before, values[done]);
            before = values[done];
        }
    }

    // Each lane takes the return from one value to the next; returns the number of values that are done, the first included.
    private int AddMany(ReadOnlySpan<double> values)
    {
        ref var start = ref MemoryMarshal.GetReference(values);
        var shifts = new Vector<double>(shift);
        var (deviations, squares, losses) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var lowest = new Vector<double>(double.PositiveInfinity);
        var i = 1;
        for (; i <= values.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var bases = Vector.LoadUnsafe(ref start, (nuint)(i - 1));
            var returns = (Vector.LoadUnsafe(ref start, (nuint)i) / bases) - Vector<double>.One;
            var distances = returns - shifts;
            var falls = Vector.Min(returns, Vector<double>.Zero);
            deviations += distances;
            squares += distances * distances;
            losses += falls * falls;
            lowest = Vector.Min(lowest, bases);
        }

        Deviations += Vector.Sum(deviations);
        SquaredDeviations += Vector.Sum(squares);
        SquaredLosses += Vector.Sum(losses);
        for (var lane = 0; lane < Vector<double>.Count; lane++)
        {
            LowestBase = Math.Min(LowestBase, lowest[lane]);
        }

        return i;
    }

    private void AddOne(double before, double value)
    {
        var change = (value / before) - 1;
        var distance = change - shift;
        Deviations += distance;
        SquaredDeviations += distance * distance;
        SquaredLosses += change < 0 ? change * change : 0;
        LowestBase = Math.Min(LowestBase, before);
    }
}
