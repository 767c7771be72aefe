namespace TradingBot.Market;

/// <summary>Collects bars one by one into a <see cref="BarSeries"/>, checking each against those before it.</summary>
public sealed class BarSeriesBuilder
{
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
    /// <param name="capacity">The number of bars to make room for; it grows as needed.</param>
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

    /// <summary>Adds the next bar.</summary>
    /// <exception cref="BarDataException">The bar's length is not the interval, its open time is off the grid or not after the last bar's,
    /// or bars are missing before it under <see cref="GapPolicy.Reject"/>.</exception>
    public void Add(in Bar bar)
    {
        if (bar.Length != _interval.Length)
        {
            throw new BarDataException($"The bar of {bar.OpenTime:u} covers {bar.Length}, expected {_interval.Length} for interval {_interval}.");
        }

        if (TryAdd(bar.OpenTime.ToUnixTimeMilliseconds(), bar.Open, bar.High, bar.Low, bar.Close, bar.Volume) is { } fault)
        {
            throw new BarDataException(fault);
        }
    }

    /// <summary>Builds the series; the builder may not be used afterwards.</summary>
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

    /// <summary>Adds the next bar, or says why it cannot be added.</summary>
    internal string? TryAdd(long openTime, double open, double high, double low, double close, double volume)
    {
        var instant = DateTimeOffset.FromUnixTimeMilliseconds(openTime);
        if (Bar.FaultOf(open, high, low, close, volume) is { } fault)
        {
            return $"the bar of {instant:u} is impossible: {fault}";
        }

        if (!_interval.IsOpenTime(instant))
        {
            return $"open time {instant:yyyy-MM-dd HH:mm:ss.fff}Z is not on the grid of interval {_interval}; the bar before it on the grid opens at {_interval.OpenTimeAt(instant):u}";
        }

        if (Count > 0 && CheckOrder(openTime, instant) is { } disorder)
        {
            return disorder;
        }

        Append(openTime, open, high, low, close, volume);
        return null;
    }

    private string? CheckOrder(long openTime, DateTimeOffset instant)
    {
        var last = _openTimes[Count - 1];
        if (openTime <= last)
        {
            return openTime == last
                ? $"the bar of {instant:u} occurs twice"
                : $"the bar of {instant:u} comes after the bar of {DateTimeOffset.FromUnixTimeMilliseconds(last):u}; expected ascending open times";
        }

        var missing = checked((int)((openTime - last) / _length) - 1);
        if (missing == 0)
        {
            return null;
        }

        var start = DateTimeOffset.FromUnixTimeMilliseconds(last + _length);
        if (_gapPolicy == GapPolicy.Reject)
        {
            return $"{missing} bar(s) missing from {start:u} to {instant:u}; the gap policy is {nameof(GapPolicy.Reject)}";
        }

        _gaps.Add(new Gap(start, missing, _gapPolicy == GapPolicy.Fill));
        if (_gapPolicy == GapPolicy.Fill)
        {
            var close = _closes[Count - 1];
            for (var i = 1; i <= missing; i++)
            {
                Append(last + (i * _length), close, close, close, close, 0);
            }
        }

        return null;
    }

    private void Append(long openTime, double open, double high, double low, double close, double volume)
    {
        if (Count == _openTimes.Length)
        {
            Grow();
        }

        _openTimes[Count] = openTime;
        _opens[Count] = open;
        _highs[Count] = high;
        _lows[Count] = low;
        _closes[Count] = close;
        _volumes[Count] = volume;
        Count++;
    }

    private void Grow()
    {
        var capacity = Math.Max(256, Count * 2);
        Array.Resize(ref _openTimes, capacity);
        Array.Resize(ref _opens, capacity);
        Array.Resize(ref _highs, capacity);
        Array.Resize(ref _lows, capacity);
        Array.Resize(ref _closes, capacity);
        Array.Resize(ref _volumes, capacity);
    }
}
