using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Spectre.Console;
using TradingBot.Binance;
using TradingBot.History;
using TradingBot.Market;
using Symbol = TradingBot.Market.Symbol;

namespace ConsoleHost.Commands;

/// <summary>Downloads bars into a local store and writes them as CSV. A second run asks only for what is missing.</summary>
internal static class FetchCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var connection = new BinanceConnection();
        var symbol = CommonOptions.Symbol();
        var interval = new Option<string>("--interval") { Description = "The length of the bars, 1m to 1w.", Required = true };
        var from = Instant("--from", "The earliest open time, as 2024-01-01 or 2024-01-01T12:00Z, in UTC.");
        from.Required = true;
        var to = Instant("--to", "The end of the open times, exclusive. Left out: up to the last closed bar.");
        var output = new Option<FileInfo?>("--out") { Description = "The CSV file to write. Left out: SYMBOL-INTERVAL.csv." };
        var store = new Option<FileInfo>("--store") { Description = "The store of bars that makes a later run short.", DefaultValueFactory = _ => new FileInfo("history.db") };
        var verify = new Option<bool>("--verify") { Description = "Reads what is stored again and reports what has changed." };
        var import = new Option<FileInfo[]>("--import")
        {
            Description = "CSV files of the exchange's public archive, or others of known form, that are stored first and need not be downloaded.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var parallel = new Option<int>("--parallel") { Description = "How many requests may be under way at once, 1 to 32; the exchange's limits are kept in any case.", DefaultValueFactory = _ => 4 };
        var command = new Command("fetch", "Downloads bars from Binance USD-M futures. Needs no key.") { symbol, interval, from, to, output, store, import, verify, parallel };
        connection.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var request = new HistoryRequest
            {
                Symbol = Symbol.Parse(arguments.GetValue(symbol)!),
                Interval = Interval.Parse(arguments.GetValue(interval)!),
                From = arguments.GetValue(from)!.Value,
                To = arguments.GetValue(to),
                Verify = arguments.GetValue(verify),
                Parallelism = arguments.GetValue(parallel) is >= 1 and <= 32 and var count ? count : throw new ArgumentException("--parallel must be from 1 to 32."),
            };
            var options = new BinanceOptions();
            connection.Apply(arguments, options);
            using var client = new BinanceClient(Options.Create(options), TimeProvider.System, NullLogger<BinanceClient>.Instance);
            using var bars = new BarStore(arguments.GetValue(store)!.FullName, TimeProvider.System);
            foreach (var file in arguments.GetValue(import)!)
            {
                Import(console, bars, file, request);
            }

            var path = arguments.GetValue(output)?.FullName ?? Path.GetFullPath($"{request.Symbol.Id}-{request.Interval}.csv");
            await RunAsync(console, client, bars, request, path, cancellationToken);
            return 0;
        });
        return command;
    }

    internal static async Task RunAsync(
        IAnsiConsole console, BinanceClient client, BarStore store, HistoryRequest request, string path, CancellationToken cancellationToken)
    {
        // It tells the limits that the download keeps to.
        await client.Market.GetExchangeInfoAsync(cancellationToken);
        var now = await client.Market.GetServerTimeAsync(cancellationToken);
        var downloader = new HistoryDownloader(new BinanceFetcher(client), store, new ExchangeTime(now));
        var report = await DownloadAsync(console, downloader, request, cancellationToken);
        Report(console, report);
        var series = store.Load(request.Symbol, request.Interval, GapPolicy.Flag, report.Span.From, report.Span.To);
        if (series.Count == 0)
        {
            Write(console, $"The exchange has no bars in this span; no file was written.");
            return;
        }

        BarCsv.Write(path, series);
        Write(console, $"Wrote {series}");
        Write(console, $"File: {path}");
    }

    private static async Task<HistoryReport> DownloadAsync(IAnsiConsole console, HistoryDownloader downloader, HistoryRequest request, CancellationToken cancellationToken)
    {
        var title = $"{request.Symbol} {request.Interval}";
        if (!console.Profile.Capabilities.Interactive)
        {
            return await downloader.DownloadAsync(request, new LineProgress(console, title), cancellationToken);
        }

        return await console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(title, maxValue: 1);
                var report = await downloader.DownloadAsync(request, new BarProgress(task), cancellationToken);
                (task.MaxValue, task.Value) = (1, 1);
                return report;
            });
    }

    private static void Import(IAnsiConsole console, BarStore store, FileInfo file, HistoryRequest request)
    {
        var saved = store.ImportCsv(file.FullName, request.Symbol, request.Interval);
        Write(console, $"{file.Name}: {saved.Added} bars added, {saved.Unchanged} known already, {saved.Revisions.Count} revised bars");
        Tell(console, saved.Revisions);
    }

    private static void Report(IAnsiConsole console, HistoryReport report)
    {
        Write(console, $"{report.Added} bars added in {report.Requests} requests, {report.Gaps.Count} gaps, {report.Revisions.Count} revised bars");
        foreach (var gap in report.Gaps)
        {
            Write(console, $"gap: {gap.Count} bars missing from {gap.Start:u}");
        }

        Tell(console, report.Revisions);
    }

    private static void Tell(IAnsiConsole console, IReadOnlyList<BarRevision> revisions)
    {
        foreach (var revision in revisions)
        {
            if (revision.Received is { } received)
            {
                Write(console, $"revised: {revision.Stored.OpenTime:u} was {Values(revision.Stored)}, is now {Values(received)}");
            }
            else
            {
                Write(console, $"revised: {revision.Stored.OpenTime:u} {Values(revision.Stored)} is no longer at the exchange; it is kept");
            }
        }
    }

    private static string Values(Bar bar) => string.Create(
        CultureInfo.InvariantCulture, $"open {bar.Open} high {bar.High} low {bar.Low} close {bar.Close} volume {bar.Volume}");

    // Not by the console, which would break the line at its width.
    private static void Write(IAnsiConsole console, FormattableString line) => console.Profile.Out.Writer.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static Option<DateTimeOffset?> Instant(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(
                result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
            {
                return instant;
            }

            result.AddError($"{name} must be a time such as 2024-01-01 or 2024-01-01T12:00Z, found '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    // Answers come from several threads; a later one never turns the bar back.
    private sealed class BarProgress(ProgressTask task) : IProgress<HistoryProgress>
    {
        public void Report(HistoryProgress value) =>
            (task.MaxValue, task.Value) = (value.Total, Math.Max(task.Value, value.Done));
    }

    // Into a file or a log goes a line for each tenth.
    private sealed class LineProgress(IAnsiConsole console, string title) : IProgress<HistoryProgress>
    {
        private readonly Lock _sync = new();
        private int _tenths;

        public void Report(HistoryProgress value)
        {
            lock (_sync)
            {
                if (value.Done * 10 / value.Total is var tenths && tenths > _tenths)
                {
                    _tenths = tenths;
                    Write(console, $"{title}: {value.Done} of {value.Total} requests, {value.Added} bars added");
                }
            }
        }
    }

    // The exchange's clock, on from the instant that it told.
    private sealed class ExchangeTime(DateTimeOffset start) : TimeProvider
    {
        private readonly long _started = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(_started);
    }
}
