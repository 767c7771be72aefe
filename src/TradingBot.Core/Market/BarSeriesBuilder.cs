namespace TradingBot.Market;

/// <summary>Collects bars one by one into a <see cref="BarSeries"/>, checking each against those before it.</summary>
public sealed class BarSeriesBuilder
{
    private static readonly long EarliestOpenTime = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long LatestCloseTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    private readonly Symbol _symbol;
    private readonly Interval _interval;
    private readonly GapPolicy _gapPolicy;
    private readonly List<Gap> _gaps = [];
    private readonly long _length;
    private long[] _openTimes;
    private double[] _opens;
    private double[] _highs;
    private double[] _lows;
    private double[] _closes;
    private double[] _volumes;

    /// <summary>Initializes a builder.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="interval">The length that every bar must have.</param>
    /// <param name="gapPolicy">What to do about missing bars.</param>
    /// <param name="capacity">The number of bars to make room for, 0 or more; it grows as needed.</param>
    /// <exception cref="ArgumentOutOfRangeException">No gap policy was chosen, or the capacity is negative.</exception>
    public BarSeriesBuilder(Symbol symbol, Interval interval, GapPolicy gapPolicy, int capacity = 0)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        ArgumentNullException.ThrowIfNull(interval);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        if (!Enum.IsDefined(gapPolicy))
        {
            throw new ArgumentOutOfRangeException(nameof(gapPolicy), gapPolicy, "A gap policy must be chosen: Reject, Flag or Fill.");
        }

        (_symbol, _interval, _gapPolicy) = (symbol, interval, gapPolicy);
        _length = (long)interval.Length.TotalMilliseconds;
        _openTimes = new long[capacity];
        _opens = new double[capacity];
        _highs = new double[capacity];
        _lows = new double[capacity];
        _closes = new double[capacity];
        _volumes = new double[capacity];
    }

    /// <summary>Gets the number of bars so far, filled ones included.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the next bar. A bar that is refused leaves the builder as it was.</summary>
    /// <param name="bar">The bar; later than every bar before it.</param>
    /// <exception cref="BarDataException">The bar's length is not the interval, its open time is off the grid or not after the last bar's,
    /// or bars are missing before it under <see cref="GapPolicy.Reject"/>.</exception>
    public void Add(in Bar bar)
    {
        if (bar.Length != _interval.Length)
        {
            throw new BarDataException($"The bar of {bar.OpenTime:u} covers {bar.Length}, expected {_interval.Length} for interval {_interval}.");
        }

        // Milliseconds alone would hide a part of one.
        if (!_interval.IsOpenTime(bar.OpenTime))
        {
            throw new BarDataException(OffGrid(bar.OpenTime));
        }

        if (TryAdd(bar.OpenTime.ToUnixTimeMilliseconds(), bar.Open, bar.High, bar.Low, bar.Close, bar.Volume) is { } fault)
        {
            throw new BarDataException(fault);
        }
    }

    /// <summary>Builds the series of the bars so far. Bars that are added later do not change it.</summary>
    /// <returns>The series; empty when no bar was added.</returns>
    public BarSeries Build()
    {
        Array.Resize(ref _openTimes, Count);
        Array.Resize(ref _opens, Count);
        Array.Resize(ref _highs, Count);
        Array.Resize(ref _lows, Count);
        Array.Resize(ref _closes, Count);
        Array.Resize(ref _volumes, Count);
        return new BarSeries(_symbol, _interval, new BarColumns(_openTimes, _opens, _highs, _lows, _closes, _volumes, [.. _gaps]), 0, Count);
    }

    /// <summary>Adds the next bar, its open time in milliseconds since 1970-01-01 UTC, or says why it cannot be added.</summary>
    internal string? TryAdd(long openTime, double open, double high, double low, double close, double volume)
    {
        if (openTime < EarliestOpenTime || openTime > LatestCloseTime - _length)
        {
            return $"open time {openTime} ms since 1970-01-01 is outside the calendar; expected from {EarliestOpenTime} to {LatestCloseTime - _length}";
        }

        var instant = DateTimeOffset.FromUnixTimeMilliseconds(openTime);
        if (Bar.FaultOf(open, high, low, close, volume) is { } fault)
        {
            return $"the bar of {instant:u} is impossible: {fault}";
        }

        if (!_interval.IsOpenTime(instant))
        {
            return OffGrid(instant);
        }

        if (Count > 0 && CheckOrder(openTime, instant) is { } disorder)
        {
            return disorder;
        }

        Append(openTime, open, high, low, close, volume);
        return null;
    }

    private string OffGrid(DateTimeOffset instant) =>
        $"open time {instant:yyyy-MM-dd HH:mm:ss.FFFFFFF}Z is not on the grid of interval {_interval}; the nearest bar before it opens at {_interval.OpenTimeAt(instant):u}";

    private string? CheckOrder(long openTime, DateTimeOffset instant)
    {
        var last = _openTimes[Count - 1];
        if (openTime <= last)
        {
            return openTime == last
                ? $"the bar of {instant:u} occurs twice"
                : $"the bar of {instant:u} comes after the bar of {DateTimeOffset.FromUnixTimeMilliseconds(last):u}; expected ascending open times";
        }

        var missingBars = ((openTime - last) / _length) - 1;
        if (missingBars == 0)
        {
            return null;
        }

        if (missingBars > Array.MaxLength - Count - 1)
        {
            return $"the bar of {instant:u} comes {missingBars} bars after the bar of {DateTimeOffset.FromUnixTimeMilliseconds(last):u}; expected a gap that a series could hold";
        }

        var missing = (int)missingBars;
        var start = DateTimeOffset.FromUnixTimeMilliseconds(last + _length);
        if (_gapPolicy == GapPolicy.Reject)
        {
            return $"{missing} bar(s) missing from {start:u} to {instant:u}; the gap policy is {nameof(GapPolicy.Reject)}";
        }

        _gaps.Add(new Gap(start, missing, _gapPolicy == GapPolicy.Fill));
        if (_gapPolicy == GapPolicy.Fill)
        {
            var close = _closes[Count - 1];
            Reserve(Count + missing + 1);
            for (var i = 1; i <= missing; i++)
            {
                Append(last + (i * _length), close, close, close, close, 0);
            }
        }

        return null;
    }

    private void Append(long openTime, double open, double high, double low, double close, double volume)
    {
        Reserve(Count + 1);
        _openTimes[Count] = openTime;
        _opens[Count] = open;
        _highs[Count] = high;
        _lows[Count] = low;
        _closes[Count] = close;
        _volumes[Count] = volume;
        Count++;
    }

    private void Reserve(int count)
    {
        if (count <= _openTimes.Length)
        {
            return;
        }

        var capacity = (int)Math.Min(Array.MaxLength, Math.Max(256, Math.Max(count, 2L * Count)));
        Array.Resize(ref _openTimes, capacity);
        Array.Resize(ref _opens, capacity);
        Array.Resize(ref _highs, capacity);
        Array.Resize(ref _lows, capacity);
        Array.Resize(ref _closes, capacity);
        Array.Resize(ref _volumes, capacity);
    }
}
