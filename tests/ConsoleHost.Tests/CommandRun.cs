using System.Globalization;
using System.Text;
using Spectre.Console;

namespace ConsoleHost.Tests;

/// <summary>A command that has been run in process: its exit code, and what it wrote, without colours and lines up to 200 characters wide.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    private const int Width = 200;

    public static Task<CommandRun> RunAsync(params IReadOnlyList<string> arguments) => RunAsync(CancellationToken.None, arguments);

    /// <param name="cancellationToken">Cancels the command, as Ctrl+C does.</param>
    /// <param name="arguments">The command and its options.</param>
    public static Task<CommandRun> RunAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments) => RunAsync(null, cancellationToken, arguments);

    /// <param name="onOutput">Is told of every piece of output as it is written.</param>
    /// <param name="cancellationToken">Cancels the command, as Ctrl+C does.</param>
    /// <param name="arguments">The command and its options.</param>
    public static async Task<CommandRun> RunAsync(Action<string>? onOutput, CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        await using var output = new WatchedWriter(onOutput);
        await using var error = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = Width;
        var exitCode = await CommandLine.RunAsync(arguments, console, error, cancellationToken);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    private sealed class WatchedWriter(Action<string>? onOutput) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(string? value)
        {
            base.Write(value);
            onOutput?.Invoke(value ?? string.Empty);
        }
    }
}
