using System.Runtime.InteropServices;

namespace TradingBot.Aws.Lambda;

/// <summary>Runs a program as a custom runtime of AWS Lambda: asks for the next invocation, hands it to the handler, sends back the answer or the error.</summary>
/// <remarks>
/// <para>The protocol is the Lambda Runtime API of 2018-06-01. Invocations come one after another; the handler is never called twice at once.</para>
/// <para>SIGTERM and SIGINT end the loop: an invocation that has begun is finished, and no other is asked for.</para>
/// </remarks>
public static class LambdaRuntime
{
    /// <summary>Serves invocations with a handler that is ready, until the process is asked to end.</summary>
    /// <param name="handler">Carries out one invocation.</param>
    /// <param name="options">Settings, or <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Ends the loop as SIGTERM does.</param>
    /// <returns>The exit code for the process: 0.</returns>
    /// <exception cref="LambdaRuntimeException">The Runtime API cannot be used.</exception>
    public static Task<int> RunAsync(LambdaHandler handler, LambdaRuntimeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return RunAsync(_ => Task.FromResult(handler), options, cancellationToken);
    }

    /// <summary>Makes the handler, and then serves invocations with it, until the process is asked to end.</summary>
    /// <remarks>What makes the handler belongs into the initialization, which the service allows ten seconds: settings, connections, models.
    /// What fails there is reported as the function's initialization error.</remarks>
    /// <param name="initialize">Makes the handler.</param>
    /// <param name="options">Settings, or <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Ends the loop as SIGTERM does.</param>
    /// <returns>The exit code for the process: 0, or 1 after an initialization error.</returns>
    /// <exception cref="LambdaRuntimeException">The Runtime API cannot be used.</exception>
    public static async Task<int> RunAsync(
        Func<CancellationToken, Task<LambdaHandler>> initialize, LambdaRuntimeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(initialize);
        options ??= new LambdaRuntimeOptions();
        using var api = new RuntimeApi(options);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        return await new InvocationLoop(api, options).RunAsync(initialize, stopping.Token).ConfigureAwait(false);

        void Stop(PosixSignalContext context)
        {
            // The process ends when the loop has ended, not at once.
            context.Cancel = true;
            options.Logger.Stopping(context.Signal);
            stopping.Cancel();
        }
    }
}
