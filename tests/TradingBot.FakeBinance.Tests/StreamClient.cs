using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace TradingBot.FakeBinance.Tests;

/// <summary>A stream connection.</summary>
internal sealed class StreamClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(20), TimeProvider.System);

    public static async Task<StreamClient> ConnectAsync(Rig rig, string path)
    {
        var client = new StreamClient();
        await client._socket.ConnectAsync(new Uri(rig.Server.StreamAddress, path), client._timeout.Token);
        return client;
    }

    /// <summary>Connects to the user stream and makes sure that it listens.</summary>
    public static async Task<StreamClient> ConnectUserAsync(Rig rig)
    {
        var key = (await rig.SendAsync(HttpMethod.Post, "/fapi/v1/listenKey", "", "")).ShouldBeOk().Text("listenKey");
        var client = await ConnectAsync(rig, "/private/ws/" + key);
        (await client.AskAsync("""{"method":"LIST_SUBSCRIPTIONS","id":0}""")).GetProperty("result")[0].GetString().Should().Be(key);
        return client;
    }

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, _timeout.Token);

    public async Task<JsonElement> AskAsync(string text)
    {
        await SendAsync(text);
        return await ReceiveAsync();
    }

    public async Task<JsonElement> ReceiveAsync()
    {
        using var text = new MemoryStream();
        var buffer = new byte[8_192];
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), _timeout.Token);
            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonSerializer.Deserialize<JsonElement>(text.ToArray());
            }
        }
    }

    public async Task<IReadOnlyList<JsonElement>> ReceiveAsync(int count)
    {
        var messages = new List<JsonElement>();
        while (messages.Count < count)
        {
            messages.Add(await ReceiveAsync());
        }

        return messages;
    }

    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, _timeout.Token);

    public void Dispose()
    {
        _socket.Dispose();
        _timeout.Dispose();
    }
}
