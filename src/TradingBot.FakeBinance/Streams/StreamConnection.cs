using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace TradingBot.FakeBinance.Streams;

/// <summary>One stream connection: its subscriptions, and the queue of what it is yet to be sent.</summary>
internal sealed class StreamConnection : IDisposable
{
    private const int MostBytes = 1 << 20;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Channel<byte[]> _queue = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _aborted;
    private readonly StreamGroup _group;
    private readonly IReadOnlyList<string> _events;

    internal StreamConnection(StreamPath path, CancellationToken closing)
    {
        (_group, _events, IsCombined) = (path.Group, path.Events, path.IsCombined);
        _aborted = CancellationTokenSource.CreateLinkedTokenSource(closing);
    }

    /// <summary>Gets or sets a value indicating whether events come in a wrapper that names their stream.</summary>
    internal bool IsCombined { get; set; }

    public void Dispose() => _aborted.Dispose();

    internal IReadOnlyList<string> Names()
    {
        lock (_gate)
        {
            return [.. _names];
        }
    }

    internal void Subscribe(string name)
    {
        lock (_gate)
        {
            _names.Add(name);
        }
    }

    internal void Unsubscribe(string name)
    {
        lock (_gate)
        {
            _names.Remove(name);
        }
    }

    /// <summary>Queues an event if it is subscribed to and belongs to the connection's group.</summary>
    internal void Offer(StreamMessage message)
    {
        if (message.Group != _group || (_events.Count > 0 && !_events.Contains(message.Event, StringComparer.Ordinal)))
        {
            return;
        }

        lock (_gate)
        {
            if (_names.Contains(message.Stream))
            {
                _queue.Writer.TryWrite(IsCombined ? message.Wrapped(message.Stream) : message.Json);
            }
        }
    }

    internal void Answer(string json) => _queue.Writer.TryWrite(Encoding.UTF8.GetBytes(json));

    internal void Abort() => _aborted.Cancel();

    /// <summary>Sends and receives until either side ends the connection.</summary>
    internal async Task RunAsync(WebSocket socket, Action<string> onText, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_aborted.Token, cancellationToken);
        var sending = SendAsync(socket, ending.Token);
        try
        {
            while (await ReceiveAsync(socket, ending.Token).ConfigureAwait(false) is { } text)
            {
                onText(text);
            }

            _queue.Writer.TryComplete();
            await sending.ConfigureAwait(false);
            if (socket.State == WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ending.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The other side is gone, or the server ends the connection.
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            socket.Abort();
        }
    }

    private static async Task<string?> ReceiveAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        var buffer = new byte[4_096];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close || text.Length + part.Count > MostBytes)
            {
                return null;
            }

            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
            }
        }
    }

    private async Task SendAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        await foreach (var message in _queue.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await socket.SendAsync(message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
        }
    }
}
