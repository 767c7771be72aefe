using System.Net.Sockets;

namespace TradingBot.Benchmarks;

/// <summary>Takes the times at the sockets: when the event came, when requests left and answers came, when the order left.</summary>
internal sealed class ReactionWatch
{
    private static readonly TimeProvider Clock = TimeProvider.System;
    private readonly Lock _sync = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _event;
    private long _order;
    private long _waitingSince;
    private TimeSpan _waiting;
    private TimeSpan _inference;
    private int _unanswered;
    private int _requests;

    /// <summary>Gets what ends when the stream has brought its first message.</summary>
    public Task Connected => _connected.Task;

    private bool IsReacting => _event != 0 && _order == 0;

    public ValueTask<Stream> ConnectRequestsAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        ConnectAsync(context, stream => new RequestStream(stream, this), cancellationToken);

    public ValueTask<Stream> ConnectStreamAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        ConnectAsync(context, stream => new EventStream(stream, this), cancellationToken);

    public void Reset()
    {
        lock (_sync)
        {
            (_event, _order, _waitingSince, _unanswered, _requests) = (0, 0, 0, 0, 0);
            (_waiting, _inference) = (TimeSpan.Zero, TimeSpan.Zero);
        }
    }

    public Reaction Take()
    {
        lock (_sync)
        {
            return _event == 0 || _order == 0
                ? throw new InvalidOperationException("Expected an event and an order.")
                : new Reaction(Clock.GetElapsedTime(_event, _order), _waiting, _inference, _requests);
        }
    }

    public void Forecast(TimeSpan duration) => _inference = duration;

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, Func<Stream, Stream> wrap, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
        return wrap(new NetworkStream(socket, ownsSocket: true));
    }

    private void EventCame()
    {
        lock (_sync)
        {
            _event = Clock.GetTimestamp();
        }
    }

    private void RequestLeaves()
    {
        lock (_sync)
        {
            if (!IsReacting)
            {
                return;
            }

            _requests++;
            if (_unanswered++ == 0)
            {
                _waitingSince = Clock.GetTimestamp();
            }
        }
    }

    private void OrderHasLeft()
    {
        lock (_sync)
        {
            _order = IsReacting ? Clock.GetTimestamp() : _order;
        }
    }

    private void AnswerCame()
    {
        lock (_sync)
        {
            if (IsReacting && --_unanswered == 0)
            {
                _waiting += Clock.GetElapsedTime(_waitingSince);
            }
        }
    }

    private sealed class EventStream(Stream inner, ReactionWatch watch) : WatchedStream(inner)
    {
        protected override void HasRead(ReadOnlySpan<byte> bytes)
        {
            if (bytes.IndexOf("\"x\":true"u8) >= 0)
            {
                watch.EventCame();
            }
            else if (bytes.IndexOf("\"x\":false"u8) >= 0)
            {
                watch._connected.TrySetResult();
            }
        }
    }

    // A small request leaves in one write, and its answer begins with one read.
    private sealed class RequestStream(Stream inner, ReactionWatch watch) : WatchedStream(inner)
    {
        private bool _isUnanswered;

        // Before the write, as the answer may be read before the write returns.
        protected override void Writes(ReadOnlySpan<byte> bytes)
        {
            if (!IsOrder(bytes))
            {
                _isUnanswered = true;
                watch.RequestLeaves();
            }
        }

        protected override void HasWritten(ReadOnlySpan<byte> bytes)
        {
            if (IsOrder(bytes))
            {
                watch.OrderHasLeft();
            }
        }

        protected override void HasRead(ReadOnlySpan<byte> bytes)
        {
            if (_isUnanswered)
            {
                _isUnanswered = false;
                watch.AnswerCame();
            }
        }

        private static bool IsOrder(ReadOnlySpan<byte> bytes) => bytes.StartsWith("POST /fapi/v1/order "u8);
    }
}
