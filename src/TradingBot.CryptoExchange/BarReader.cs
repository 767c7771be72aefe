using CryptoExchange.Net.Objects;
using CryptoExchange.Net.SharedApis;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.CryptoExchange;

/// <summary>Reads closed bars page by page, forward in time.</summary>
internal sealed class BarReader(SharedConnection connection)
{
    private IKlineRestClient Client => connection.Client.As<IKlineRestClient>();

    /// <summary>Gets the bars of a request; closed by the exchange's clock, ascending, none twice.</summary>
    public async Task<BarSeries> ReadAsync(BarRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Count ?? 1);
        var floor = request.From is { } from ? FirstOpenTime(request.Interval, from) : DateTimeOffset.UnixEpoch;
        if (request.Count is not { } count)
        {
            return await ReadRangeAsync(request, floor, cancellationToken).ConfigureAwait(false);
        }

        // The grid tells where the latest bars should be; gaps push the start back until there are enough, or a whole page more has none.
        var (end, start, before) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue, -1);
        while (true)
        {
            // Where the bars end is known for sure after the first answer, which tells the exchange's time.
            if (LatestEnd(request) is var latest && latest != end)
            {
                (end, start, before) = (latest, Later(floor, Back(request.Interval, latest, count)), -1);
            }

            var bars = await ReadRangeAsync(request, start, cancellationToken).ConfigureAwait(false);
            if (bars.Count >= count)
            {
                return bars[^count..];
            }

            if (LatestEnd(request) == end)
            {
                if (start <= floor || bars.Count == before)
                {
                    return bars;
                }

                before = bars.Count;
                start = Later(floor, Back(request.Interval, start, Math.Max(count - bars.Count, Client.GetKlinesOptions.MaxLimit)));
            }
        }
    }

    // The end of the open times of closed bars, as far as the exchange's time is known.
    private DateTimeOffset LatestEnd(BarRequest request) =>
        Earlier(request.Interval.OpenTimeAt(connection.Clock.Now), request.To is { } to ? FirstOpenTime(request.Interval, to) : DateTimeOffset.MaxValue);

    /// <summary>Tells the family's name of an interval, or <see langword="null"/> where it has none or the exchange lacks it.</summary>
    public static SharedKlineInterval? NameOf(Interval interval, IKlineRestClient client)
    {
        var name = (SharedKlineInterval)(int)interval.Length.TotalSeconds;
        return Enum.IsDefined(name) && client.GetKlinesOptions.IsSupported(name) ? name : null;
    }

    private async Task<BarSeries> ReadRangeAsync(BarRequest request, DateTimeOffset start, CancellationToken cancellationToken)
    {
        var (builder, length) = (new BarSeriesBuilder(request.Symbol, request.Interval, request.GapPolicy), request.Interval.Length);
        var (next, end) = (start, request.To ?? DateTimeOffset.MaxValue);
        while (next < end)
        {
            // The open bar too, and one more: this machine's clock may be behind.
            var expected = (Earlier(end, connection.Clock.Now) - next) / length;
            var limit = (int)Math.Clamp(expected + 2, 1, Client.GetKlinesOptions.MaxLimit);
            var answer = await ReadPageAsync(request, next, limit, cancellationToken).ConfigureAwait(false);

            // A bar has closed exactly when it opened before the bar that was open as the answer was made.
            end = Earlier(end, request.Interval.OpenTimeAt(connection.Clock.MadeAt(answer)));
            var rows = answer.Data!;
            if (rows.Length == 0)
            {
                break;
            }

            next = Append(builder, request, rows, next, end) + length;
        }

        return builder.Build();
    }

    private Task<HttpResult<SharedKline[]>> ReadPageAsync(BarRequest request, DateTimeOffset from, int limit, CancellationToken cancellationToken)
    {
        var name = NameOf(request.Interval, Client)
            ?? throw new ExchangeException(ExchangeErrorKind.Rejected, $"{connection.Client.Name} has no bars of {request.Interval} in the shared interfaces.");
        var page = new GetKlinesRequest(ListedSymbol.NameOf(request.Symbol), name, from.UtcDateTime, limit: limit, direction: DataDirection.Ascending);
        return connection.Calls.ReadAsync("read bars", token => Client.GetKlinesAsync(page, ct: token), cancellationToken);
    }

    private static DateTimeOffset Append(BarSeriesBuilder builder, BarRequest request, SharedKline[] rows, DateTimeOffset from, DateTimeOffset end)
    {
        var last = OpenTimeOf(rows[^1]);
        if (OpenTimeOf(rows[0]) < from || last < OpenTimeOf(rows[0]))
        {
            throw new BarDataException($"{request.Symbol} {request.Interval}: the exchange answered bars from {OpenTimeOf(rows[0]):u} to {last:u}, asked for were bars from {from:u} forward.");
        }

        foreach (var row in rows)
        {
            var open = OpenTimeOf(row);
            if (open >= end)
            {
                break;
            }

            try
            {
                builder.Add(new Bar(open, request.Interval.Length, (double)row.OpenPrice, (double)row.HighPrice, (double)row.LowPrice, (double)row.ClosePrice, (double)row.Volume));
            }
            catch (ArgumentException e)
            {
                throw new BarDataException($"{request.Symbol} {request.Interval} of the exchange: the bar of {open:u} is none: {e.Message}", e);
            }
        }

        return last;
    }

    private static DateTimeOffset OpenTimeOf(SharedKline row) => new(DateTime.SpecifyKind(row.OpenTime, DateTimeKind.Utc));

    private static DateTimeOffset FirstOpenTime(Interval interval, DateTimeOffset notBefore) =>
        interval.IsOpenTime(notBefore) ? notBefore : interval.OpenTimeAt(notBefore) + interval.Length;

    private static DateTimeOffset Back(Interval interval, DateTimeOffset from, int count) =>
        (from - DateTimeOffset.UnixEpoch) / interval.Length <= count ? DateTimeOffset.UnixEpoch : from - (count * interval.Length);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
