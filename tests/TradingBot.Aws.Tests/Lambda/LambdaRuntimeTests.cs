using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TradingBot.Aws.Lambda;
using TradingBot.FakeLambda;
using TradingBot.Testing;

namespace TradingBot.Aws.Tests.Lambda;

public sealed class LambdaRuntimeTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly CancellationTokenSource _stop = new();
    private readonly MemoryStream _log = new();
    private FakeLambdaServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeLambdaServer.StartAsync(new FakeLambdaOptions { TimeProvider = _time, MaxAnswerBytes = 1_000 });

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _server.DisposeAsync();
    }

    public void Dispose()
    {
        _stop.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task RunAsync_SeveralEvents_AnswersEachInTurn()
    {
        var running = Run((invocation, _) => Task.FromResult<ReadOnlyMemory<byte>>(
            Encoding.UTF8.GetBytes($"{{\"id\":\"{invocation.RequestId}\",\"event\":{Encoding.UTF8.GetString(invocation.Payload.Span)}}}")));

        var first = await _server.InvokeAsync("{\"bar\":\"äöü\"}", Timeout, "one");
        var second = await _server.InvokeAsync("[]", Timeout, "two");

        first.Payload.Should().Be("{\"id\":\"one\",\"event\":{\"bar\":\"äöü\"}}");
        second.Payload.Should().Be("{\"id\":\"two\",\"event\":[]}");
        (await EndAsync(running)).Should().Be(0);
    }

    [Fact]
    public async Task RunAsync_Event_ComesWithWhatTheServiceKnows()
    {
        LambdaInvocation? seen = null;
        string? variable = null;
        var running = Run((invocation, _) =>
        {
            (seen, variable) = (invocation, Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"));
            return Task.FromResult<ReadOnlyMemory<byte>>("{}"u8.ToArray());
        });

        await _server.InvokeAsync("{}", Timeout, "one");
        await EndAsync(running);

        seen!.RequestId.Should().Be("one");
        seen.Deadline.Should().Be(_time.GetUtcNow() + Timeout);
        seen.FunctionArn.Should().Be("arn:aws:lambda:us-east-1:123456789012:function:fake");
        seen.TraceId.Should().StartWith("Root=1-5bef4de7-");
        variable.Should().Be(seen.TraceId);
    }

    [Fact]
    public async Task RunAsync_HandlerThrows_ReportsTheErrorAndGoesOn()
    {
        var calls = 0;
        var running = Run((_, _) => calls++ == 0 ? throw new InvalidDataException("The bars have a gap.") : Task.FromResult<ReadOnlyMemory<byte>>("1"u8.ToArray()));

        var failed = await _server.InvokeAsync("{}", Timeout, "one");
        var next = await _server.InvokeAsync("{}", Timeout, "two");
        await EndAsync(running);

        failed.Payload.Should().BeNull();
        failed.Error!.Type.Should().Be("InvalidDataException");
        failed.Error.Category.Should().Be("Function.InvalidDataException");
        failed.Error.Message.Should().Be("The bars have a gap.");
        failed.Error.StackTrace.Should().Contain(line => line.Contains(nameof(RunAsync_HandlerThrows_ReportsTheErrorAndGoesOn), StringComparison.Ordinal));
        next.Payload.Should().Be("1");
        var line = Lines().Should().ContainSingle().Subject;
        line.GetProperty("event").GetString().Should().Be("InvocationFailed");
        line.GetProperty("requestId").GetString().Should().Be("one");
        line.GetProperty("traceId").GetString().Should().StartWith("Root=1-5bef4de7-");
        line.GetProperty("errorMessage").GetString().Should().Be("The bars have a gap.");
    }

    [Fact]
    public async Task RunAsync_DeadlineNear_CancelsTheHandlerAMarginBefore()
    {
        var entered = new TaskCompletionSource();
        var running = Run(async (_, cancellationToken) =>
        {
            entered.SetResult();
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, _time, cancellationToken);
            return default;
        });

        var invocation = _server.InvokeAsync("{}", Timeout, "one");
        await entered.Task;
        _time.Advance(Timeout - TimeSpan.FromMilliseconds(501));
        invocation.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var reply = await invocation;
        await EndAsync(running);

        reply.Error!.Type.Should().Be("DeadlineReached");
        reply.Error.Category.Should().Be("Function.DeadlineReached");
        reply.Error.Message.Should().Be("The invocation was ended 500 ms before the deadline of the function; raise its timeout if it needs longer.");
        reply.Duration.Should().Be(Timeout - TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public async Task RunAsync_DeadlinePassed_CancelsAtOnce()
    {
        var running = Run((_, cancellationToken) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult<ReadOnlyMemory<byte>>("1"u8.ToArray());
        });

        var reply = await _server.InvokeAsync("{}", TimeSpan.FromMilliseconds(400), "one");
        await EndAsync(running);

        reply.Error!.Type.Should().Be("DeadlineReached");
    }

    [Fact]
    public async Task RunAsync_AnswerTooLarge_IsReportedAsAnError()
    {
        var running = Run((_, _) => Task.FromResult<ReadOnlyMemory<byte>>(new byte[1_001]));

        var reply = await _server.InvokeAsync("{}", Timeout, "one");
        await EndAsync(running);

        reply.Error!.Type.Should().Be("AnswerTooLarge");
        reply.Error.Message.Should().Be("The service refused the answer of 1001 bytes as too large.");
    }

    [Fact]
    public async Task RunAsync_InitializationFails_ReportsItAndReturnsOne()
    {
        var code = await LambdaRuntime.RunAsync(_ => throw new InvalidOperationException("Symbol is missing."), Options(), _stop.Token);

        code.Should().Be(1);
        _server.InitializationError!.Type.Should().Be("InvalidOperationException");
        _server.InitializationError.Message.Should().Be("Symbol is missing.");
        _server.InitializationError.Category.Should().Be("Function.InvalidOperationException");
        _server.Questions.Should().Be(0);
        Lines().Should().ContainSingle().Which.GetProperty("level").GetString().Should().Be("FATAL");
    }

    [Fact]
    public async Task RunAsync_StoppedWhileInitializing_ReturnsZeroWithoutAnError()
    {
        var code = await LambdaRuntime.RunAsync(
            async cancellationToken =>
            {
                await _stop.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
                throw new InvalidOperationException("Not reached.");
            },
            Options(),
            _stop.Token);

        code.Should().Be(0);
        _server.InitializationError.Should().BeNull();
    }

    [Fact]
    public async Task RunAsync_StoppedDuringAnInvocation_FinishesItAndAsksForNoOther()
    {
        var running = Run(async (_, cancellationToken) =>
        {
            await _stop.CancelAsync();
            cancellationToken.IsCancellationRequested.Should().BeFalse();
            return "\"done\""u8.ToArray();
        });

        var reply = await _server.InvokeAsync("{}", Timeout, "one");

        reply.Payload.Should().Be("\"done\"");
        (await running).Should().Be(0);
        _server.Questions.Should().Be(1);
    }

    [Theory]
    [InlineData(null, "found nothing")]
    [InlineData(" ", "found nothing")]
    [InlineData("not an address", "found 'not an address'")]
    public async Task RunAsync_NoAddress_SaysWhatIsExpected(string? address, string found)
    {
        var options = Options();
        options.Address = address;

        var run = () => LambdaRuntime.RunAsync((_, _) => Task.FromResult<ReadOnlyMemory<byte>>(default), options);

        (await run.Should().ThrowAsync<LambdaRuntimeException>()).Which.Message.Should().StartWith("Expected host and port of the Lambda Runtime API in AWS_LAMBDA_RUNTIME_API").And.Contain(found);
    }

    [Fact]
    public async Task RunAsync_ServiceGone_EndsWithAnError()
    {
        var options = Options();
        options.Address = "127.0.0.1:1";

        var run = () => LambdaRuntime.RunAsync((_, _) => Task.FromResult<ReadOnlyMemory<byte>>(default), options);

        (await run.Should().ThrowAsync<LambdaRuntimeException>()).Which.Message.Should().StartWith("The Lambda Runtime API at 127.0.0.1:1 cannot be reached");
    }

    [Fact]
    public void DeadlineMargin_OutsideItsRange_IsRefused()
    {
        var options = new LambdaRuntimeOptions();

        options.Invoking(one => one.DeadlineMargin = TimeSpan.FromMilliseconds(-1)).Should().Throw<ArgumentOutOfRangeException>();
        options.Invoking(one => one.DeadlineMargin = TimeSpan.FromSeconds(61)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private Task<int> Run(LambdaHandler handler) => LambdaRuntime.RunAsync(handler, Options(), _stop.Token);

    private async Task<int> EndAsync(Task<int> running)
    {
        await _stop.CancelAsync();
        return await running;
    }

    private LambdaRuntimeOptions Options() => new()
    {
        Address = _server.Address,
        TimeProvider = _time,
        Logger = new LambdaLoggerProvider(_log) { TimeProvider = _time, MinimumLevel = LogLevel.Information }.CreateLogger("test"),
    };

    private JsonElement[] Lines() =>
        [.. Encoding.UTF8.GetString(_log.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
