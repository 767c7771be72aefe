using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LambdaHost.Bots;
using LambdaHost.Journals;
using LambdaHost.Sweeps;

namespace LambdaHost;

/// <summary>The verbs for a person at a console; the function itself is started without any.</summary>
internal static class HostCommand
{
    private const string Usage = """
        Without arguments this is an AWS Lambda function. With arguments it copies a bot's journal from S3 into a file, for the console host's parity, capsule and replay:

          bootstrap journal LOCATION BOT FILE copies the entries of the bot at s3://bucket/prefix that the file does not hold yet

        or works on a search, which lies in a folder or at s3://bucket/prefix:

          bootstrap slice LOCATION K N        makes slice K (0 the first) of N
          bootstrap slices LOCATION N         makes all N slices, in as many processes at once as there are processors
          bootstrap merge LOCATION N LEDGER   joins N slices into a trial ledger, and tells what the search found
          bootstrap sweep LOCATION LEDGER     makes the whole search in this process
        """;

    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            switch (arguments)
            {
                case ["journal", var location, var bot, var file]:
                    Console.WriteLine(await JournalCopy.RunAsync(S3Location.Parse(location), bot, file, cancellationToken));
                    return 0;
                case ["slice", var location, var slice, var slices]:
                    {
                        using var job = await SweepJob.OpenAsync(location, cancellationToken);
                        Console.WriteLine(JsonSerializer.Serialize(await job.RunSliceAsync(Whole(slice), Whole(slices), cancellationToken), SweepJson.Default.SliceOutcome));
                        return 0;
                    }

                case ["slices", var location, var slices]:
                    await Parallel.ForAsync(
                        0,
                        Whole(slices),
                        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
                        async (slice, token) => await StartAsync(location, slice, slices, token));
                    return 0;
                case ["merge", var location, var slices, var ledger]:
                    {
                        using var job = await SweepJob.OpenAsync(location, cancellationToken);
                        Write(await job.MergeAsync(Whole(slices), ledger, cancellationToken));
                        return 0;
                    }

                case ["sweep", var location, var ledger]:
                    {
                        using var job = await SweepJob.OpenAsync(location, cancellationToken);
                        Write(job.RunAll(ledger, cancellationToken));
                        return 0;
                    }

                default:
                    await Console.Error.WriteLineAsync(Usage);
                    return 2;
            }
        }
        catch (Exception e) when (e is SettingsException or IOException or ArgumentException or InvalidDataException or TradingBot.Market.BarDataException or TradingBot.Prediction.ModelException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static void Write(SweepOutcome outcome) => Console.WriteLine(JsonSerializer.Serialize(outcome, SweepJson.Default.SweepOutcome));

    private static int Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new SettingsException($"Expected a whole number, found '{text}'.");

    private static async Task StartAsync(string location, int slice, string slices, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["slice", location, slice.ToString(CultureInfo.InvariantCulture), slices]))!;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new SettingsException($"Slice {slice} failed with exit code {process.ExitCode}.");
        }
    }
}
