using System.Globalization;
using System.Runtime.InteropServices;

namespace TradingBot.Backtesting;

/// <summary>The two ends between which a figure lies where bars hide the order of events; one and the same where they do not.</summary>
/// <typeparam name="T">The type of the figure.</typeparam>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end; not below the lower.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Bounds<T>(T Low, T High)
    where T : struct, IComparable<T>
{
    /// <summary>Gets a value indicating whether both ends are the same.</summary>
    public bool IsPoint => Low.CompareTo(High) == 0;

    /// <summary>Prints the figure where both ends read alike, which is what counts as agreement, and else both ends.</summary>
    /// <param name="print">Prints one number.</param>
    /// <returns>"4.1 %", or "4.1 % to 6.0 %".</returns>
    public string Print(Func<T, string> print)
    {
        ArgumentNullException.ThrowIfNull(print);
        var (low, high) = (print(Low), print(High));
        return low == high ? low : $"{low} to {high}";
    }

    /// <summary>Returns the figure, or both ends, in the invariant culture.</summary>
    public override string ToString() => Print(static value => string.Format(CultureInfo.InvariantCulture, "{0}", value));
}
