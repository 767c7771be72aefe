using System.Runtime.InteropServices;

namespace TradingBot.Training.Data;

/// <summary>A part of a series: the bars from <see cref="Start"/> to before <see cref="End"/>.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BarRange
{
    /// <summary>Initializes a range.</summary>
    /// <param name="start">The first bar, counted from 0.</param>
    /// <param name="end">The bar after the last one; at least <paramref name="start"/>.</param>
    public BarRange(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        (Start, End) = (start, end);
    }

    /// <summary>Gets the first bar, counted from 0.</summary>
    public int Start { get; }

    /// <summary>Gets the bar after the last one.</summary>
    public int End { get; }

    /// <summary>Gets the number of bars.</summary>
    public int Count => End - Start;

    /// <summary>Returns the range as "start..end", the end not included.</summary>
    public override string ToString() => $"{Start}..{End}";
}
