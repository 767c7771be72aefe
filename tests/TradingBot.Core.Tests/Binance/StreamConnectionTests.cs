using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using TradingBot.Binance.Streaming;

namespace TradingBot.Core.Tests.Binance;

/// <summary>The platform's own socket against a peer that speaks its frames by hand.</summary>
public sealed class StreamConnectionTests : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new(TimeSpan.FromSeconds(30), TimeProvider.System);
    private TcpClient? _peer;

    public StreamConnectionTests() => _listener.Start();

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _peer?.Dispose();
        _listener.Stop();
        _listener.Dispose();
        _ending.Dispose();
    }

    [Fact]
    public async Task Read_APing_IsAnsweredWithItsPayload_AndIsNoMessage()
    {
        await using var connection = await ConnectAsync(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        var stream = _peer!.GetStream();
        await stream.WriteAsync(new byte[] { 0x89, 3, 7, 8, 9 }, _ending.Token);

        var pong = new byte[9];
        await stream.ReadExactlyAsync(pong, _ending.Token);
        pong[0].Should().Be(0x8A);
        pong[1].Should().Be(0x83, "what a client sends is masked");
        Enumerable.Range(0, 3).Select(i => (byte)(pong[6 + i] ^ pong[2 + i])).Should().Equal(7, 8, 9);

        await stream.WriteAsync(new byte[] { 0x81, 2, (byte)'h', (byte)'i' }, _ending.Token);
        (await connection.ReadAsync(TimeSpan.FromSeconds(30), _ending.Token)).Message.Should().Equal("hi"u8.ToArray());
    }

    [Fact]
    public async Task Read_APeerThatNoLongerAnswers_EndsTheStream()
    {
        await using var connection = await ConnectAsync(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));
        var read = await connection.ReadAsync(TimeSpan.FromSeconds(30), _ending.Token);
        (read.Message, read.EndReason).Should().Be((null, "the connection broke"));
    }

    private async Task<StreamConnection> ConnectAsync(TimeSpan pingEvery, TimeSpan pongWithin)
    {
        var accepting = AcceptAsync();
        var connection = await StreamConnection.OpenAsync(
            (address, cancellationToken) => StreamConnection.OpenSocketAsync(address, pingEvery, pongWithin, cancellationToken),
            new Uri($"ws://{_listener.LocalEndpoint}"),
            TimeProvider.System,
            _ending.Token);
        await accepting;
        return connection;
    }

    private async Task AcceptAsync()
    {
        _peer = await _listener.AcceptTcpClientAsync(_ending.Token);
        var (stream, head, one) = (_peer.GetStream(), new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, _ending.Token);
            head.Append((char)one[0]);
        }

        var key = head.ToString().Split("\r\n").Single(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))[18..].Trim();
#pragma warning disable CA5350 // The handshake of WebSockets asks for SHA-1 (RFC 6455, 4.2.2).
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"), _ending.Token);
    }
}
