using System.Numerics;
using System.Runtime.InteropServices;

namespace TradingBot.Backtesting;

/// <summary>The sums behind the mean and the deviation of returns, taken several returns at a time while the values go by.</summary>
/// <remarks>The order of additions depends on nothing but the number of values: of those given to <see cref="Add(ReadOnlySpan{double})"/> each lane takes its own through all of them.</remarks>
/// <param name="shift">What deviations are measured from: a return, so that returns which never vary leave nothing behind.</param>
[StructLayout(LayoutKind.Auto)]
internal struct ReturnSums(double shift)
{
    private Vector<double> _deviations;
    private Vector<double> _squares;
    private Vector<double> _losses;
    private Vector<double> _lowest = new(double.PositiveInfinity);

    /// <summary>Gets the return that deviations are measured from.</summary>
    public readonly double Shift => shift;

    /// <summary>Gets the sum of the returns' distances from the shift, after <see cref="Close"/>.</summary>
    public double Deviations { get; private set; }

    /// <summary>Gets the sum of the squares of those distances, after <see cref="Close"/>.</summary>
    public double SquaredDeviations { get; private set; }

    /// <summary>Gets the sum of the squares of the returns below 0, after <see cref="Close"/>.</summary>
    public double SquaredLosses { get; private set; }

    /// <summary>Gets the lowest value that a return was taken on, after <see cref="Close"/>; a return on 0 or less says nothing.</summary>
    public double LowestBase { get; private set; } = double.PositiveInfinity;

    /// <summary>Adds the return from one value to the next.</summary>
    public void Add(double before, double value)
    {
        var change = (value / before) - 1;
        var distance = change - shift;
        Deviations += distance;
        SquaredDeviations += distance * distance;
        SquaredLosses += change < 0 ? change * change : 0;
        LowestBase = Math.Min(LowestBase, before);
    }

    /// <summary>Adds the returns from each value to the next.</summary>
    /// <param name="values">Values in order, the last of those before first. Unless they are the last ones, their returns must be a multiple of the lanes.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        ref var start = ref MemoryMarshal.GetReference(values);
        var shifts = new Vector<double>(shift);
        var (deviations, squares, losses, lowest) = (_deviations, _squares, _losses, _lowest);
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

        (_deviations, _squares, _losses, _lowest) = (deviations, squares, losses, lowest);
        if (i == values.Length)
        {
            return;
        }

        Close();
        for (; i < values.Length; i++)
        {
            Add(values[i - 1], values[i]);
        }
    }

    /// <summary>Brings the sums of the lanes together.</summary>
    public void Close()
    {
        Deviations += Vector.Sum(_deviations);
        SquaredDeviations += Vector.Sum(_squares);
        SquaredLosses += Vector.Sum(_losses);
        for (var lane = 0; lane < Vector<double>.Count; lane++)
        {
            LowestBase = Math.Min(LowestBase, _lowest[lane]);
        }

        (_deviations, _squares, _losses) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
    }
}
