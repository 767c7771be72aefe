using Microsoft.AspNetCore.Http;

namespace TradingBot.FakeBinance.Streams;

/// <summary>Accepts stream connections.</summary>
internal sealed class StreamServer(StreamHub hub)
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan PongTimeout = TimeSpan.FromMinutes(10);

    internal async Task ServeAsync(HttpContext context)
    {
        if (StreamPath.Read(context.Request.Path.Value ?? "", name => context.Request.Query[name].FirstOrDefault()) is not { } path)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var options = new WebSocketAcceptContext { KeepAliveInterval = PingInterval, KeepAliveTimeout = PongTimeout };
        using var socket = await context.WebSockets.AcceptWebSocketAsync(options).ConfigureAwait(false);
        using var connection = new StreamConnection(path, hub.Closing);
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
