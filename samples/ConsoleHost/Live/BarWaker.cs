using System.Runtime.CompilerServices;
using TradingBot.Binance;
using TradingBot.Market;
using TradingBot.Trading;

namespace ConsoleHost.Live;

/// <summary>Tells when a bar has closed: by the exchange's stream, or by asking every few seconds.</summary>
internal sealed class BarWaker(BinanceClient client, Symbol symbol, Interval interval, BinanceStreams? streams = null)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(2);

    public string Name => streams is null ? "polling" : "stream";

    /// <summary>Delivers the time of each close, beginning with that of the bar that is open now.</summary>
    public async IAsyncEnumerable<DateTimeOffset> ClosesAsync(
        TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (streams is not null)
        {
            await foreach (var bar in streams.ClosedBarsAsync(symbol, interval, cancellationToken))
            {
                yield return bar.CloseTime;
            }

            yield break;
        }

        var next = interval.OpenTimeAt(await client.Market.GetServerTimeAsync(cancellationToken)) + interval.Length;
        while (true)
        {
            await Task.Delay(PollEvery, time, cancellationToken);
            if (await NowAsync(cancellationToken) is { } now && now >= next)
            {
                var closed = interval.OpenTimeAt(now);
                yield return closed;
                next = closed + interval.Length;
            }
        }
    }

    // A look that fails for the moment is followed by another anyway.
    private async Task<DateTimeOffset?> NowAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await client.Market.GetServerTimeAsync(cancellationToken);
        }
        catch (ExchangeException e) when (e.IsTransient)
        {
            return null;
        }
    }
}
