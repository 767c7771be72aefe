using Microsoft.Extensions.Logging;

namespace TradingBot.Aws.Lambda;

/// <summary>Initializes, and carries out one invocation after the other.</summary>
internal sealed class InvocationLoop(RuntimeApi api, LambdaRuntimeOptions options)
{
    private const string TraceVariable = "_X_AMZN_TRACE_ID";
    private readonly ILogger _logger = options.Logger;

    public async Task<int> RunAsync(Func<CancellationToken, Task<LambdaHandler>> initialize, CancellationToken stopping)
    {
        LambdaHandler handler;
        try
        {
            handler = await initialize(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e)
        {
            _logger.InitializationFailed(e);
            await api.ReportInitializationErrorAsync(InvocationError.Of(e)).ConfigureAwait(false);
            return 1;
        }

        while (await NextAsync(stopping).ConfigureAwait(false) is { } invocation)
        {
            await CarryOutAsync(handler, invocation).ConfigureAwait(false);
        }

        return 0;
    }

    // The service allows a quarter of an hour; an emulator under a debugger may name a deadline far beyond what a timer can hold.
    private TimeSpan TimeLeft(LambdaInvocation invocation)
    {
        var left = invocation.Deadline - options.TimeProvider.GetUtcNow() - options.DeadlineMargin;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : left;
    }

    private async Task<LambdaInvocation?> NextAsync(CancellationToken stopping)
    {
        try
        {
            return stopping.IsCancellationRequested ? null : await api.NextAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task CarryOutAsync(LambdaHandler handler, LambdaInvocation invocation)
    {
        // The name by which tracing tools find it; one invocation at a time, so it belongs to the whole process.
        Environment.SetEnvironmentVariable(TraceVariable, invocation.TraceId);
        using var scope = _logger.BeginScope(new InvocationScope(invocation));
        using var deadline = new CancellationTokenSource(TimeLeft(invocation), options.TimeProvider);
        InvocationError error;
        try
        {
            var answer = await handler(invocation, deadline.Token).ConfigureAwait(false);
            if (await api.TryAnswerAsync(invocation.RequestId, answer).ConfigureAwait(false))
            {
                return;
            }

            error = InvocationError.AnswerTooLarge(answer.Length);
        }
        catch (LambdaRuntimeException)
        {
            throw;
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested)
        {
            error = InvocationError.DeadlineReached(e, options.DeadlineMargin);
            _logger.DeadlineReached(e, invocation.Deadline);
        }
        catch (Exception e)
        {
            error = InvocationError.Of(e);
            _logger.InvocationFailed(e);
        }

        await api.ReportErrorAsync(invocation.RequestId, error).ConfigureAwait(false);
    }
}
