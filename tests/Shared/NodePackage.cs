using System.Diagnostics;

namespace TradingBot.Tests.Shared;

/// <summary>A folder with a package.json, a lock file and scripts.</summary>
internal sealed class NodePackage(string folder)
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RunTimeout = TimeSpan.FromMinutes(2);

    public static bool IsNpmInstalled { get; } = Find("npm") is not null && Find("node") is not null;

    /// <summary>Installs exactly what the lock file says, unless that is there already.</summary>
    public async Task InstallAsync()
    {
        var (wanted, installed) = (Path.Combine(folder, "package-lock.json"), Path.Combine(folder, "node_modules", ".installed-lock.json"));
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == await File.ReadAllTextAsync(wanted))
        {
            return;
        }

        await RunAsync("npm", InstallTimeout, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        File.Copy(wanted, installed, overwrite: true);
    }

    /// <summary>Starts a script that serves until its standard input ends.</summary>
    public Process Start(string script, params string[] arguments) => StartCommand("node", [script, .. arguments]);

    public Task<string> RunScriptAsync(string script, params string[] arguments) => RunAsync("node", RunTimeout, [script, .. arguments]);

    private static string? Find(string command) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(directory => new[] { command, command + ".cmd", command + ".exe" }, Path.Combine)
        .FirstOrDefault(File.Exists);

    private async Task<string> RunAsync(string command, TimeSpan timeout, params string[] arguments)
    {
        using var process = StartCommand(command, arguments);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var expiry = new CancellationTokenSource(timeout, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(expiry.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} {string.Join(' ', arguments)} took longer than {timeout}.", e);
        }

        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{command} {string.Join(' ', arguments)} failed with {process.ExitCode}: {await errors}{await output}");
    }

    private Process StartCommand(string command, string[] arguments) =>
        Process.Start(new ProcessStartInfo(Find(command)!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        })!;
}
