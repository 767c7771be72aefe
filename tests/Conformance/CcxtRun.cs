using System.Reflection;
using System.Text.Json;
using TradingBot.FakeBinance;
using TradingBot.Market;
using TradingBot.Tests.Shared;

namespace TradingBot.Conformance;

/// <summary>One run of ccxt against a server; every test reads a part of what it saw.</summary>
public sealed class CcxtRun : IAsyncLifetime
{
    private const int ClosedBars = 55;
    private JsonDocument? _seen;

    internal FakeBinanceServer Server { get; private set; } = null!;

    internal string Version => _seen!.RootElement.GetProperty("version").GetString()!;

    public async Task InitializeAsync()
    {
        if (!NodePackage.IsNpmInstalled)
        {
            return;
        }

        Server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = Bars(), ClosedBars = ClosedBars, ApiKey = TestKeys.Key, ApiSecret = TestKeys.Secret });
        var package = new NodePackage(typeof(CcxtRun).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "CcxtFolder").Value!);
        await package.InstallAsync();
        var output = await package.RunScriptAsync(
            "run.mjs", Server.RestAddress.ToString().TrimEnd('/'), Server.StreamAddress.ToString().TrimEnd('/'), TestKeys.Key, TestKeys.Secret);
        _seen = JsonDocument.Parse(output);
    }

    public async Task DisposeAsync()
    {
        _seen?.Dispose();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }

    /// <summary>Gets what ccxt made of a step.</summary>
    internal JsonElement Result(string step) => _seen!.RootElement.GetProperty("steps").GetProperty(step).GetProperty("result");

    /// <summary>Gets the server's own state right after a step.</summary>
    internal JsonElement State(string step) => _seen!.RootElement.GetProperty("steps").GetProperty(step).GetProperty("state");

    // Hourly and rising; the first bar that closes during the run ends at a funding time.
    internal static BarSeries Bars()
    {
        var start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        return BarSeries.Create(Symbol.Parse("BTCUSDT"), Interval.OneHour, GapPolicy.Reject, Enumerable.Range(0, 80).Select(i =>
        {
            var open = 60_000 + (100 * i) + (i % 7 * 0.1);
            return new Bar(start.AddHours(i), TimeSpan.FromHours(1), open, open + 150, open - 50.5, open + 99.9, 10.5 + i);
        }));
    }
}
