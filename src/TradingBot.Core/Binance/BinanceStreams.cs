using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TradingBot.Binance.Streaming;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Listens to the exchange's streams. A lost connection is made again by itself; every enumeration is a connection of its own.</summary>
public sealed class BinanceStreams
{
    private readonly BinanceClient _client;
    private readonly SocketOpener _opener;

    /// <summary>Initializes the streams.</summary>
    /// <param name="client">The connection; account events need its credentials.</param>
    /// <exception cref="ArgumentException">The client's options name no address of streams.</exception>
    public BinanceStreams(BinanceClient client)
        : this(client, StreamConnection.OpenSocketAsync)
    {
    }

    internal BinanceStreams(BinanceClient client, SocketOpener opener)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (client.Options.EffectiveStreamAddress is null)
        {
            throw new ArgumentException($"Streams need an address; set {nameof(BinanceOptions)}.{nameof(BinanceOptions.StreamAddress)}.", nameof(client));
        }

        (_client, _opener) = (client, opener);
    }

    /// <summary>Delivers bars as they close, beginning with the one that is open now: each once and in order, also those that closed
    /// while the connection was lost. Bars that the exchange does not have are skipped.</summary>
    /// <exception cref="ExchangeException">The exchange refuses for good, or the stream stays silent while the exchange trades.</exception>
    public IAsyncEnumerable<Bar> ClosedBarsAsync(Symbol symbol, Interval interval, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        ArgumentNullException.ThrowIfNull(interval);
        return ReadAsync<Bar>((writer, token) => new ClosedBarStream(_client, _opener, symbol, interval, writer).RunAsync(token), cancellationToken);
    }

    /// <summary>Delivers the events of the account. After each <see cref="BinanceStreamConnected"/> the state must be read anew, as the
    /// exchange does not repeat what was missed. A fill is delivered once, even if the exchange repeats it; events of different kinds may
    /// overtake one another, so an order's filled quantity tells which of two states is the later.</summary>
    /// <exception cref="ExchangeException">The exchange refuses for good, for instance the key.</exception>
    public IAsyncEnumerable<BinanceUserEvent> UserEventsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<BinanceUserEvent>((writer, token) => new UserEventStream(_client, _opener, writer).RunAsync(token), cancellationToken);

    private static async IAsyncEnumerable<T> ReadAsync<T>(
        Func<ChannelWriter<T>, CancellationToken, Task> run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(256) { SingleReader = true, SingleWriter = true });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = RunAsync(run, channel.Writer, ending.Token);
        try
        {
            await foreach (var item in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
    }

    // Never faults itself: the failure goes to the reader, after what was delivered before it.
    private static async Task RunAsync<T>(Func<ChannelWriter<T>, CancellationToken, Task> run, ChannelWriter<T> writer, CancellationToken cancellationToken)
    {
        try
        {
            await run(writer, cancellationToken).ConfigureAwait(false);
            writer.TryComplete();
        }
        catch (Exception e)
        {
            writer.TryComplete(e);
        }
    }
}
