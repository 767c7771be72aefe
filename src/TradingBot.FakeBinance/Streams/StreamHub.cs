using TradingBot.FakeBinance.Protocol;

namespace TradingBot.FakeBinance.Streams;

/// <summary>The open stream connections, and who gets what.</summary>
internal sealed class StreamHub(FaultPlan faults, ListenKeys listenKeys) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<StreamConnection> _connections = [];
    private readonly CancellationTokenSource _closing = new();
    private StreamMessage? _held;

    internal CancellationToken Closing => _closing.Token;

    /// <summary>Gets or sets what sends the present state of a stream to a connection that has just subscribed to it.</summary>
    internal Action<StreamConnection, string>? Greeting { get; set; }

    public void Dispose() => _closing.Dispose();

    /// <summary>Ends every connection and whatever waits.</summary>
    internal Task CloseAsync() => _closing.CancelAsync();

    internal void Add(StreamConnection connection)
    {
        lock (_gate)
        {
            _connections.Add(connection);
        }
    }

    internal void Remove(StreamConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
        }
    }

    /// <summary>Gets the number of subscriptions over all connections.</summary>
    internal int Subscriptions
    {
        get
        {
            lock (_gate)
            {
                return _connections.Sum(connection => connection.Names().Count);
            }
        }
    }

    /// <summary>Gets the names of every subscribed stream.</summary>
    internal IReadOnlyList<string> Names()
    {
        lock (_gate)
        {
            return [.. _connections.SelectMany(connection => connection.Names()).Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>Sends an event to its subscribers, unless a fault says otherwise.</summary>
    internal void Publish(StreamMessage message)
    {
        lock (_gate)
        {
            var fault = faults.TakeForEvent(message.Event);
            if (fault?.Kind == ServerFaultKind.ReorderEvent && _held is null)
            {
                _held = message;
                return;
            }

            if (fault?.Kind != ServerFaultKind.LoseEvent)
            {
                Send(message);
            }

            if (fault?.Kind == ServerFaultKind.DuplicateEvent)
            {
                Send(message);
            }

            if (_held is { } late)
            {
                _held = null;
                Send(late);
            }
        }
    }

    /// <summary>Sends an event to one connection, unless a fault loses it.</summary>
    internal void Offer(StreamConnection connection, StreamMessage message)
    {
        if (!faults.TakeLoss(message.Event))
        {
            connection.Offer(message);
        }
    }

    /// <summary>Sends an event of the account to the user streams.</summary>
    internal void PublishUser(string name, Func<string, StreamMessage> create)
    {
        if (listenKeys.Current is { } key)
        {
            Publish(create(key) with { Event = name });
        }
    }

    /// <summary>Ends the listen key when its time is over, and says so.</summary>
    internal void ExpireListenKeys(long now) => TellExpired(listenKeys.TakeExpired(), now);

    /// <summary>Ends the listen key before its time, and says so.</summary>
    internal void ExpireListenKeysNow(long now) => TellExpired(listenKeys.TakeNow(), now);

    /// <summary>Breaks every stream connection.</summary>
    /// <returns>The number of connections.</returns>
    internal int Disconnect()
    {
        StreamConnection[] connections;
        lock (_gate)
        {
            connections = [.. _connections];
        }

        foreach (var connection in connections)
        {
            connection.Abort();
        }

        return connections.Length;
    }

    internal void Greet(StreamConnection connection, string name) => Greeting?.Invoke(connection, name);

    private void TellExpired(string? key, long now)
    {
        if (key is not null)
        {
            Publish(StreamMessage.Create(key, StreamGroup.Private, "listenKeyExpired", json =>
            {
                json.WriteString("e", "listenKeyExpired");
                json.WriteNumber("E", now);
                json.WriteString("listenKey", key);
            }));
        }
    }

    private void Send(StreamMessage message)
    {
        foreach (var connection in _connections)
        {
            connection.Offer(message);
        }
    }
}
