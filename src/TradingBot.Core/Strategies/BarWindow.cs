using TradingBot.Market;

namespace TradingBot.Strategies;

/// <summary>The last bars up to the one being decided. It cannot be stored, and nothing later can be reached from it.</summary>
public readonly ref struct BarWindow
{
    private readonly BarSeries _bars;
    private readonly int _start;

    internal BarWindow(BarSeries bars, int start, int count) => (_bars, _start, Count) = (bars, start, count);

    /// <summary>Gets the number of bars.</summary>
    public int Count { get; }

    /// <summary>Gets the market.</summary>
    public Symbol Symbol => _bars.Symbol;

    /// <summary>Gets the length of the bars.</summary>
    public Interval Interval => _bars.Interval;

    /// <summary>Gets the first prices, oldest first, in the quote asset.</summary>
    public ReadOnlySpan<double> Opens => _bars.Opens.Slice(_start, Count);

    /// <summary>Gets the highest prices, oldest first, in the quote asset.</summary>
    public ReadOnlySpan<double> Highs => _bars.Highs.Slice(_start, Count);

    /// <summary>Gets the lowest prices, oldest first, in the quote asset.</summary>
    public ReadOnlySpan<double> Lows => _bars.Lows.Slice(_start, Count);

    /// <summary>Gets the last prices, oldest first, in the quote asset.</summary>
    public ReadOnlySpan<double> Closes => _bars.Closes.Slice(_start, Count);

    /// <summary>Gets the traded amounts of the base asset, oldest first.</summary>
    public ReadOnlySpan<double> Volumes => _bars.Volumes.Slice(_start, Count);

    /// <summary>Gets one bar, 0 the oldest; <c>[^1]</c> is the bar being decided.</summary>
    public Bar this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _bars[_start + index];
        }
    }
}
