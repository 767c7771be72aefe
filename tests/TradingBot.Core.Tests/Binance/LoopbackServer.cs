using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TradingBot.Core.Tests.Binance;

/// <summary>An HTTP server bare enough to cut connections where it likes. It keeps connections open between requests.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Func<string, string?> _answer;
    private readonly Lock _sync = new();
    private readonly List<string> _requests = [];
    private readonly Task _accepting;

    /// <param name="answer">Gives the body of the answer to a request's first line and body; <see langword="null"/> cuts the connection instead.</param>
    public LoopbackServer(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Gets the requests as they came: first line, a blank, and the body.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_sync)
            {
                return [.. _requests];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_ending.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var buffer = new byte[64 * 1024];
                var text = "";
                while (true)
                {
                    var read = await stream.ReadAsync(buffer, _ending.Token);
                    if (read == 0)
                    {
                        return;
                    }

                    text += Encoding.ASCII.GetString(buffer, 0, read);
                    if (Request(ref text) is not { } request)
                    {
                        continue;
                    }

                    lock (_sync)
                    {
                        _requests.Add(request);
                    }

                    if (_answer(request) is not { } answer)
                    {
                        return;
                    }

                    await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\n\r\n{answer}"), _ending.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The test or its client has gone.
            }
        }
    }

    private static string? Request(ref string text)
    {
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
        {
            return null;
        }

        var lines = text[..head].Split("\r\n");
        var lengthLine = Array.Find(lines, line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        var length = lengthLine is null ? 0 : int.Parse(lengthLine[15..], System.Globalization.CultureInfo.InvariantCulture);
        if (text.Length < head + 4 + length)
        {
            return null;
        }

        var body = text[(head + 4)..(head + 4 + length)];
        text = text[(head + 4 + length)..];
        return $"{lines[0]} {body}";
    }
}
