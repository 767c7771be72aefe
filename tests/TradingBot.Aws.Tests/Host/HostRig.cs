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

    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly string _bootstrap;
    private readonly TimeSpan _timeout;

    private HostRig(FakeBinanceServer exchange, string bootstrap, TimeSpan timeout) => (Exchange, _bootstrap, _timeout) = (exchange, bootstrap, timeout);

    public FakeBinanceServer Exchange { get; }

    public FakeLambdaFunction Function { get; private set; } = null!;

    public string Log => string.Join('\n', _log);

    public static async Task<HostRig> StartAsync(PublishedHost host, Action<Dictionary<string, string>>? adjust = null, TimeSpan? timeout = null, int bars = 200)
    {
        var series = Bars(bars);
        var exchange = await FakeBinanceServer.StartAsync(
            new FakeBinanceOptions { Bars = series, ClosedBars = 20, ApiKey = Key, ApiSecret = Secret, RequestWeightPerMinute = 1_000_000, OrdersPerMinute = 100_000, OrdersPerTenSeconds = 100_000 });
        var rig = new HostRig(exchange, host.Bootstrap, timeout ?? TimeSpan.FromSeconds(20));
        var model = Path.Combine(rig._folder.FullName, "model.onnx");
        await AutoregressiveModel.Fit(series, order: 1).SaveAsync(model);
        foreach (var (name, value) in new[]
        {
            ("TradingBot__Symbol", series.Symbol.Id),
            ("TradingBot__Interval", series.Interval.ToString()),
            ("TradingBot__ModelPath", model),
            ("TradingBot__Threshold__Threshold", "0.005"),
            ("TradingBot__Binance__Environment", "Custom"),
            ("TradingBot__Binance__RestAddress", rig.Exchange.RestAddress.ToString()),
            ("TradingBot__Binance__TradeDemoAccount", "true"),
            ("TradingBot__Binance__ApiKey", Key),
            ("TradingBot__Binance__ApiSecret", Secret),
            ("TradingBot__Memory__Folder", Path.Combine(rig._folder.FullName, "memory")),
            ("TradingBot__MaxClockOffset", "10000.00:00:00"), // the bars of the fake exchange lie in the past
            ("TMPDIR", rig._folder.FullName),
        })
        {
            rig._environment[name] = value;
        }

        adjust?.Invoke(rig._environment);
        await rig.CreateFunctionAsync();
        return rig;
    }

    /// <summary>Ends the function and makes it anew with other settings, as a deployment does.</summary>
    public async Task DeployAsync(Action<Dictionary<string, string>> adjust)
    {
        await Function.DisposeAsync();
        adjust(_environment);
        await CreateFunctionAsync();
    }

    /// <summary>Bars that close 1 % higher and 1 % lower by turns, give or take a little.</summary>
    public static BarSeries Bars(int count, string symbol = "BTCUSDT", Interval? interval = null) => SampleBars.FromCloses(
        [.. Enumerable.Range(0, count).Select(i => 60_000 * (1 + (i % 2 * 0.01) + (i * 7 % 11 * 0.0001)))], Market.Symbol.Parse(symbol), interval);

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

    private async Task CreateFunctionAsync() => Function = await FakeLambdaFunction.CreateAsync(new FakeLambdaFunctionOptions
    {
        Bootstrap = _bootstrap,
        Environment = _environment.Where(pair => pair.Value.Length > 0).ToDictionary(StringComparer.Ordinal),
        Timeout = _timeout,
        Output = _log.Enqueue,
    });

    public async ValueTask DisposeAsync()
    {
        await Function.DisposeAsync();
        await Exchange.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
