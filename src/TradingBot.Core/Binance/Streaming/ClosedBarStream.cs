using System.Text.Json;
using System.Threading.Channels;
using TradingBot.Binance.Protocol;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Binance.Streaming;

/// <summary>Delivers each bar once, in order, when it has closed: from the stream, or by REST where the stream has nothing.</summary>
internal sealed class ClosedBarStream(BinanceClient client, SocketOpener opener, Symbol symbol, Interval interval, ChannelWriter<Bar> writer)
{
    // A quiet market may tell the end of a bar late.
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(5);
    private const int MaxSilentConnections = 2;
    private readonly string _name = $"{symbol.Id.ToLowerInvariant()}@kline_{interval}";
    private DateTimeOffset _next;
    private (long OpenTime, double Volume) _seen;
    private int _silentConnections;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // The first bar to deliver is the one that is open now.
        _next = interval.OpenTimeAt(await client.Market.GetExchangeTimeAsync(cancellationToken).ConfigureAwait(false));
        var address = new Uri(client.Options.EffectiveStreamAddress!, $"/market/ws/{Uri.EscapeDataString(symbol.Id.ToLowerInvariant())}@kline_{interval}");
        await new StreamSession(client, opener, _name).RunAsync(_ => Task.FromResult(address), UseAsync, cancellationToken).ConfigureAwait(false);
    }

    private async Task<StreamOutcome> UseAsync(StreamConnection connection, CancellationToken cancellationToken)
    {
        await DeliverByRestAsync(null, cancellationToken).ConfigureAwait(false);
        var latest = await LatestAsync(cancellationToken).ConfigureAwait(false);
        _seen = latest.Count == 0 ? default : (latest.Rows[^1].OpenTime, latest.Rows[^1].Volume);
        var (opened, heard) = (client.Time.GetTimestamp(), client.Time.GetTimestamp());
        var (served, lateChecks) = (false, 0);
        while (true)
        {
            var now = await client.Market.GetExchangeTimeAsync(cancellationToken).ConfigureAwait(false);
            var untilLate = _next + interval.Length + (CloseGrace * (lateChecks + 1)) - now;
            var untilSilent = client.Options.StreamSilence - client.Time.GetElapsedTime(heard);
            var untilOld = StreamSession.MaxAge - client.Time.GetElapsedTime(opened);
            var read = await connection.ReadAsync(Min(untilLate, untilSilent, untilOld), cancellationToken).ConfigureAwait(false);
            if (read.EndReason is { } ended)
            {
                return new StreamOutcome(ended, served);
            }

            if (read.Message is { } message)
            {
                heard = client.Time.GetTimestamp();
                if (await TakeAsync(message, cancellationToken).ConfigureAwait(false))
                {
                    (served, lateChecks, _silentConnections) = (true, 0, 0);
                }
            }
            else if (untilOld <= TimeSpan.Zero)
            {
                return new StreamOutcome("a day old", true);
            }
            else if (untilSilent <= TimeSpan.Zero)
            {
                if (await IsSilentAsync(connection, cancellationToken).ConfigureAwait(false))
                {
                    return Silent();
                }

                heard = client.Time.GetTimestamp();
            }
            else if (untilLate <= TimeSpan.Zero)
            {
                lateChecks = await DeliverByRestAsync(null, cancellationToken).ConfigureAwait(false) > 0 ? 0 : lateChecks + 1;
            }
        }
    }

    /// <summary>Takes over a message; <see langword="false"/> when it is no bar of this stream.</summary>
    private async Task<bool> TakeAsync(byte[] message, CancellationToken cancellationToken)
    {
        KlineEvent.KlineBody kline;
        Bar? bar;
        try
        {
            if (UserEventReader.KindOf(message) != "kline")
            {
                return false;
            }

            kline = JsonSerializer.Deserialize(message, BinanceJson.Default.KlineEvent)!.Kline;
            if (kline.Symbol != symbol.Id || kline.Interval != interval.ToString())
            {
                return false;
            }

            bar = kline.IsClosed
                ? new Bar(DateTimeOffset.FromUnixTimeMilliseconds(kline.OpenTime), interval.Length, kline.Open, kline.High, kline.Low, kline.Close, kline.Volume)
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // The bar will be late, and then comes by REST.
            client.Logger.StreamMessageUnreadable(_name, e.GetType().Name, (e as JsonException)?.Path);
            return false;
        }

        _seen = (kline.OpenTime, kline.Volume);
        if (bar is { } closed && closed.OpenTime >= _next)
        {
            client.Transport.Clock.HasPassed(closed.CloseTime);
            await DeliverByRestAsync(closed.OpenTime, cancellationToken).ConfigureAwait(false);
            await DeliverAsync(closed, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Delivers the bars that have closed since the last one, up to an open time if one is given.</summary>
    private async Task<int> DeliverByRestAsync(DateTimeOffset? to, CancellationToken cancellationToken)
    {
        if (to <= _next)
        {
            return 0;
        }

        var bars = await client.Market.GetBarsAsync(
            new BarRequest { Symbol = symbol, Interval = interval, GapPolicy = GapPolicy.Flag, From = _next, To = to }, cancellationToken).ConfigureAwait(false);
        foreach (var bar in bars)
        {
            await DeliverAsync(bar, cancellationToken).ConfigureAwait(false);
        }

        if (bars.Count > 0)
        {
            client.Logger.StreamGapFilled(_name, bars.Count);
        }

        return bars.Count;
    }

    private async ValueTask DeliverAsync(Bar bar, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(bar, cancellationToken).ConfigureAwait(false);
        _next = bar.CloseTime;
    }

    // The bar that is open may be too young for a trade; the one before it then tells.
    private Task<KlinePage> LatestAsync(CancellationToken cancellationToken) =>
        client.Market.GetLatestKlinesAsync(symbol, interval, 2, cancellationToken);

    private bool HasTraded(ReadOnlySpan<Kline> rows)
    {
        foreach (ref readonly var row in rows)
        {
            if (row.OpenTime >= _seen.OpenTime && row.Volume > (row.OpenTime == _seen.OpenTime ? _seen.Volume : 0))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Tells whether the exchange has traded since the last message, and still says nothing.</summary>
    private async Task<bool> IsSilentAsync(StreamConnection connection, CancellationToken cancellationToken)
    {
        var latest = await LatestAsync(cancellationToken).ConfigureAwait(false);
        if (!HasTraded(latest.Rows))
        {
            return false;
        }

        // The message about these trades may be on its way.
        var read = await connection.ReadAsync(CloseGrace, cancellationToken).ConfigureAwait(false);
        return read.Message is null || !await TakeAsync(read.Message, cancellationToken).ConfigureAwait(false);
    }

    private StreamOutcome Silent()
    {
        client.Logger.StreamSilent(_name);
        _silentConnections++;
        return _silentConnections < MaxSilentConnections
            ? new StreamOutcome("silent while the exchange trades", false)
            : throw new ExchangeException(
                ExchangeErrorKind.Rejected,
                $"Stream {_name} is connected but silent while the REST service shows trades, on {MaxSilentConnections} connections in a row; expected its events at {client.Options.EffectiveStreamAddress!.Host}.");
    }

    private static TimeSpan Min(TimeSpan first, TimeSpan second, TimeSpan third) =>
        TimeSpan.FromTicks(Math.Min(first.Ticks, Math.Min(second.Ticks, third.Ticks)));
}
