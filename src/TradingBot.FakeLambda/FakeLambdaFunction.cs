using System.Globalization;

namespace TradingBot.FakeLambda;

/// <summary>Runs a function's program under a <see cref="FakeLambdaServer"/> as the service does: started with the first event, kept for those that follow,
/// killed when it takes too long, and started again after that or after a crash.</summary>
public sealed class FakeLambdaFunction : IAsyncDisposable
{
    private static readonly TimeSpan ExitGrace = TimeSpan.FromSeconds(2);
    private readonly FakeLambdaServer _server;
    private readonly FakeLambdaFunctionOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private FunctionProcess? _process;

    private FakeLambdaFunction(FakeLambdaServer server, FakeLambdaFunctionOptions options, TimeProvider time) =>
        (_server, _options, _time) = (server, options, time);

    /// <summary>Gets the id of the function's process, or <see langword="null"/> when none runs.</summary>
    public int? ProcessId => _process is { HasExited: false } process ? process.Id : null;

    /// <summary>Makes a function ready to be invoked; its program is started with the first event.</summary>
    /// <exception cref="FileNotFoundException">There is no such program.</exception>
    public static async Task<FakeLambdaFunction> CreateAsync(FakeLambdaFunctionOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!File.Exists(options.Bootstrap))
        {
            throw new FileNotFoundException($"The function's program '{options.Bootstrap}' does not exist.", options.Bootstrap);
        }

        var time = TimeProvider.System;
        return new FakeLambdaFunction(await FakeLambdaServer.StartAsync(new FakeLambdaOptions { TimeProvider = time }, cancellationToken).ConfigureAwait(false), options, time);
    }

    /// <summary>Invokes the function. Invocations wait for one another.</summary>
    /// <param name="payload">The event, as JSON.</param>
    /// <param name="requestId">The id of the request; <see langword="null"/> for a new one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<FakeLambdaReply> InvokeAsync(string payload, string? requestId = null, CancellationToken cancellationToken = default)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            TimeSpan? init = null;
            if (_process is not { HasExited: false })
            {
                (init, var failure) = await StartAsync(cancellationToken).ConfigureAwait(false);
                if (failure is not null)
                {
                    return new FakeLambdaReply { RequestId = requestId ?? "", Error = failure, Duration = TimeSpan.Zero, InitDuration = init };
                }
            }

            var reply = await InvokeRunningAsync(_process!, payload, requestId, cancellationToken).ConfigureAwait(false);
            return reply with { InitDuration = init, PeakMemory = _process?.PeakMemory };
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Ends the program as the service does when it needs the function no more: SIGTERM, and some time later SIGKILL.</summary>
    /// <returns>The exit code, or <see langword="null"/> when no program was running or it had to be killed.</returns>
    public async Task<int?> StopAsync(CancellationToken cancellationToken = default)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_process is not { } process)
            {
                return null;
            }

            _process = null;
            using (process)
            {
                return await process.TerminateAsync(ExitGrace, _time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
        _oneAtATime.Dispose();
    }

    private async Task<(TimeSpan Init, FakeLambdaError? Failure)> StartAsync(CancellationToken cancellationToken)
    {
        _process?.Dispose();
        var ready = new TaskCompletionSource<FakeLambdaError?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.Started = error => ready.TrySetResult(error);
        var started = _time.GetTimestamp();
        var process = _process = FunctionProcess.Start(_options, _server.Address);
        var gone = process.ExitAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(ready.Task, gone, Task.Delay(_options.InitTimeout, _time, limit.Token)).ConfigureAwait(false);
        await limit.CancelAsync().ConfigureAwait(false);
        var init = _time.GetElapsedTime(started);
        if (ready.Task.IsCompleted && await ready.Task.ConfigureAwait(false) is null)
        {
            return (init, null);
        }

        var failure = ready.Task.IsCompleted ? await ready.Task.ConfigureAwait(false)
            : gone.IsCompleted ? Exited(await gone.ConfigureAwait(false))
            : TimedOut(string.Create(CultureInfo.InvariantCulture, $"Initialization took longer than {_options.InitTimeout.TotalSeconds:0.00} seconds"));
        _process = null;
        using (process)
        {
            await process.TerminateAsync(ExitGrace, _time, cancellationToken).ConfigureAwait(false);
        }

        return (init, failure);
    }

    private async Task<FakeLambdaReply> InvokeRunningAsync(FunctionProcess process, string payload, string? requestId, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = _server.InvokeAsync(payload, _options.Timeout, requestId, over.Token);
        var gone = process.ExitAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(answer, gone, Task.Delay(_options.Timeout, _time, limit.Token)).ConfigureAwait(false);
        await limit.CancelAsync().ConfigureAwait(false);
        if (answer.IsCompleted)
        {
            return await answer.ConfigureAwait(false);
        }

        FakeLambdaError error;
        if (gone.IsCompleted)
        {
            error = Exited(await gone.ConfigureAwait(false));
        }
        else
        {
            error = TimedOut(string.Create(CultureInfo.InvariantCulture, $"Task timed out after {_options.Timeout.TotalSeconds:0.00} seconds"));
            process.Kill();
            await gone.ConfigureAwait(false);
        }

        _server.Fail(error);
        if (!answer.IsCompleted)
        {
            // It died before it had taken the event.
            await over.CancelAsync().ConfigureAwait(false);
            await ((Task)answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new FakeLambdaReply { RequestId = requestId ?? "", Error = error, Duration = TimeSpan.Zero };
        }

        return await answer.ConfigureAwait(false);
    }

    private static FakeLambdaError TimedOut(string message) => new() { Type = "Sandbox.Timedout", Message = message };

    private static FakeLambdaError Exited(int exitCode) => new()
    {
        Type = "Runtime.ExitError",
        Message = string.Create(CultureInfo.InvariantCulture, $"Runtime exited with exit status {exitCode}"),
    };
}
