using System.Runtime.InteropServices;
using static System.FormattableString;

namespace TradingBot.Market;

/// <summary>One bar (candle) of a market: its prices in the quote asset and its volume in the base asset.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Bar
{
    /// <summary>Initializes a bar after checking that it could have happened.</summary>
    /// <param name="openTime">The instant at which the bar begins; kept in UTC.</param>
    /// <param name="length">The time the bar covers; above zero, and no longer than the calendar lasts.</param>
    /// <param name="open">The first price; above 0.</param>
    /// <param name="high">The highest price; not below any other price of the bar.</param>
    /// <param name="low">The lowest price; above 0 and not above any other price of the bar.</param>
    /// <param name="close">The last price; above 0.</param>
    /// <param name="volume">The traded amount of the base asset; 0 or more.</param>
    /// <exception cref="ArgumentException">A value is outside its range, not a number or infinite; the message says which.</exception>
    public Bar(DateTimeOffset openTime, TimeSpan length, double open, double high, double low, double close, double volume)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, DateTimeOffset.MaxValue - openTime);
        if (FaultOf(open, high, low, close, volume) is { } fault)
        {
            throw new ArgumentException($"The bar of {openTime.UtcDateTime:u} is impossible: {fault}.");
        }

        (OpenTime, Length) = (openTime.ToUniversalTime(), length);
        (Open, High, Low, Close, Volume) = (open, high, low, close, volume);
    }

    // For bars that a series has already checked.
    internal Bar(BarSeries checkedSeries, int index)
    {
        (OpenTime, Length) = (checkedSeries.OpenTimeAt(index), checkedSeries.Interval.Length);
        (Open, High, Low) = (checkedSeries.Opens[index], checkedSeries.Highs[index], checkedSeries.Lows[index]);
        (Close, Volume) = (checkedSeries.Closes[index], checkedSeries.Volumes[index]);
    }

    /// <summary>Gets the UTC instant at which the bar begins, inclusive; it identifies the bar.</summary>
    public DateTimeOffset OpenTime { get; }

    /// <summary>Gets the time that the bar covers.</summary>
    public TimeSpan Length { get; }

    /// <summary>Gets the first price, in the quote asset.</summary>
    public double Open { get; }

    /// <summary>Gets the highest price, in the quote asset.</summary>
    public double High { get; }

    /// <summary>Gets the lowest price, in the quote asset.</summary>
    public double Low { get; }

    /// <summary>Gets the last price, in the quote asset.</summary>
    public double Close { get; }

    /// <summary>Gets the traded amount of the base asset.</summary>
    public double Volume { get; }

    /// <summary>Gets the UTC instant, the exclusive end of the bar, from which it may be used in a decision.</summary>
    public DateTimeOffset CloseTime => OpenTime + Length;

    /// <summary>Says what is impossible about a bar's values, or <see langword="null"/>.</summary>
    internal static string? FaultOf(double open, double high, double low, double close, double volume)
    {
        if (!(double.IsFinite(open) && double.IsFinite(high) && double.IsFinite(low) && double.IsFinite(close) && double.IsFinite(volume)))
        {
            return Invariant($"every value must be a finite number, found open {open}, high {high}, low {low}, close {close}, volume {volume}");
        }

        if (low <= 0)
        {
            return Invariant($"prices must be above 0, found low {low}");
        }

        if (high < low)
        {
            return Invariant($"high {high} is below low {low}");
        }

        if (open > high || close > high)
        {
            return Invariant($"high {high} is below open {open} or close {close}");
        }

        if (open < low || close < low)
        {
            return Invariant($"low {low} is above open {open} or close {close}");
        }

        return volume < 0 ? Invariant($"volume must not be negative, found {volume}") : null;
    }
}
