using System.Net;

namespace TradingBot.FakeLambda.Tests;

public sealed class FakeLambdaServerTests : IAsyncLifetime, IDisposable
{
    private readonly HttpClient _http = new();
    private FakeLambdaServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeLambdaServer.StartAsync();
        _http.BaseAddress = new Uri($"http://{_server.Address}/2018-06-01/runtime/");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Next_AnEvent_IsHandedOutWithItsHeadersAndAnswered()
    {
        var invoking = _server.InvokeAsync("{\"a\":1}", TimeSpan.FromMinutes(1));

        using var next = await _http.GetAsync("invocation/next");
        var id = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
        using var accepted = await _http.PostAsync($"invocation/{id}/response", new StringContent("[2]"));
        using var twice = await _http.PostAsync($"invocation/{id}/response", new StringContent("[3]"));
        var reply = await invoking;

        (await next.Content.ReadAsStringAsync()).Should().Be("{\"a\":1}");
        long.Parse(next.Headers.GetValues("Lambda-Runtime-Deadline-Ms").Single()).Should().BeGreaterThan(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        accepted.StatusCode.Should().Be(HttpStatusCode.Accepted);
        twice.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (reply.RequestId, reply.Payload, reply.Error).Should().Be((id, "[2]", null));
    }

    [Fact]
    public async Task Error_OfAnInvocation_IsReadWithItsCategory()
    {
        var invoking = _server.InvokeAsync("{}", TimeSpan.FromMinutes(1), "one");
        using var next = await _http.GetAsync("invocation/next");
        using var request = new HttpRequestMessage(HttpMethod.Post, "invocation/one/error")
        {
            Content = new StringContent("""{"errorMessage":"no bars","errorType":"BarDataException","stackTrace":["at A","at B"]}"""),
        };
        request.Headers.Add("Lambda-Runtime-Function-Error-Type", "Function.BarDataException");
        using var accepted = await _http.SendAsync(request);

        var error = (await invoking).Error!;

        error.Should().BeEquivalentTo(new FakeLambdaError { Type = "BarDataException", Message = "no bars", Category = "Function.BarDataException", StackTrace = ["at A", "at B"] });
    }

    [Fact]
    public async Task Error_ThatIsNoJson_IsKeptAsItIs()
    {
        using var accepted = await _http.PostAsync("init/error", new StringContent("it broke"));

        accepted.StatusCode.Should().Be(HttpStatusCode.Accepted);
        _server.InitializationError!.ToString().Should().Be("Runtime.Unknown: it broke");
    }

    [Fact]
    public async Task Path_OfNoRequest_IsNotFound()
    {
        using var response = await _http.GetAsync("invocation/previous");

        response.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).Should().Contain("GET /2018-06-01/runtime/invocation/previous is not in the Runtime API.");
    }

    [Fact]
    public async Task InvokeAsync_GivenUp_LeavesNothingForTheNextToAsk()
    {
        using var patience = new CancellationTokenSource();
        var givenUp = _server.InvokeAsync("1", TimeSpan.FromMinutes(1), "one", patience.Token);
        await patience.CancelAsync();
        await givenUp.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        _ = _server.InvokeAsync("2", TimeSpan.FromMinutes(1), "two");

        (await _http.GetStringAsync("invocation/next")).Should().Be("2");
    }
}
