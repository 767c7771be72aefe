using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using TradingBot.FakeBinance;
using TradingBot.Testing;

namespace TradingBot.Benchmarks.Exchanges;

/// <summary>Lets the clients take turns against one fake Binance, each time in a fresh process, and prints the medians over the runs.</summary>
internal static class Comparison
{
    public const string ApiKey = "fake-key";
    public const string ApiSecret = "fake-secret";
    private static readonly string[] Clients = ["binance", "binance-net"];

    private static readonly (string Name, string Title, string Format)[] Figures =
    [
        ("start", "process start to first answer, ms", "0"),
        ("bars100", "100 bars, median of 200, ms", "0.00"),
        ("bars100p95", "100 bars, 95th percentile, ms", "0.00"),
        ("bars1000", "1,000 bars, median of 40, ms", "0.00"),
        ("allocated", "allocated per 1,000 bars, KiB", "0"),
        ("order", "market order until filled, median of 40, ms", "0.00"),
        ("heap", "live heap at the end, MiB", "0.0"),
        ("memory", "resident memory at the end, MiB", "0"),
    ];

    public static async Task RunAsync(int runs)
    {
        await using var server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions
        {
            Bars = SampleBars.RandomWalk(count: 2_600, seed: 1),
            ClosedBars = 1_500,
            Clock = ClockMode.Real,
            ApiKey = ApiKey,
            ApiSecret = ApiSecret,
            RequestWeightPerMinute = 1_000_000,
            OrdersPerMinute = 1_000_000,
            OrdersPerTenSeconds = 1_000_000,
        });
        var measured = Clients.ToDictionary(client => client, _ => new List<Dictionary<string, double>>(), StringComparer.Ordinal);
        for (var run = 0; run < runs; run++)
        {
            foreach (var client in Clients)
            {
                measured[client].Add(await MeasureAsync(client, server.RestAddress));
            }
        }

        Print(measured, runs);
    }

    private static async Task<Dictionary<string, double>> MeasureAsync(string client, Uri address)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["client", client, address.ToString()]) { RedirectStandardOutput = true, UseShellExecute = false };
        var started = TimeProvider.System.GetTimestamp();
        using var process = Process.Start(start)!;
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == ClientRun.FirstAnswer)
            {
                figures["start"] = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
            }
            else if (line.Split('=') is [var name, var value])
            {
                figures[name] = double.Parse(value, CultureInfo.InvariantCulture);
            }
        }

        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? figures : throw new InvalidOperationException($"The run of {client} ended with {process.ExitCode}.");
    }

    private static void Print(Dictionary<string, List<Dictionary<string, double>>> measured, int runs)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumn($"median of {runs} runs (lowest to highest)");
        foreach (var client in Clients)
        {
            table.AddColumn(client);
        }

        foreach (var (name, title, format) in Figures)
        {
            table.AddRow([title, .. Clients.Select(client => Cell(measured[client].ConvertAll(figures => figures[name]), format))]);
        }

        AnsiConsole.Write(table);
    }

    private static string Cell(List<double> values, string format)
    {
        values.Sort();
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Text(values[values.Count / 2])} ({Text(values[0])} to {Text(values[^1])})";
    }
}
