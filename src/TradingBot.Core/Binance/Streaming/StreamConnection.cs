using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace TradingBot.Binance.Streaming;

/// <summary>One WebSocket connection whose messages can be waited for with a time limit, which a bare socket does not survive.</summary>
internal sealed class StreamConnection : IAsyncDisposable
{
    private const int LargestMessage = 4 * 1024 * 1024;
    private readonly WebSocket _socket;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly Channel<byte[]> _messages = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(1024) { SingleReader = true, SingleWriter = true });
    private readonly Task _pump;
    private string _endReason = "closed";

    private StreamConnection(WebSocket socket, TimeProvider time)
    {
        (_socket, _time) = (socket, time);
        _pump = Task.Run(PumpAsync);
    }

    public static async Task<StreamConnection> OpenAsync(SocketOpener opener, Uri address, TimeProvider time, CancellationToken cancellationToken) =>
        new(await opener(address, cancellationToken).ConfigureAwait(false), time);

    /// <summary>Opens a socket that answers pings, and sends its own to notice a dead peer.</summary>
    public static Task<WebSocket> OpenSocketAsync(Uri address, CancellationToken cancellationToken) =>
        OpenSocketAsync(address, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(30), cancellationToken);

    internal static async Task<WebSocket> OpenSocketAsync(Uri address, TimeSpan pingEvery, TimeSpan pongWithin, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = pingEvery;
        socket.Options.KeepAliveTimeout = pongWithin;
        try
        {
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Gets the next message, or nothing when none came in time, or why the stream has ended.</summary>
    public async ValueTask<StreamRead> ReadAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_messages.Reader.TryRead(out var ready))
        {
            return new StreamRead(ready, null);
        }

        if (timeout <= TimeSpan.Zero && !_messages.Reader.Completion.IsCompleted)
        {
            return default;
        }

        using var limit = new CancellationTokenSource(timeout > TimeSpan.Zero ? timeout : TimeSpan.FromTicks(1), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _messages.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false) && _messages.Reader.TryRead(out var message)
                ? new StreamRead(message, null)
                : new StreamRead(null, _endReason);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return default;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        _socket.Abort();
        await _pump.ConfigureAwait(false);
        _socket.Dispose();
        _ending.Dispose();
    }

    private async Task PumpAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.GetMemory(4096), _ending.Token).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    _endReason = $"closed by the exchange ({_socket.CloseStatus})";
                    break;
                }

                buffer.Advance(received.Count);
                if (buffer.WrittenCount > LargestMessage)
                {
                    _endReason = "a message was too long";
                    break;
                }

                if (received.EndOfMessage)
                {
                    await _messages.Writer.WriteAsync(buffer.WrittenSpan.ToArray(), _ending.Token).ConfigureAwait(false);
                    buffer.ResetWrittenCount();
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            _endReason = "the connection broke";
        }
        finally
        {
            _messages.Writer.TryComplete();
        }
    }
}
