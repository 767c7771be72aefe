using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TradingBot.Binance;
using TradingBot.FakeBinance;
using TradingBot.Journal;
using TradingBot.Market;
using TradingBot.Testing;
using TradingBot.Tests.Shared;
using TradingBot.Trading;
using TradingBot.Training.Models;

namespace ConsoleHost.Tests.Live;

/// <summary>The command as a person starts it, on live prices of a fake Binance.</summary>
[Collection(Settings)]
public sealed class RunCommandTests : IAsyncLifetime, IDisposable
{
    /// <summary>The environment's variables, which belong to the process: tests that set them run one after the other.</summary>
    internal const string Settings = "settings in the environment";

    private const int Closed = 60;
    private const string Key = "TradingBot__Binance__ApiKey";
    private const string Secret = "TradingBot__Binance__ApiSecret";

    // The forecasts of a fitted model are smaller than what a trade costs, and here shall trade all the same.
    private const string AllowCosts = "TradingBot__AllowThresholdBelowCosts";

    // The bars are years old, and the exchange's clock stands at their end.
    private const string AllowOldPrices = "TradingBot__MaxClockOffset";
    private readonly TemporaryFolder _folder = new();
    private readonly BarSeries _bars = SampleBars.RandomWalk(90, seed: 11, interval: Interval.OneHour);
    private FakeBinanceServer _server = null!;

    public async Task InitializeAsync()
    {
        Set(AllowCosts, "true");
        Set(AllowOldPrices, "9999.00:00:00");
        Set(Key, TestKeys.Key);
        Set(Secret, TestKeys.Secret);
        await File.WriteAllBytesAsync(Model, AutoregressiveModel.Fit(_bars[..Closed], order: 2).ToOnnx());
        _server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = _bars, ClosedBars = Closed, ApiKey = TestKeys.Key, ApiSecret = TestKeys.Secret });
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Array.ForEach([AllowCosts, AllowOldPrices, Key, Secret], name => Set(name, null));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "Say where orders go, with exactly one of --paper, --testnet and --live.")]
    [InlineData("--paper --live", "Say where orders go, with exactly one of --paper, --testnet and --live.")]
    [InlineData("--testnet --live --i-accept-real-orders", "Say where orders go, with exactly one of --paper, --testnet and --live.")]
    [InlineData("--live", "--live sends real orders and can lose real money. If that is meant, add --i-accept-real-orders.")]
    [InlineData("--testnet --bars bars.csv", "--bars replays recorded bars, with --paper alone.")]
    [InlineData("--live --i-accept-real-orders --bars bars.csv", "--bars replays recorded bars, with --paper alone.")]
    public async Task Run_UnclearWhereOrdersGo_IsRefusedBeforeAnythingIsSent(string mode, string error)
    {
        var run = await CommandRun.RunAsync([.. Arguments(mode.Split(' ', StringSplitOptions.RemoveEmptyEntries))]);

        (run.ExitCode, run.Output).Should().Be((CommandLine.Fault, ""));
        run.Error.Should().Be($"error: {error}{Environment.NewLine}");
    }

    [Theory]
    [InlineData("--testnet")]
    [InlineData("--live", "--i-accept-real-orders")]
    public async Task Run_OrdersWithoutAKey_AreRefusedAtStart(params string[] mode)
    {
        Set(Key, null);
        Set(Secret, null);

        var run = await CommandRun.RunAsync([.. Arguments(mode)]);

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().StartWith("error: Orders need an API key");
    }

    [Fact]
    public async Task Run_WrongKey_EndsWithTheExchangesWords()
    {
        Set(Key, "other-key");

        var run = await CommandRun.RunAsync([.. Arguments("--testnet")]);

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().Contain("Invalid API-key, IP, or permissions for action.").And.NotContain("other-key");
    }

    [Theory]
    [InlineData("--testnet")]
    [InlineData("--live", "--i-accept-real-orders")]
    public async Task Run_AKeyThatMayWithdraw_IsRefusedBeforeAnOrder(params string[] mode)
    {
        await _server.DisposeAsync();
        _server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = _bars, ClosedBars = Closed, ApiKey = TestKeys.Key, ApiSecret = TestKeys.Secret, KeyMayWithdraw = true });

        var run = await CommandRun.RunAsync([.. Arguments(mode)]);

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().Contain("The API key may withdraw funds, and is refused").And.Contain("Switch off 'Enable Withdrawals'");
        _server.Exchange.Fills.Should().BeEmpty();
    }

    [Theory]
    [InlineData("--testnet")]
    [InlineData("--live", "--i-accept-real-orders")]
    public async Task Run_WithAnAccount_TradesThereAtEveryClose_AndTellsEachCycleInALine(params string[] mode)
    {
        await using var command = RunningCommand.Start(Arguments(mode));
        await FollowAsync(command, bars: 12);
        var run = await command.StopAsync();

        run.ExitCode.Should().Be(0);
        Lines(run).Should().HaveCount(13 + 1, "one a cycle, and the last once more at the end");
        _server.Exchange.Fills.Should().HaveCountGreaterThan(3);
        foreach (var fill in _server.Exchange.Fills)
        {
            run.Output.Should().Contain(string.Create(CultureInfo.InvariantCulture, $"Market {fill.Side} {fill.Quantity:0.000} Filled at {fill.Price:0.########}"));
        }

        run.Output.Should().Contain("Stopped. Nothing was closed or canceled: position and open orders stay at the exchange.");
        _server.Exchange.RiskOf(_bars.Symbol).MarginMode.Should().Be(MarginMode.Isolated, "the account was prepared for the bot");
    }

    [Fact]
    public async Task Run_Paper_TradesInTheProcessAtTheServersPrices_WithoutAKey()
    {
        Set(Key, null);
        Set(Secret, null);
        await using var command = RunningCommand.Start(Arguments("--paper"));
        await FollowAsync(command, bars: 12);
        var run = await command.StopAsync();

        run.ExitCode.Should().Be(0);
        Lines(run).Should().Contain(line => line.Contains("Filled at", StringComparison.Ordinal));
        run.Output.Should().Contain("Stopped. The simulated account ends with the program.");
        _server.Exchange.Fills.Should().BeEmpty();
    }

    [Fact]
    public async Task Run_Stopped_LeavesPositionAndProtectiveStopWhereTheyAre()
    {
        using var client = Client();
        var orderer = new BinanceOrderer(client);
        await using var command = RunningCommand.Start(Arguments("--testnet"));
        await FollowAsync(command, bars: 0);
        var held = _server.Exchange.PositionOf(_bars.Symbol);
        held.IsFlat.Should().BeFalse("it has gone long on its first bar");
        var trigger = Math.Round(held.EntryPrice * 0.5m);
        await orderer.SubmitAsync(new OrderRequest
        {
            Symbol = _bars.Symbol,
            Side = Side.Sell,
            Type = OrderType.StopMarket,
            ClientOrderId = "protection",
            Quantity = 0,
            TriggerPrice = trigger,
            ClosePosition = true,
        });
        await FollowAsync(command, bars: 1);
        var run = await command.StopAsync();

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain(string.Create(CultureInfo.InvariantCulture, $"open: StopMarket Sell all at {trigger}, protection"));
        var account = await orderer.GetAccountAsync(_bars.Symbol);
        account.Position.Should().Be(held);
        account.OpenOrders.Should().ContainSingle().Which.ClientOrderId.Should().Be("protection");
    }

    [Fact]
    public async Task Run_BarsOfAFile_ReplaysThem()
    {
        BarCsv.Write(_folder.File("bars.csv"), _bars);

        var run = await CommandRun.RunAsync("run", "--paper", "--bars", _folder.File("bars.csv"), "--model", Model, "--threshold", "0.00001");

        run.ExitCode.Should().Be(0);
        run.Output.Should().MatchRegex(@"\d+ cycles, \d+ fills, balance [\d,.]+, equity [\d,.]+");
    }

    [Fact]
    public async Task Run_WithAJournal_CanBeReplayedAndComparedWithItsBacktest()
    {
        BarCsv.Write(_folder.File("bars.csv"), _bars);
        var (journal, capsule) = (_folder.File("journal.db"), _folder.File("capsule.json"));
        await CommandRun.RunAsync("run", "--paper", "--bars", _folder.File("bars.csv"), "--model", Model, "--threshold", "0.00001", "--journal", journal);

        var export = await CommandRun.RunAsync("capsule", "--journal", journal, "--bar", _bars.OpenTimeAt(40).ToString("s"), "--out", capsule);
        var replay = await CommandRun.RunAsync("replay", "--capsule", capsule, "--model", Model);
        var parity = await CommandRun.RunAsync("parity", "--journal", journal, "--bars", _folder.File("bars.csv"));

        export.Should().BeEquivalentTo(new { ExitCode = 0, Error = "" });
        export.Output.Should().StartWith($"Wrote the decision on the bar of {_bars.OpenTimeAt(40):u}");
        replay.ExitCode.Should().Be(0);
        replay.Output.Should().EndWith($"The same, to the last bit.{Environment.NewLine}");
        parity.ExitCode.Should().Be(0);
        parity.Output.Should().Contain("Every decision is the backtest's.").And.MatchRegex(@"difference +0\.00 ");
    }

    [Theory]
    [InlineData("capsule --journal missing.db", "There is no journal '*missing.db'.*")]
    [InlineData("parity --journal {0}", "Say which bot with --bot; the journal holds none.*")]
    [InlineData("replay --capsule {0}", "Not what a journal writes:*")]
    public async Task Journal_NotThereOrEmpty_IsOneClearError(string command, string error)
    {
        var empty = _folder.File("empty.db");
        new SqliteTradeJournal(empty).Dispose();

        var run = await CommandRun.RunAsync([.. command.Split(' ').Select(part => part == "{0}" ? empty : part)]);

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().Match($"error: {error}");
    }

    private string Model => _folder.File("model.onnx");

    private static void Set(string name, string? value) => Environment.SetEnvironmentVariable(name, value);

    private static string[] Lines(CommandRun run) => [.. run.Output.Split(Environment.NewLine).Where(line => line.StartsWith("bar ", StringComparison.Ordinal))];

    private string[] Arguments(params string[] mode) =>
    [
        "run", .. mode, "--rest", _server.RestAddress.ToString(), "--symbol", _bars.Symbol.Id, "--interval", "1h", "--model", Model,
        "--threshold", "0.00001", "--state", _folder.File("state"),
    ];

    /// <summary>Lets bars close, each when the cycle before is told.</summary>
    private async Task FollowAsync(RunningCommand command, int bars)
    {
        for (var i = 0; i <= bars; i++)
        {
            await command.UntilAsync($"bar {_bars.OpenTimeAt(_server.ClosedBars - 1):yyyy-MM-dd HH:mm} ");
            if (i < bars)
            {
                _server.AdvanceBar();
            }
        }
    }

    private BinanceClient Client() => new(
        Options.Create(new BinanceOptions
        {
            Environment = BinanceEnvironment.Custom,
            RestAddress = _server.RestAddress,
            StreamAddress = _server.StreamAddress,
            Credentials = new BinanceCredentials(TestKeys.Key, TestKeys.Secret),
        }),
        TimeProvider.System,
        NullLogger<BinanceClient>.Instance);
}
