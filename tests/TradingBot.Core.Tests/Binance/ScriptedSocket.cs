using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace TradingBot.Core.Tests.Binance;

/// <summary>A socket whose messages a test writes.</summary>
internal sealed class ScriptedSocket : WebSocket
{
    private readonly Channel<byte[]?> _messages = Channel.CreateUnbounded<byte[]?>();
    private readonly CancellationTokenSource _aborted = new();
    private byte[]? _rest;
    private WebSocketState _state = WebSocketState.Open;

    public override WebSocketCloseStatus? CloseStatus => _state == WebSocketState.CloseReceived ? WebSocketCloseStatus.EndpointUnavailable : null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => _state;

    public override string? SubProtocol => null;

    public bool IsAborted => _aborted.IsCancellationRequested;

    public void Say(string message) => _messages.Writer.TryWrite(Encoding.UTF8.GetBytes(message));

    public void Close() => _messages.Writer.TryWrite(null);

    public void Break() => _messages.Writer.Complete(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        if (_rest is null)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _aborted.Token);
            _rest = await _messages.Reader.ReadAsync(either.Token);
            if (_rest is null)
            {
                _state = WebSocketState.CloseReceived;
                return new WebSocketReceiveResult(0, WebSocketMessageType.Close, true);
            }
        }

        // In pieces of at most 100 bytes, as networks do.
        var piece = _rest.AsSpan(0, Math.Min(Math.Min(100, buffer.Count), _rest.Length));
        piece.CopyTo(buffer);
        var last = piece.Length == _rest.Length;
        var length = piece.Length;
        _rest = last ? null : _rest[length..];
        return new WebSocketReceiveResult(length, WebSocketMessageType.Text, last);
    }

    public override void Abort() => _aborted.Cancel();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
    }
}
