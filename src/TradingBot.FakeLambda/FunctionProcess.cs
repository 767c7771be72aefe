using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TradingBot.FakeLambda;

/// <summary>The running program of a function.</summary>
internal sealed partial class FunctionProcess : IDisposable
{
    private const int Sigterm = 15;
    private readonly Process _process;

    private FunctionProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Gets the most memory that the process has held, in bytes.</summary>
    public long? PeakMemory
    {
        get
        {
            try
            {
                var line = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                return line is null ? null : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1_024;
            }
            catch (IOException)
            {
                return null; // gone, or a system without /proc
            }
        }
    }

    public static FunctionProcess Start(FakeLambdaFunctionOptions options, string address)
    {
        var program = Path.GetFullPath(options.Bootstrap);
        var folder = Path.GetDirectoryName(program)!;
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var memory = options.MemorySize.ToString(CultureInfo.InvariantCulture);
        start.Environment.Clear();
        foreach (var (name, value) in new[]
        {
            ("PATH", "/usr/local/bin:/usr/bin:/bin"),
            ("LANG", "en_US.UTF-8"),
            ("TZ", ":UTC"),
            ("LAMBDA_TASK_ROOT", folder),
            ("AWS_LAMBDA_RUNTIME_API", address),
            ("AWS_LAMBDA_FUNCTION_NAME", "fake"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", memory),
            ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "fake-access-key"),
            ("AWS_SECRET_ACCESS_KEY", "fake-secret-access-key"),
            ("AWS_SESSION_TOKEN", "fake-session-token"),
        })
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"The program '{program}' did not start.");
        process.OutputDataReceived += (_, line) => Take(options, line.Data);
        process.ErrorDataReceived += (_, line) => Take(options, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new FunctionProcess(process);
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        return _process.ExitCode;
    }

    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }

    public async Task<int?> TerminateAsync(TimeSpan grace, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!_process.HasExited)
        {
            _ = SendSignal(_process.Id, Sigterm);
        }

        using var patience = new CancellationTokenSource(grace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await _process.WaitForExitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_process.HasExited)
        {
            return _process.ExitCode;
        }

        Kill();
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return null;
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static void Take(FakeLambdaFunctionOptions options, string? line)
    {
        if (line is not null)
        {
            options.Output?.Invoke(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
