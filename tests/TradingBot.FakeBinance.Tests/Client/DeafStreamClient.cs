using System.Net.Sockets;
using System.Text;

namespace TradingBot.FakeBinance.Tests.Client;

/// <summary>A stream connection that reads frames and never answers, not even a ping.</summary>
internal sealed class DeafStreamClient : IDisposable
{
    private const int Ping = 0x89;
    private readonly TcpClient _client = new();
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromSeconds(20), TimeProvider.System);

    public static async Task<DeafStreamClient> ConnectAsync(Uri address, string path)
    {
        var client = new DeafStreamClient();
        await client._client.ConnectAsync(address.Host, address.Port, client._timeout.Token);
        await client._client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"),
            client._timeout.Token);
        var head = "";
        while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head += (char)(await client.ReadAsync(1))[0];
        }

        head.Should().StartWith("HTTP/1.1 101");
        return client;
    }

    public async Task UntilPingedAsync()
    {
        while (await NextFrameAsync() != Ping)
        {
        }
    }

    /// <summary>Reads on until the server ends the connection.</summary>
    public async Task UntilCutAsync()
    {
        try
        {
            while (true)
            {
                await NextFrameAsync();
            }
        }
        catch (IOException)
        {
            // It is cut.
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _timeout.Dispose();
    }

    /// <summary>Reads a frame of a server, which is not masked; returns its first byte.</summary>
    private async Task<int> NextFrameAsync()
    {
        var head = await ReadAsync(2);
        var length = head[1] & 0x7F;
        if (length == 126)
        {
            var longer = await ReadAsync(2);
            length = (longer[0] << 8) | longer[1];
        }

        await ReadAsync(length);
        return head[0];
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await _client.GetStream().ReadExactlyAsync(bytes, _timeout.Token);
        return bytes;
    }
}
