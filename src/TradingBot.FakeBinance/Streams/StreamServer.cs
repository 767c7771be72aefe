using Microsoft.AspNetCore.Http;

namespace TradingBot.FakeBinance.Streams;

/// <summary>Accepts stream connections.</summary>
internal sealed class StreamServer(StreamHub hub, FakeBinanceOptions options)
{
    internal async Task ServeAsync(HttpContext context)
    {
        if (StreamPath.Read(context.Request.Path.Value ?? "", name => context.Request.Query[name].FirstOrDefault()) is not { } path)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var keepAlive = new WebSocketAcceptContext { KeepAliveInterval = options.PingInterval, KeepAliveTimeout = options.PongTimeout };
        using var socket = await context.WebSockets.AcceptWebSocketAsync(keepAlive).ConfigureAwait(false);
        using var age = new CancellationTokenSource(options.LongestConnection, options.TimeProvider);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(hub.Closing, age.Token);
        using var connection = new StreamConnection(path, ending.Token);
        foreach (var name in path.Names)
        {
            connection.Subscribe(name);
        }

        hub.Add(connection);
        try
        {
            foreach (var name in path.Names)
            {
                hub.Greet(connection, name);
            }

            await connection.RunAsync(socket, new StreamCommands(hub, connection).Receive, context.RequestAborted).ConfigureAwait(false);
        }
        finally
        {
            hub.Remove(connection);
        }
    }
}
