using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using TradingBot.Prediction;

namespace TradingBot.Core.Tests.Prediction;

public sealed class HttpModelLoaderTests
{
    private static readonly byte[] Model = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i % 251))];
    private static readonly string Pin = Convert.ToHexString(SHA256.HashData(Model));
    private static readonly Uri Address = new("https://user:hunter2@models.example:8443/btc/ar-5.onnx?token=s3cret#part");

    [Fact]
    public async Task LoadAsync_PinnedModel_IsLoadedWhole()
    {
        var file = await LoaderOf(_ => Ok(Model)).LoadAsync();

        file.Content.ToArray().Should().Equal(Model);
        file.Source.Should().Be("https://models.example:8443/btc/ar-5.onnx");
        file.Sha256.Should().Be(Pin.ToLowerInvariant());
    }

    [Fact]
    public async Task LoadAsync_LengthNotAnnounced_IsLoadedWhole()
    {
        var file = await LoaderOf(_ => new HttpResponseMessage { Content = new StreamContent(new UnseekableStream(Model)) }).LoadAsync();

        file.Content.ToArray().Should().Equal(Model);
    }

    [Fact]
    public async Task LoadAsync_AnotherFile_SaysBothHashes()
    {
        var message = await ErrorOf(LoaderOf(_ => Ok([1, 2, 3])));

        message.Should().Be(
            $"The model 'https://models.example:8443/btc/ar-5.onnx' is not the one that was pinned: expected SHA-256 {Pin.ToLowerInvariant()}, found 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81 (3 bytes).");
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "404 (NotFound)")]
    [InlineData(HttpStatusCode.Moved, "301 (MovedPermanently)")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "503 (ServiceUnavailable)")]
    public async Task LoadAsync_NoSuccess_SaysTheStatusAndAsksOnce(HttpStatusCode status, string found)
    {
        var calls = 0;
        var message = await ErrorOf(LoaderOf(_ =>
        {
            calls++;
            return new HttpResponseMessage(status);
        }));

        message.Should().EndWith($"could not be downloaded: expected a success, found status {found}.");
        calls.Should().Be(1);
    }

    [Fact]
    public async Task LoadAsync_RedirectedToPlainHttp_IsRefused()
    {
        var message = await ErrorOf(LoaderOf(_ =>
        {
            var response = Ok(Model);
            response.RequestMessage = new HttpRequestMessage(HttpMethod.Get, "http://elsewhere.example/model?token=s3cret");
            return response;
        }));

        message.Should().Contain("was redirected to 'http://elsewhere.example/model': expected https");
    }

    [Fact]
    public async Task LoadAsync_DeadNetwork_IsOneModelException() =>
        (await ErrorOf(LoaderOf(_ => throw new HttpRequestException("Name does not resolve."))))
            .Should().Be("The model 'https://models.example:8443/btc/ar-5.onnx' could not be downloaded: Name does not resolve.");

    [Fact]
    public async Task LoadAsync_ConnectionLostInTheBody_IsOneModelException() =>
        (await ErrorOf(LoaderOf(_ => new HttpResponseMessage { Content = new StreamContent(new UnseekableStream(Model) { FailsAfter = 90_000 }) })))
            .Should().Contain("could not be downloaded: ").And.Contain("connection lost");

    [Theory]
    [InlineData(true, "found 200000.")]
    [InlineData(false, "found more.")]
    public async Task LoadAsync_TooLarge_IsRefused(bool announced, string found)
    {
        var client = new HttpClient(new StubHandler(_ => announced ? Ok(Model) : new HttpResponseMessage { Content = new StreamContent(new UnseekableStream(Model)) }));
        var message = await ErrorOf(new HttpModelLoader(client, Address, Pin) { MaxBytes = Model.Length - 1 });

        message.Should().EndWith($"is too large: expected at most 199999 bytes (MaxBytes), {found}");
        (await new HttpModelLoader(client, Address, Pin) { MaxBytes = Model.Length }.LoadAsync()).Content.Length.Should().Be(Model.Length);
    }

    [Fact]
    public async Task LoadAsync_AnswerNeverEnds_GivesUpAfterTheTimeout()
    {
        var clock = new ManualClock();
        var stuck = new StuckStream();
        var loading = new HttpModelLoader(new HttpClient(new StubHandler(_ => new HttpResponseMessage { Content = new StreamContent(stuck) })), Address, Pin)
        {
            Timeout = TimeSpan.FromSeconds(30),
            TimeProvider = clock,
        }.LoadAsync();
        await stuck.Reading;

        clock.Fire();

        var waiting = () => loading;
        await waiting.Should().ThrowAsync<ModelException>().WithMessage("*took too long (more than 00:00:30).");
        clock.DueTime.Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task LoadAsync_ClientTimesOut_IsOneModelException() =>
        (await ErrorOf(LoaderOf(_ => throw new TaskCanceledException("slow", new TimeoutException())))).Should().EndWith("took too long (for the client's own limit).");

    [Fact]
    public async Task LoadAsync_Cancelled_IsCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var load = () => LoaderOf(_ => Ok(Model)).LoadAsync(cancellation.Token);

        await load.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task LoadAsync_FromThisMachine_SpeaksPlainHttp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeOnceAsync(listener);
        using var client = new HttpClient();

        var file = await new HttpModelLoader(client, new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/m.onnx"), Pin).LoadAsync();

        await serving;
        file.Content.ToArray().Should().Equal(Model);
    }

    [Fact]
    public async Task LoadAsync_NobodyListens_IsOneModelException()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var client = new HttpClient();

        (await ErrorOf(new HttpModelLoader(client, new Uri($"http://localhost:{port}/m.onnx?token=s3cret"), Pin)))
            .Should().StartWith($"The model 'http://localhost:{port}/m.onnx' could not be downloaded: ");
    }

    [Theory]
    [InlineData("http://models.example/m.onnx?token=s3cret", "found 'http://models.example/m.onnx'")]
    [InlineData("ftp://models.example/m.onnx", "found 'ftp://models.example/m.onnx'")]
    [InlineData("/m.onnx", "found")]
    [InlineData("m.onnx", "found a relative one")]
    public void Constructor_NotHttps_Throws(string address, string found)
    {
        var create = () => new HttpModelLoader(new HttpClient(), new Uri(address, UriKind.RelativeOrAbsolute), Pin);

        create.Should().Throw<ArgumentException>().WithMessage($"Expected an absolute https address (or http on this machine), {found}*")
            .Which.Message.Should().NotContain("s3cret");
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("g39058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81")]
    [InlineData(" 39058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81")]
    public void Constructor_NoPin_Throws(string pin)
    {
        var create = () => new HttpModelLoader(new HttpClient(), Address, pin);

        create.Should().Throw<ArgumentException>().WithMessage($"Expected a SHA-256 of 64 hexadecimal digits, found '{pin}' of {pin.Length} characters.*");
    }

    private static async Task<string> ErrorOf(HttpModelLoader loader)
    {
        var load = () => loader.LoadAsync();
        var error = (await load.Should().ThrowAsync<ModelException>()).Which;
        error.ToString().Should().NotContain("s3cret").And.NotContain("hunter2");
        return error.Message;
    }

    private static HttpModelLoader LoaderOf(Func<HttpRequestMessage, HttpResponseMessage> answer) => new(new HttpClient(new StubHandler(answer)), Address, Pin);

    private static HttpResponseMessage Ok(byte[] content) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };

    private static async Task ServeOnceAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        await using var stream = connection.GetStream();
        using var reader = new StreamReader(stream, leaveOpen: true);
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
            // The request's head ends with an empty line.
        }

        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Model.Length}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(Model);
    }

    private sealed class StubHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(answer(request));
        }
    }

    private sealed class UnseekableStream(byte[] content) : MemoryStream(content)
    {
        public int FailsAfter { get; init; } = int.MaxValue;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position > FailsAfter ? throw new IOException("connection lost") : base.ReadAsync(buffer, cancellationToken);
    }

    private sealed class StuckStream : MemoryStream
    {
        private readonly TaskCompletionSource _reading = new();

        public Task Reading => _reading.Task;

        public override bool CanSeek => false;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _reading.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return 0;
        }
    }

    private sealed class ManualClock : TimeProvider
    {
        private TimerCallback? _callback;
        private object? _state;

        public TimeSpan DueTime { get; private set; }

        public void Fire() => _callback!(_state);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, _state, DueTime) = (callback, state, dueTime);
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
