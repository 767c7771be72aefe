using System.CommandLine;
using System.Globalization;

namespace TradingBot.FakeLambda;

/// <summary>The command line.</summary>
internal static class FakeLambdaCommand
{
    internal static RootCommand Create()
    {
        var bootstrap = new Argument<FileInfo>("bootstrap") { Description = "The function's program." };
        var events = new Option<string[]>("--event", "-e") { Required = true, Description = "An event, as JSON; may be given several times." };
        var repeat = new Option<int>("--repeat") { DefaultValueFactory = _ => 1, Description = "How often the events are sent." };
        var variables = new Option<string[]>("--env") { Description = "NAME=VALUE of the function's environment; may be given several times." };
        var file = new Option<FileInfo?>("--env-file") { Description = "A file of such lines; empty ones and those that begin with # are left out. --env stands above it." };
        var timeout = new Option<double>("--timeout") { DefaultValueFactory = _ => 10, Description = "Seconds that an invocation may take." };
        var cold = new Option<bool>("--cold") { Description = "Starts the program anew for every event." };
        var quiet = new Option<bool>("--quiet") { Description = "Does not show what the program logs." };
        var command = new RootCommand("Runs a function's program as AWS Lambda does, on this machine, and gives it events.") { bootstrap, events, repeat, variables, file, timeout, cold, quiet };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            try
            {
                var function = await FakeLambdaFunction.CreateAsync(
                    new FakeLambdaFunctionOptions
                    {
                        Bootstrap = parsed.GetRequiredValue(bootstrap).FullName,
                        Environment = Variables([.. Lines(parsed.GetValue(file)), .. parsed.GetValue(variables) ?? []]),
                        Timeout = TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                        Output = parsed.GetValue(quiet) ? null : output.WriteLine,
                    },
                    cancellationToken).ConfigureAwait(false);
                await using var running = function.ConfigureAwait(false);
                var failures = 0;
                for (var round = 0; round < parsed.GetValue(repeat); round++)
                {
                    foreach (var payload in parsed.GetRequiredValue(events))
                    {
                        var reply = await function.InvokeAsync(payload, null, cancellationToken).ConfigureAwait(false);
                        await WriteAsync(output, reply).ConfigureAwait(false);
                        failures += reply.Error is null ? 0 : 1;
                        if (parsed.GetValue(cold))
                        {
                            await function.StopAsync(cancellationToken).ConfigureAwait(false);
                        }
                    }
                }

                return failures == 0 ? 0 : 1;
            }
            catch (Exception e) when (e is IOException or ArgumentException)
            {
                await error.WriteLineAsync(e.Message).ConfigureAwait(false);
                return 1;
            }
        });
        return command;
    }

    private static IEnumerable<string> Lines(FileInfo? file) =>
        file is null ? [] : File.ReadLines(file.FullName).Where(line => line.Trim().Length > 0 && !line.StartsWith('#'));

    private static Dictionary<string, string> Variables(IEnumerable<string> texts)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new ArgumentException($"Expected NAME=VALUE, found '{text}'.");
            }

            variables[text[..equals]] = text[(equals + 1)..];
        }

        return variables;
    }

    private static async Task WriteAsync(TextWriter output, FakeLambdaReply reply)
    {
        await output.WriteLineAsync(reply.Payload ?? $"ERROR {reply.Error}").ConfigureAwait(false);
        var init = reply.InitDuration is { } start ? string.Create(CultureInfo.InvariantCulture, $"  init {start.TotalMilliseconds:0.0} ms") : "";
        var memory = reply.PeakMemory is { } peak ? string.Create(CultureInfo.InvariantCulture, $"  peak memory {peak / 1e6:0.0} MB") : "";
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"REPORT {reply.RequestId}{init}  duration {reply.Duration.TotalMilliseconds:0.0} ms{memory}")).ConfigureAwait(false);
    }
}
