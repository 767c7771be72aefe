using TradingBot.FakeBinance.Protocol;
using TradingBot.Market;

namespace TradingBot.FakeBinance.Venue;

/// <summary>The market's bars and the place in them: those before the running bar are closed, of the running one only the open is known.</summary>
internal sealed class BarFeed
{
    private readonly BarSeries _bars;
    private readonly long _length;

    internal BarFeed(BarSeries bars, int running)
    {
        (_bars, Running) = (bars, running);
        _length = Milliseconds(bars.Interval);
    }

    internal BarSeries Bars => _bars;

    internal int Running { get; private set; }

    internal bool HasRunning => Running < _bars.Count;

    /// <summary>Gets the end of the last closed bar, which is the open time of the running one.</summary>
    internal long Boundary => HasRunning ? _bars.OpenTimes[Running] : _bars.OpenTimes[^1] + _length;

    /// <summary>Gets the end of the running bar.</summary>
    internal long RunningEnd => HasRunning ? Boundary + _length : long.MaxValue;

    /// <summary>Gets the last known price: the open of the running bar, or the last close when there is none.</summary>
    internal decimal Price => JsonNumbers.Exactly(HasRunning ? _bars.Opens[Running] : _bars.Closes[^1]);

    /// <summary>Gets the open of the bar that holds a past instant, or the last known price.</summary>
    internal decimal PriceAt(long time)
    {
        var index = _bars.IndexAtOrAfter(_bars.Interval.OpenTimeAt(Instant(time)));
        return index < Running ? JsonNumbers.Exactly(_bars.Opens[index]) : Price;
    }

    internal bool Serves(Interval interval) => Milliseconds(interval) is var length && length >= _length && length % _length == 0;

    internal void MoveOn() => Running++;

    /// <summary>Gets the row that is now forming.</summary>
    internal Kline? Forming(Interval interval) => HasRunning ? RowAt(interval, interval.OpenTimeAt(Instant(Boundary)), Running + 1) : null;

    /// <summary>Gets the row that ended at the boundary, or <see langword="null"/> where none did.</summary>
    internal Kline? JustClosed(Interval interval)
    {
        var last = _bars.OpenTimeAt(Running - 1);
        var row = RowAt(interval, interval.OpenTimeAt(last), Running);
        return row.IsClosed && row.EndTime == last.ToUnixTimeMilliseconds() + _length ? row : null;
    }

    /// <summary>Gets rows as the exchange does: forward from a start, else the latest.</summary>
    /// <param name="interval">An interval that is served.</param>
    /// <param name="start">The earliest open time, or <see langword="null"/>.</param>
    /// <param name="end">The latest open time, or <see langword="null"/>.</param>
    /// <param name="limit">The most rows.</param>
    /// <param name="hidden">How many of the latest closed bars are not there yet; then there is no running one either.</param>
    internal IReadOnlyList<Kline> Rows(Interval interval, long? start, long? end, int limit, int hidden)
    {
        var known = hidden > 0 ? Math.Max(0, Running - hidden) : Math.Min(Running + 1, _bars.Count);
        var rows = new List<Kline>();
        if (known == 0)
        {
            return rows;
        }

        var latest = Math.Min(_bars.OpenTimes[known - 1], end ?? long.MaxValue);
        if (latest < _bars.OpenTimes[0])
        {
            return rows;
        }

        var length = Milliseconds(interval);
        var last = interval.OpenTimeAt(Instant(latest)).ToUnixTimeMilliseconds();
        var earliest = interval.OpenTimeAt(_bars.OpenTimeAt(0)).ToUnixTimeMilliseconds();
        var first = start is { } from
            ? Math.Max(earliest, FirstAtOrAfter(interval, from))
            : Math.Max(earliest, last - ((limit - 1L) * length));
        for (var open = first; open <= last && rows.Count < limit; open += length)
        {
            rows.Add(RowAt(interval, Instant(open), known));
        }

        return rows;
    }

    private static long FirstAtOrAfter(Interval interval, long from)
    {
        var instant = Instant(Math.Clamp(from, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() - Milliseconds(interval)));
        return interval.OpenTimeAt(instant).ToUnixTimeMilliseconds() + (interval.IsOpenTime(instant) ? 0 : Milliseconds(interval));
    }

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static long Milliseconds(Interval interval) => interval.Length.Ticks / TimeSpan.TicksPerMillisecond;

    // The bars of one row, of which the first 'known' may be seen and the running one only by its open.
    private Kline RowAt(Interval interval, DateTimeOffset open, int known)
    {
        var start = open.ToUnixTimeMilliseconds();
        var end = start + Milliseconds(interval);
        var first = _bars.IndexAtOrAfter(open);
        var stop = Math.Min(known, _bars.IndexAtOrAfter(Instant(end)));
        var row = default(Kline);
        for (var i = first; i < stop; i++)
        {
            var opened = JsonNumbers.Exactly(_bars.Opens[i]);
            var (high, low, close, volume) = i == Running
                ? (opened, opened, opened, 0)
                : (JsonNumbers.Exactly(_bars.Highs[i]), JsonNumbers.Exactly(_bars.Lows[i]), JsonNumbers.Exactly(_bars.Closes[i]), JsonNumbers.Exactly(_bars.Volumes[i]));
            row = i == first
                ? new Kline(start, end, opened, high, low, close, volume, IsClosed: false)
                : row with { High = Math.Max(row.High, high), Low = Math.Min(row.Low, low), Close = close, Volume = row.Volume + volume };
        }

        return row with { IsClosed = end <= Boundary };
    }
}
