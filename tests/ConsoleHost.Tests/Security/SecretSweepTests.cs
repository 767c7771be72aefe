using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using ConsoleHost.Tests.Live;
using TradingBot.FakeBinance;
using TradingBot.Market;
using TradingBot.Testing;
using TradingBot.Tests.Shared;
using TradingBot.Training.Models;

namespace ConsoleHost.Tests.Security;

/// <summary>Whatever goes wrong, neither key nor secret nor a signature is in the output, in the log at its most talkative, in any exception that is thrown, be
/// it caught, or in any byte of any file.</summary>
[Collection(RunCommandTests.Settings)]
public sealed class SecretSweepTests : IAsyncLifetime, IDisposable
{
    private const int Closed = 60;
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["TradingBot__Binance__ApiKey"] = TestKeys.Key,
        ["TradingBot__Binance__ApiSecret"] = TestKeys.Secret,
        ["TradingBot__Binance__ReadAttempts"] = "2",
        ["TradingBot__Binance__LookupAttempts"] = "2",
        ["TradingBot__AllowThresholdBelowCosts"] = "true",
    };

    private static readonly string Signature = "signature=" + new string('a', 64);
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _exceptions = new();
    private readonly BarSeries _bars = SampleBars.RandomWalk(90, seed: 11, interval: Interval.OneHour);
    private FakeBinanceServer? _server;

    /// <summary>What goes wrong: the server's key and secret if they are others, its faults, and a text that is written when it has.</summary>
    private static Dictionary<string, Case> Cases { get; } = new(StringComparer.Ordinal)
    {
        ["wrong signature"] = new("Signature for this request is not valid.") { ServerSecret = "another" },
        ["wrong key"] = new("Invalid API-key, IP, or permissions for action.") { ServerKey = "another" },
        ["the exchange repeats the key"] = new("Invalid API-key (key)") { Faults = [ServerFault.Refuse(401, -2015, $"Invalid API-key {TestKeys.Key}.") with { Path = "/fapi/v3/balance" }] },
        ["a page that repeats the request"] = new("The cycle is tried again.")
        {
            Faults = [ServerFault.RefuseWithText(502, $"<html>GET /fapi/v3/balance?{Signature} {TestKeys.Key}</html>") with { Path = "/fapi/v3/balance", Times = 2 }],
        },
        ["an answer that is cut"] = new("The cycle is tried again.")
        {
            Faults = [ServerFault.ReplaceAnswerWithText(200, $"[{{\"asset\":{TestKeys.Key}") with { Path = "/fapi/v3/balance", Times = 2 }],
        },
        ["banned"] = new("The cycle is tried again.") { Faults = [ServerFault.Banned(120) with { Path = "/fapi/v3/balance" }] },
        ["withdrawals enabled"] = new("The API key may withdraw funds") { KeyMayWithdraw = true },
        ["permissions unknown"] = new("could not be learned") { Faults = [ServerFault.LoseAnswer() with { Path = "/sapi/v1/account/apiRestrictions", Times = 10 }] },
        ["order's answer lost"] = new("was found after its answer was lost") { Faults = [ServerFault.LoseAnswer() with { Method = "POST", Path = "/fapi/v1/order" }] },
        ["look-ups lost"] = new("The cycle is tried again.") { Faults = [ServerFault.LoseAnswer() with { Method = "GET", Path = "/fapi/v1/order", Times = 40 }] },
        ["dead network"] = new("could not be reached") { IsDead = true },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    public async Task InitializeAsync()
    {
        Array.ForEach([.. Variables], variable => Environment.SetEnvironmentVariable(variable.Key, variable.Value));
        AppDomain.CurrentDomain.FirstChanceException += Keep;
        await File.WriteAllBytesAsync(_folder.File("model.onnx"), AutoregressiveModel.Fit(_bars[..Closed], order: 2).ToOnnx());
    }

    public async Task DisposeAsync()
    {
        AppDomain.CurrentDomain.FirstChanceException -= Keep;
        Array.ForEach([.. Variables.Keys], name => Environment.SetEnvironmentVariable(name, null));
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Run_AFault_ShowsNoSecret(string what)
    {
        var one = Cases[what];
        await StartAsync(one);

        await using var command = RunningCommand.Start(Arguments(one.IsDead ? DeadAddress() : _server!.RestAddress));
        await command.UntilEndOrAsync(one.Shows);
        CheckNothingIsShown();
        var run = await command.StopAsync();

        (run.Output + run.Error).Should().Contain(one.Shows, "otherwise the fault has not been met");
        CheckNothingIsShown(run.Output, run.Error);
    }

    [Fact]
    public async Task Run_AllIsWell_AndEveryFileThatFollows_ShowNoSecret()
    {
        await StartAsync(new Case(""));
        BarCsv.Write(_folder.File("bars.csv"), _bars);
        var model = _folder.File("model.onnx");
        var runs = new List<CommandRun>();
        await using (var command = RunningCommand.Start(Arguments(_server!.RestAddress)))
        {
            for (var i = 0; i < 4; i++)
            {
                await command.UntilAsync($"bar {_bars.OpenTimeAt(_server.ClosedBars - 1):yyyy-MM-dd HH:mm} ");
                _server.AdvanceBar();
            }

            _folder.Files.Should().Contain("journal.db-wal", "the journal is being written");
            CheckNothingIsShown();
            runs.Add(await command.StopAsync());
        }

        var (journal, capsule) = (_folder.File("state/journal.db"), _folder.File("capsule.json"));
        runs.Add(await CommandRun.RunAsync("capsule", "--journal", journal, "--bar", _bars.OpenTimeAt(Closed).ToString("s"), "--out", capsule));
        runs.Add(await CommandRun.RunAsync("replay", "--capsule", capsule, "--model", model));
        runs.Add(await CommandRun.RunAsync("parity", "--journal", journal, "--bars", _folder.File("bars.csv")));
        runs.Add(await CommandRun.RunAsync("backtest", "--bars", _folder.File("bars.csv"), "--model", model, "--threshold", "0.00001", "--allow-threshold-below-costs", "--out", _folder.File("report")));

        runs.Should().OnlyContain(run => run.Error == "");
        _server.Exchange.Fills.Should().NotBeEmpty();
        _folder.Files.Should().Contain(["journal.db", "capsule.json", "report.html", "workbook.xlsx", "trades.csv", "equity.csv"]);
        CheckNothingIsShown([.. runs.Select(run => run.Output + run.Error)]);
    }

    private void CheckNothingIsShown(params IEnumerable<string> texts)
    {
        // Not the texts themselves: a failure's message would show what must not be shown.
        texts.Count(SecretScan.IsIn).Should().Be(0, "no output may show a key, a secret or a signature");
        _exceptions.Where(SecretScan.IsIn).Select(text => text.Split(':')[0]).Should().BeEmpty("no exception may show one");
        SecretScan.Files(_folder.File(".")).Should().BeEmpty("no file may hold one");
    }

    private async Task StartAsync(Case one)
    {
        if (one.IsDead)
        {
            return;
        }

        _server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions
        {
            Bars = _bars,
            ClosedBars = Closed,
            ApiKey = one.ServerKey,
            ApiSecret = one.ServerSecret,
            KeyMayWithdraw = one.KeyMayWithdraw,
        });
        foreach (var fault in one.Faults)
        {
            _server.Inject(fault);
        }
    }

    private string[] Arguments(Uri rest) =>
    [
        "run", "--testnet", "--verbose", "--rest", rest.ToString(), "--symbol", _bars.Symbol.Id, "--interval", "1h", "--model", _folder.File("model.onnx"),
        "--threshold", "0.00001", "--state", _folder.File("state"),
    ];

    private void Keep(object? sender, FirstChanceExceptionEventArgs thrown) => _exceptions.Enqueue(thrown.Exception.ToString());

    private static Uri DeadAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    private sealed record Case(string Shows)
    {
        public string ServerKey { get; init; } = TestKeys.Key;

        public string ServerSecret { get; init; } = TestKeys.Secret;

        public IReadOnlyList<ServerFault> Faults { get; init; } = [];

        public bool KeyMayWithdraw { get; init; }

        public bool IsDead { get; init; }
    }
}
