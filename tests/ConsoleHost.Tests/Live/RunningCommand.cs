using System.Text;
using TradingBot.Core.Tests.Binance;

namespace ConsoleHost.Tests.Live;

/// <summary>A command that runs until it is stopped, as by Ctrl+C.</summary>
internal sealed class RunningCommand : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly StringBuilder _output = new();
    private readonly Task<CommandRun> _running;

    private RunningCommand(IReadOnlyList<string> arguments) => _running = Task.Run(() => CommandRun.RunAsync(Add, _stopping.Token, arguments));

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public static RunningCommand Start(params IReadOnlyList<string> arguments) => new(arguments);

    /// <summary>Waits until something has been written, or until the command has ended.</summary>
    public async Task UntilAsync(string text)
    {
        await ClockDriving.SoonAsync(() => Output.Contains(text, StringComparison.Ordinal) || _running.IsCompleted);
        if (!Output.Contains(text, StringComparison.Ordinal))
        {
            var ended = await _running;
            throw new InvalidOperationException($"The command ended with {ended.ExitCode} and without '{text}': {ended.Output}{ended.Error}");
        }
    }

    /// <summary>Waits until something has been written, or until the command has ended by itself.</summary>
    public Task UntilEndOrAsync(string text) => ClockDriving.SoonAsync(() => Output.Contains(text, StringComparison.Ordinal) || _running.IsCompleted);

    public async Task<CommandRun> StopAsync()
    {
        await _stopping.CancelAsync();
        return await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await ((Task)_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private void Add(string text)
    {
        lock (_output)
        {
            _output.Append(text);
        }
    }
}
