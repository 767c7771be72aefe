using System.Collections.Concurrent;
using System.Text.Json;
using TradingBot.FakeBinance;
using TradingBot.FakeLambda;
using TradingBot.Market;
using TradingBot.Testing;
using TradingBot.Tests.Shared;
using TradingBot.Training.Models;

namespace TradingBot.Aws.Tests.Host;

/// <summary>The published program under the emulator, trading the account of a fake Binance on a market that goes up and down by turns, which its model knows.</summary>
internal sealed class HostRig : IAsyncDisposable
{
    public const string Key = TestKeys.Key;
    public const string Secret = TestKeys.Secret;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tradingbot-host-");
    private readonly ConcurrentQueue<string> _log = new();

    private HostRig(FakeBinanceServer exchange) => Exchange = exchange;

    public FakeBinanceServer Exchange { get; }

    public FakeLambdaFunction Function { get; private set; } = null!;

    public string Log => string.Join('\n', _log);

    public static async Task<HostRig> StartAsync(PublishedHost host, Action<Dictionary<string, string>>? adjust = null, TimeSpan? timeout = null, int bars = 200)
    {
        var series = Bars(bars);
        var rig = new HostRig(await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = series, ClosedBars = 20, ApiKey = Key, ApiSecret = Secret }));
        var model = Path.Combine(rig._folder.FullName, "model.onnx");
        await AutoregressiveModel.Fit(series, order: 1).SaveAsync(model);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TradingBot__Symbol"] = series.Symbol.Id,
            ["TradingBot__Interval"] = series.Interval.ToString(),
            ["TradingBot__ModelPath"] = model,
            ["TradingBot__Threshold__Threshold"] = "0.005",
            ["TradingBot__Binance__Environment"] = "Custom",
            ["TradingBot__Binance__RestAddress"] = rig.Exchange.RestAddress.ToString(),
            ["TradingBot__Binance__TradeDemoAccount"] = "true",
            ["TradingBot__Binance__ApiKey"] = Key,
            ["TradingBot__Binance__ApiSecret"] = Secret,
            ["TradingBot__Memory__Folder"] = Path.Combine(rig._folder.FullName, "memory"),
            // The bars of the fake exchange lie in the past.
            ["TradingBot__MaxClockOffset"] = "10000.00:00:00",
            ["TMPDIR"] = rig._folder.FullName,
        };
        adjust?.Invoke(environment);
        foreach (var name in environment.Where(pair => pair.Value.Length == 0).Select(pair => pair.Key).ToArray())
        {
            environment.Remove(name);
        }

        rig.Function = await FakeLambdaFunction.CreateAsync(new FakeLambdaFunctionOptions
        {
            Bootstrap = host.Bootstrap,
            Environment = environment,
            Timeout = timeout ?? TimeSpan.FromSeconds(20),
            Output = rig._log.Enqueue,
        });
        return rig;
    }

    /// <summary>Bars that close 1 % higher and 1 % lower by turns, give or take a little.</summary>
    public static BarSeries Bars(int count, string symbol = "BTCUSDT") => SampleBars.FromCloses(
        [.. Enumerable.Range(0, count).Select(i => 60_000 * (1 + (i % 2 * 0.01) + (i * 7 % 11 * 0.0001)))], Market.Symbol.Parse(symbol));

    /// <summary>Invokes the function and reads its answer.</summary>
    public async Task<JsonElement> InvokeAsync(string payload = "{}", string? requestId = null)
    {
        var reply = await Function.InvokeAsync(payload, requestId);
        reply.Error.Should().BeNull("the function should answer; its log is {0}", Log);
        return JsonDocument.Parse(reply.Payload!).RootElement;
    }

    /// <summary>Invokes the function for its only bot.</summary>
    public async Task<JsonElement> CycleAsync(string payload = "{}", string? requestId = null) =>
        (await InvokeAsync(payload, requestId)).GetProperty("bots").EnumerateArray().Should().ContainSingle().Subject;

    public async Task<FakeLambdaError> ErrorAsync(string payload = "{}")
    {
        var reply = await Function.InvokeAsync(payload);
        reply.Payload.Should().BeNull();
        return reply.Error!;
    }

    public async ValueTask DisposeAsync()
    {
        await Function.DisposeAsync();
        await Exchange.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
