using System.Globalization;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace TradingBot.FakeLambda;

/// <summary>A server on the loopback address that speaks the Runtime API of AWS Lambda to one function process.</summary>
/// <remarks>Events are handed out one after another, each to whoever asks next.</remarks>
public sealed class FakeLambdaServer : IAsyncDisposable
{
    private const string Root = "/2018-06-01/runtime/";
    private readonly WebApplication _application;
    private readonly TimeProvider _time;
    private readonly int _maxAnswer;
    private readonly Channel<Invocation> _waiting = Channel.CreateUnbounded<Invocation>();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Invocation> _running = new(StringComparer.Ordinal);
    private int _questions;
    private long _requests;

    private FakeLambdaServer(FakeLambdaOptions options)
    {
        (_time, _maxAnswer) = (options.TimeProvider, options.MaxAnswerBytes);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(RouteAsync);
    }

    /// <summary>Gets host and port, the value for AWS_LAMBDA_RUNTIME_API.</summary>
    public string Address { get; private set; } = null!;

    /// <summary>Gets the last error with which a process said that it cannot start, or <see langword="null"/>.</summary>
    public FakeLambdaError? InitializationError { get; private set; }

    /// <summary>Gets how often a process has asked for an event.</summary>
    public int Questions => Volatile.Read(ref _questions);

    /// <summary>Gets or sets what is told, before the answer, that a process asks for an event, or why it cannot start.</summary>
    internal Action<FakeLambdaError?>? Started { get; set; }

    /// <summary>Starts a server.</summary>
    public static async Task<FakeLambdaServer> StartAsync(FakeLambdaOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new FakeLambdaServer(options ?? new FakeLambdaOptions());
        try
        {
            await server._application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var addresses = server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        server.Address = new Uri(addresses!.Addresses.Single()).Authority;
        return server;
    }

    /// <summary>Gives the function an event and waits for what becomes of it.</summary>
    /// <param name="payload">The event, as JSON.</param>
    /// <param name="timeout">How long the function has from the moment at which it gets the event.</param>
    /// <param name="requestId">The id of the request; <see langword="null"/> for a new one. An event that is tried again keeps its id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<FakeLambdaReply> InvokeAsync(
        string payload, TimeSpan timeout, string? requestId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(payload);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        requestId ??= string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{Interlocked.Increment(ref _requests):x12}");
        var invocation = new Invocation(requestId, payload, timeout);
        await _waiting.Writer.WriteAsync(invocation, cancellationToken).ConfigureAwait(false);
        try
        {
            return await invocation.Reply.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            invocation.Reply.TrySetCanceled(cancellationToken);
            lock (_gate)
            {
                _running.Remove(requestId);
            }
        }
    }

    /// <summary>Ends the invocation that is under way as the service does when the process is gone or has not answered in time.</summary>
    public void Fail(FakeLambdaError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Invocation[] running;
        lock (_gate)
        {
            running = [.. _running.Values];
            _running.Clear();
        }

        foreach (var invocation in running)
        {
            invocation.Finish(_time, null, error);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private Task RouteAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var parts = path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..].Split('/') : [];
        return (context.Request.Method, parts) switch
        {
            ("GET", ["invocation", "next"]) => NextAsync(context),
            ("POST", ["invocation", var id, "response"]) => AnswerAsync(context, id, isError: false),
            ("POST", ["invocation", var id, "error"]) => AnswerAsync(context, id, isError: true),
            ("POST", ["init", "error"]) => InitializationErrorAsync(context),
            _ => RefuseAsync(context, StatusCodes.Status404NotFound, "InvalidPath", $"{context.Request.Method} {path} is not in the Runtime API."),
        };
    }

    private async Task NextAsync(HttpContext context)
    {
        Interlocked.Increment(ref _questions);
        Started?.Invoke(null);
        Invocation invocation;
        try
        {
            do
            {
                invocation = await _waiting.Reader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            }
            while (invocation.Reply.Task.IsCompleted);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (_gate)
        {
            _running[invocation.RequestId] = invocation;
        }

        var headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = (_time.GetUtcNow() + invocation.Timeout).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:us-east-1:123456789012:function:fake";
        headers["Lambda-Runtime-Trace-Id"] = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1";
        context.Response.ContentType = "application/json";
        invocation.Started = _time.GetTimestamp();
        await context.Response.WriteAsync(invocation.Payload, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, string id, bool isError)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var body = await ReadAsync(context).ConfigureAwait(false);
        Invocation? invocation;
        lock (_gate)
        {
            _running.TryGetValue(id, out invocation);
            if (invocation is not null && (isError || body.Length <= _maxAnswer))
            {
                _running.Remove(id);
            }
        }

        if (invocation is null)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "InvalidRequestID", $"No invocation {id} is under way.").ConfigureAwait(false);
        }
        else if (!isError && body.Length > _maxAnswer)
        {
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLarge", $"Exceeded maximum allowed payload size ({_maxAnswer} bytes).").ConfigureAwait(false);
        }
        else
        {
            await AcceptAsync(context).ConfigureAwait(false);
            invocation.Finish(_time, isError ? null : body, isError ? ErrorJson.Read(body, CategoryOf(context)) : null);
        }
    }

    private async Task InitializationErrorAsync(HttpContext context)
    {
        var error = ErrorJson.Read(await ReadAsync(context).ConfigureAwait(false), CategoryOf(context));
        InitializationError = error;
        await AcceptAsync(context).ConfigureAwait(false);
        Started?.Invoke(error);
    }

    private static string? CategoryOf(HttpContext context) => context.Request.Headers["Lambda-Runtime-Function-Error-Type"];

    private static async Task<string> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private static Task AcceptAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return context.Response.WriteAsync("{\"status\":\"OK\"}\n", context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, int status, string type, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(ErrorJson.Write(type, message), context.RequestAborted);
    }

    private sealed class Invocation(string requestId, string payload, TimeSpan timeout)
    {
        public string RequestId => requestId;

        public string Payload => payload;

        public TimeSpan Timeout => timeout;

        public long? Started { get; set; }

        public TaskCompletionSource<FakeLambdaReply> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Finish(TimeProvider time, string? answer, FakeLambdaError? error) => Reply.TrySetResult(new FakeLambdaReply
        {
            RequestId = requestId,
            Payload = answer,
            Error = error,
            Duration = Started is { } started ? time.GetElapsedTime(started) : TimeSpan.Zero,
        });
    }
}
