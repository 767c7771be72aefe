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
        var parallel = new Option<int>("--parallel") { Description = "How many requests may be under way at once, 1 to 32; the exchange's limits are kept in any case.", DefaultValueFactory = _ => 4 };
        var command = new Command("fetch", "Downloads bars from Binance USD-M futures. Needs no key.") { symbol, interval, from, to, output, store, verify, parallel };
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
            var path = arguments.GetValue(output)?.FullName ?? Path.GetFullPath($"{request.Symbol.Id}-{request.Interval}.csv");
            await RunAsync(console, client, bars, request, path, cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task RunAsync(
        IAnsiConsole console, BinanceClient client, BarStore store, HistoryRequest request, string path, CancellationToken cancellationToken)
    {
        var now = await client.Market.GetServerTimeAsync(cancellationToken);
        var downloader = new HistoryDownloader(new BinanceFetcher(client), store, new ExchangeTime(now));
        HistoryReport? report = null;
        await console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask($"{request.Symbol} {request.Interval}", maxValue: 1);
                report = await downloader.DownloadAsync(request, new Progress(task), cancellationToken);
                (task.MaxValue, task.Value) = (1, 1);
            });
        Report(console, report!);
        var series = store.Load(request.Symbol, request.Interval, GapPolicy.Flag, report!.Span.From, report.Span.To);
        if (series.Count == 0)
        {
            console.WriteLine("The exchange has no bars in this span; no file was written.");
            return;
        }

        BarCsv.Write(path, series);
        console.WriteLine($"Wrote {series}");
        console.WriteLine($"File: {path}");
    }

    private static void Report(IAnsiConsole console, HistoryReport report)
    {
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{report.Added} bars added in {report.Requests} requests, {report.Gaps.Count} gaps, {report.Revisions.Count} revised bars"));
        foreach (var gap in report.Gaps)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"gap: {gap.Count} bars missing from {gap.Start:u}"));
        }

        foreach (var revision in report.Revisions)
        {
            console.WriteLine(revision.Received is { } received
                ? $"revised: {revision.Stored} is now {received}"
                : $"revised: the exchange no longer has {revision.Stored}; it is kept");
        }
    }

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
    private sealed class Progress(ProgressTask task) : IProgress<HistoryProgress>
    {
        public void Report(HistoryProgress value) =>
            (task.MaxValue, task.Value) = (value.Total, Math.Max(task.Value, value.Done));
    }

    // The exchange's clock, on from the instant that it told.
    private sealed class ExchangeTime(DateTimeOffset start) : TimeProvider
    {
        private readonly long _started = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(_started);
    }
}
