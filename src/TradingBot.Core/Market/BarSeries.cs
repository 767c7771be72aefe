using System.Collections;
using System.Collections.ObjectModel;

namespace TradingBot.Market;

/// <summary>An immutable run of bars of one symbol and interval, oldest first, stored as one column per value.</summary>
/// <remarks>Slices share the columns of the series they are cut from. Every bar was checked when the series was built:
/// possible prices, open times on the interval's grid, strictly ascending. What is missing is listed in <see cref="Gaps"/>.</remarks>
public sealed class BarSeries : IReadOnlyList<Bar>
{
    private readonly BarColumns _columns;
    private readonly int _start;

    // Of bars without gaps the times follow from the first, so that a column of a run need not be fetched from memory.
    private readonly bool _isEven;
    private readonly long _firstOpenTime;
    private IReadOnlyList<Gap>? _gaps;

    internal BarSeries(Symbol symbol, Interval interval, BarColumns columns, int start, int count)
    {
        (Symbol, Interval, _columns, _start, Count) = (symbol, interval, columns, start, count);
        if (count > 0)
        {
            _firstOpenTime = columns.OpenTimes[start];
            _isEven = columns.OpenTimes[start + count - 1] - _firstOpenTime == (count - 1) * interval.Milliseconds;
        }
    }

    /// <summary>Gets the market.</summary>
    public Symbol Symbol { get; }

    /// <summary>Gets the length of the bars.</summary>
    public Interval Interval { get; }

    /// <summary>Gets the number of bars.</summary>
    public int Count { get; }

    /// <summary>Gets the open times in milliseconds since 1970-01-01 UTC.</summary>
    public ReadOnlySpan<long> OpenTimes => _columns.OpenTimes.AsSpan(_start, Count);

    /// <summary>Gets the first prices, in the quote asset.</summary>
    public ReadOnlySpan<double> Opens => _columns.Opens.AsSpan(_start, Count);

    /// <summary>Gets the highest prices, in the quote asset.</summary>
    public ReadOnlySpan<double> Highs => _columns.Highs.AsSpan(_start, Count);

    /// <summary>Gets the lowest prices, in the quote asset.</summary>
    public ReadOnlySpan<double> Lows => _columns.Lows.AsSpan(_start, Count);

    /// <summary>Gets the last prices, in the quote asset.</summary>
    public ReadOnlySpan<double> Closes => _columns.Closes.AsSpan(_start, Count);

    /// <summary>Gets the traded amounts of the base asset.</summary>
    public ReadOnlySpan<double> Volumes => _columns.Volumes.AsSpan(_start, Count);

    /// <summary>Gets the runs of bars that the source did not have, oldest first.</summary>
    /// <remarks>A slice lists only what is missing between its own first and last bar; of a filled run that its edge cuts
    /// through, the part inside. So every flat bar that stands for a missing one is listed, whatever the slice.</remarks>
    public IReadOnlyList<Gap> Gaps => _gaps ??= GapsInside();

    /// <summary>Gets one bar.</summary>
    /// <param name="index">The bar's place, 0 the oldest.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative or not below <see cref="Count"/>.</exception>
    public Bar this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return new Bar(this, index);
        }
    }

    /// <summary>Builds a series from bars.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="interval">The length that every bar must have.</param>
    /// <param name="gapPolicy">What to do about missing bars.</param>
    /// <param name="bars">The bars, oldest first.</param>
    /// <exception cref="ArgumentOutOfRangeException">No gap policy was chosen.</exception>
    /// <exception cref="BarDataException">A bar is out of order, doubled, off the grid, of another length, or missing under <see cref="GapPolicy.Reject"/>.</exception>
    public static BarSeries Create(Symbol symbol, Interval interval, GapPolicy gapPolicy, IEnumerable<Bar> bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        var builder = new BarSeriesBuilder(symbol, interval, gapPolicy, bars.TryGetNonEnumeratedCount(out var count) ? count : 0);
        foreach (var bar in bars)
        {
            builder.Add(bar);
        }

        return builder.Build();
    }

    /// <summary>Cuts out a part that shares this series' memory.</summary>
    /// <param name="start">The index of the first bar of the part.</param>
    /// <param name="length">The number of bars; 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie inside the series.</exception>
    public BarSeries Slice(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Count - start);
        return new BarSeries(Symbol, Interval, _columns, _start + start, length);
    }

    /// <summary>Cuts out the bars whose open time lies in a span of time.</summary>
    /// <param name="from">The earliest open time, inclusive.</param>
    /// <param name="to">The end of the open times, exclusive.</param>
    /// <returns>The part, which shares this series' memory; empty when <paramref name="to"/> is not after <paramref name="from"/>.</returns>
    public BarSeries Between(DateTimeOffset from, DateTimeOffset to)
    {
        var first = IndexAtOrAfter(from);
        return Slice(first, Math.Max(0, IndexAtOrAfter(to) - first));
    }

    /// <summary>Finds the first bar that opens at or after an instant.</summary>
    /// <param name="instant">The instant, of any offset.</param>
    /// <returns>Its index, or <see cref="Count"/> where there is none.</returns>
    public int IndexAtOrAfter(DateTimeOffset instant)
    {
        // Bars open on whole milliseconds, so an instant between two belongs to the later one.
        var milliseconds = instant.ToUnixTimeMilliseconds() + (instant.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
        return Count == 0 ? 0 : CountOpenBy(milliseconds - 1, 0, Count);
    }

    /// <summary>Gets the UTC instant at which a bar begins.</summary>
    /// <param name="index">The bar's place, 0 the oldest.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is negative or not below <see cref="Count"/>.</exception>
    public DateTimeOffset OpenTimeAt(int index) => DateTimeOffset.FromUnixTimeMilliseconds(MillisecondsAt(index));

    /// <summary>Gets the UTC instant, the exclusive end of a bar, from which it may be used in a decision.</summary>
    /// <param name="index">The bar's place, 0 the oldest.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is negative or not below <see cref="Count"/>.</exception>
    public DateTimeOffset CloseTimeAt(int index) => OpenTimeAt(index) + Interval.Length;

    /// <summary>Gets the instant at which a bar begins, in milliseconds since 1970-01-01 UTC.</summary>
    internal long MillisecondsAt(int index) =>
        _isEven && unchecked((uint)index) < unchecked((uint)Count) ? unchecked(_firstOpenTime + (index * Interval.Milliseconds)) : OpenTimes[index];

    /// <summary>Counts the bars, from one on, that open no later than an instant.</summary>
    /// <param name="latest">The instant, in milliseconds since 1970-01-01 UTC.</param>
    /// <param name="start">The first bar to look at.</param>
    /// <param name="most">How many bars to look at, 1 or more; the series must have so many more.</param>
    internal int CountOpenBy(long latest, int start, int most)
    {
        if (MillisecondsAt(start + most - 1) <= latest)
        {
            return most;
        }

        if (_isEven)
        {
            var first = MillisecondsAt(start);
            return latest < first ? 0 : (int)((latest - first) / Interval.Milliseconds) + 1;
        }

        var found = OpenTimes.Slice(start, most).BinarySearch(latest);
        return found < 0 ? ~found : found + 1;
    }

    /// <summary>Reads what trading a bar needs, without a span per column.</summary>
    internal void Read(int index, out long openTime, out double open, out double high, out double low, out double close)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(unchecked((uint)index), (uint)Count, nameof(index));
        var (columns, at) = (_columns, _start + index);
        (openTime, open, high, low, close) = (MillisecondsAt(index), columns.Opens[at], columns.Highs[at], columns.Lows[at], columns.Closes[at]);
    }

    /// <inheritdoc/>
    public IEnumerator<Bar> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return new Bar(this, i);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns the market, interval, number of bars and the span of time.</summary>
    public override string ToString() => Count == 0
        ? $"{Symbol} {Interval}: no bars"
        : $"{Symbol} {Interval}: {Count} bars from {OpenTimeAt(0):u} to {CloseTimeAt(Count - 1):u}";

    private ReadOnlyCollection<Gap> GapsInside()
    {
        var inside = new List<Gap>();
        if (Count > 0)
        {
            var (from, to) = (OpenTimeAt(0), CloseTimeAt(Count - 1));
            foreach (var gap in _columns.Gaps)
            {
                var end = gap.Start + (gap.Count * Interval.Length);
                var (start, stop) = (gap.Start < from ? from : gap.Start, end > to ? to : end);
                if (start < stop)
                {
                    inside.Add(gap with { Start = start, Count = (int)((stop - start) / Interval.Length) });
                }
            }
        }

        return inside.AsReadOnly();
    }
}
