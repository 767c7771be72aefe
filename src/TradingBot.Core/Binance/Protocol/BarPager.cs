using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Binance.Protocol;

/// <summary>Reads closed bars page by page, forward in time.</summary>
internal sealed class BarPager(BinanceTransport transport)
{
    private const string Path = "/fapi/v1/klines";
    private static readonly TimeSpan[] LateBarWaits = [TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1)];

    /// <summary>Gets the bars of a request; closed by the exchange's clock, ascending, none twice.</summary>
    public async Task<BarSeries> ReadAsync(BarRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Count ?? 1);
        var interval = request.Interval;
        var length = (long)interval.Length.TotalMilliseconds;
        var now = await transport.GetExchangeTimeAsync(cancellationToken).ConfigureAwait(false);

        // A bar has closed exactly when it opened before the bar that is open now.
        var open = interval.OpenTimeAt(now).ToUnixTimeMilliseconds();
        var end = request.To is { } to ? Math.Min(open, CeilingMilliseconds(to)) : open;

        var floor = request.From is { } from ? Math.Max(0, CeilingMilliseconds(from)) : 0;
        if (request.Count is not { } count)
        {
            return await ReadRangeAsync(request, floor, end, cancellationToken).ConfigureAwait(false);
        }

        // The grid tells where the latest bars should be; gaps push the start back until there are enough, or no earlier bars.
        var start = Math.Max(floor, FirstOpenTime(interval, end, count));
        for (var waits = end == open ? LateBarWaits : []; ; waits = [])
        {
            var bars = await ReadRangeAsync(request, start, end, waits, cancellationToken).ConfigureAwait(false);
            if (bars.Count >= count)
            {
                return bars.Slice(bars.Count - count, count);
            }

            if (request.From is null && floor == 0)
            {
                floor = await FirstListedAsync(request, cancellationToken).ConfigureAwait(false) ?? long.MaxValue;
            }

            if (start <= floor)
            {
                return bars;
            }

            start = Math.Max(floor, start - ((count - bars.Count) * length));
        }
    }

    /// <summary>Gets the latest rows as they stand, the open bar included.</summary>
    public async Task<KlinePage> ReadLatestAsync(Symbol symbol, Interval interval, int limit, CancellationToken cancellationToken)
    {
        var page = new KlinePage();
        await ReadPageAsync(page, symbol, interval, null, null, limit, cancellationToken).ConfigureAwait(false);
        return page;
    }

    /// <summary>Reads a range again, after each of the waits, while its last bar is missing: the exchange lists bars without trades too, so
    /// one that has just closed and does not show is late.</summary>
    private async Task<BarSeries> ReadRangeAsync(BarRequest request, long start, long end, TimeSpan[] waits, CancellationToken cancellationToken)
    {
        var last = FirstOpenTime(request.Interval, end, 1);
        foreach (var wait in waits)
        {
            var bars = await ReadRangeAsync(request, start, end, cancellationToken).ConfigureAwait(false);
            if (start > last || (bars.Count > 0 && bars.OpenTimes[^1] >= last))
            {
                return bars;
            }

            transport.Logger.LatestBarLate(request.Symbol.Id, request.Interval.ToString(), DateTimeOffset.FromUnixTimeMilliseconds(last), wait);
            await Task.Delay(wait, transport.Time, cancellationToken).ConfigureAwait(false);
        }

        return await ReadRangeAsync(request, start, end, cancellationToken).ConfigureAwait(false);
    }

    private async Task<BarSeries> ReadRangeAsync(BarRequest request, long start, long end, CancellationToken cancellationToken)
    {
        var length = (long)request.Interval.Length.TotalMilliseconds;
        var expected = start > 0 ? Math.Clamp((end - start + length - 1) / length, 0, 10_000_000) : 0;
        var builder = new BarSeriesBuilder(request.Symbol, request.Interval, request.GapPolicy, (int)expected);
        var page = new KlinePage();
        var next = start;
        while (next < end)
        {
            var limit = (int)Math.Min(KlinePage.MaxRows, ((end - next) + length - 1) / length);
            await ReadPageAsync(page, request.Symbol, request.Interval, next, end - 1, limit, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0)
            {
                break;
            }

            if (page.Rows[0].OpenTime < next)
            {
                throw new BarDataException(
                    $"{request.Symbol} {request.Interval}: the exchange answered bars from {DateTimeOffset.FromUnixTimeMilliseconds(page.Rows[0].OpenTime):u}, asked for were bars from {DateTimeOffset.FromUnixTimeMilliseconds(next):u}.");
            }

            next = Append(builder, request, page.Rows, end) + length;
        }

        return builder.Build();
    }

    private static long Append(BarSeriesBuilder builder, BarRequest request, ReadOnlySpan<Kline> rows, long end)
    {
        foreach (ref readonly var row in rows)
        {
            if (row.OpenTime >= end)
            {
                break;
            }

            if (builder.TryAdd(row.OpenTime, row.Open, row.High, row.Low, row.Close, row.Volume) is { } fault)
            {
                throw new BarDataException($"{request.Symbol} {request.Interval} of the exchange: {fault}.");
            }
        }

        return rows[^1].OpenTime;
    }

    private async Task<long?> FirstListedAsync(BarRequest request, CancellationToken cancellationToken)
    {
        var page = new KlinePage();
        await ReadPageAsync(page, request.Symbol, request.Interval, 0, null, 1, cancellationToken).ConfigureAwait(false);
        return page.Count == 0 ? null : page.Rows[0].OpenTime;
    }

    private Task<int> ReadPageAsync(
        KlinePage page, Symbol symbol, Interval interval, long? start, long? end, int limit, CancellationToken cancellationToken) =>
        transport.SendAsync(
            BinanceRequest.Get(Path, WeightOf(limit))
                .With("symbol", symbol.Id)
                .With("interval", interval.ToString())
                .With("startTime", start)
                .With("endTime", end)
                .With("limit", limit),
            page.Read,
            cancellationToken);

    // The bands are half-open: 100 rows already cost 2.
    internal static int WeightOf(int limit) => limit switch
    {
        < 100 => 1,
        < 500 => 2,
        <= 1000 => 5,
        _ => 10,
    };

    private static long FirstOpenTime(Interval interval, long end, int count)
    {
        var length = (long)interval.Length.TotalMilliseconds;
        var last = interval.OpenTimeAt(DateTimeOffset.FromUnixTimeMilliseconds(end - 1)).ToUnixTimeMilliseconds();
        return Math.Max(0, last - ((count - 1L) * length));
    }

    private static long CeilingMilliseconds(DateTimeOffset instant) =>
        instant.ToUnixTimeMilliseconds() + (instant.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
}
