using System.Globalization;
using System.Text;
using ConsoleHost.Live;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using TradingBot.Binance;
using TradingBot.Core.Tests.Binance;
using TradingBot.FakeBinance;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Testing;
using TradingBot.Tests.Shared;
using TradingBot.Trading;
using TradingBot.Training.Models;

namespace ConsoleHost.Tests.Live;

/// <summary>What wakes a run, what it does when a cycle fails, and what it shows in a terminal; with the clock in the test's hand.</summary>
public sealed class LiveRunTests : IAsyncLifetime, IDisposable
{
    private const int Closed = 60;
    private static readonly BarSeries Bars = SampleBars.RandomWalk(90, seed: 11, interval: Interval.OneHour);
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly CancellationTokenSource _stopping = new();
    private readonly OutputText _output = new();
    private OnnxPredictor _predictor = null!;
    private FakeBinanceServer _server = null!;
    private ServiceProvider _provider = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _predictor = new OnnxPredictor(new ModelFile("fitted", AutoregressiveModel.Fit(Bars[..Closed], order: 2).ToOnnx()));
        _server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = Bars, ClosedBars = Closed, TimeProvider = _clock, ApiKey = TestKeys.Key, ApiSecret = TestKeys.Secret });
        var services = new ServiceCollection();
        services.AddSingleton(_server.TimeProvider);
        services.AddTradingBot(bot => (bot.Symbol, bot.Interval, bot.AllowThresholdBelowCosts, bot.Threshold.Threshold) = (Bars.Symbol.Id, Bars.Interval, true, 0.00001))
            .UsePredictor(_predictor)
            .UseBinance(options =>
            {
                (options.Environment, options.RestAddress, options.StreamAddress) = (BinanceEnvironment.Custom, _server.RestAddress, _server.StreamAddress);
                (options.Credentials, options.TradeDemoAccount) = (new BinanceCredentials(TestKeys.Key, TestKeys.Secret), true);
                (options.ReadAttempts, options.RequestTimeout) = (1, TimeSpan.FromMinutes(5));
            });
        _provider = services.BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _provider.DisposeAsync();
        await _server.DisposeAsync();
    }

    public void Dispose()
    {
        _predictor?.Dispose();
        _output.Dispose();
        _stopping.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_BarCloses_RunsACycle_WokenByTheStreamOrByPolling(bool polls)
    {
        Start(polls, isTerminal: false);
        await CycleAsync(Closed - 1);
        for (var bar = Closed; bar < Closed + 3; bar++)
        {
            await WaitingAsync();
            _server.AdvanceBar();
            await (polls ? PassUntilAsync(CycleOf(bar)) : UntilAsync(CycleOf(bar)));
        }

        _output.Text.Split('\n').Count(line => line.StartsWith("bar ", StringComparison.Ordinal)).Should().Be(4);
    }

    [Fact]
    public async Task RunAsync_PollingBeforeTheClose_RunsNoCycle()
    {
        Start(polls: true, isTerminal: false);
        await CycleAsync(Closed - 1);
        for (var i = 0; i < 5; i++)
        {
            await WaitingAsync();
            _clock.Advance(TimeSpan.FromSeconds(2));
        }

        await WaitingAsync();
        _output.Text.Split('\n').Count(line => line.StartsWith("bar ", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task RunAsync_CycleFailsForTheMoment_SaysSoAndTriesAgain()
    {
        _server.Inject(ServerFault.Refuse(503, -1001, "Internal error; unable to process your request. Please try again.") with { Path = "/fapi/v1/klines" });
        Start(polls: true, isTerminal: false);
        await UntilAsync("Please try again. (HTTP 503, code -1001) The cycle is tried again.");
        var failed = _clock.GetUtcNow();

        await PassUntilAsync(CycleOf(Closed - 1));

        (_clock.GetUtcNow() - failed).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task RunAsync_CycleFailsForGood_EndsWithTheFailure()
    {
        _server.Inject(ServerFault.Refuse(400, -1121, "Invalid symbol.") with { Path = "/fapi/v1/klines" });
        Start(polls: true, isTerminal: false);
        var run = () => _running;
        (await run.Should().ThrowAsync<ExchangeException>()).Which.Code.Should().Be(-1121);
    }

    [Fact]
    public async Task RunAsync_InATerminal_ShowsPriceForecastPositionBalanceOrdersAndNextCycle()
    {
        Start(polls: false, isTerminal: true);
        await ClockDriving.SoonAsync(() => _server.Exchange.Fills.Count > 0);
        await WaitingAsync();
        _server.AdvanceBar();
        await UntilAsync(string.Create(CultureInfo.InvariantCulture, $"2 so far"));

        var fill = _server.Exchange.Fills[0];
        var screen = _output.Text;
        foreach (var text in (string[])["DEMO ACCOUNT", "price", "forecast", "decision", "position", "balance", "next cycle", "recent orders", "Ctrl+C ends the program"])
        {
            screen.Should().Contain(text);
        }

        screen.Should().Contain(string.Create(CultureInfo.InvariantCulture, $"Market {fill.Side} {fill.Quantity}")).And.Contain(string.Create(CultureInfo.InvariantCulture, $"Filled at {fill.Price:0.########}"));
    }

    [Fact]
    public async Task RunAsync_Canceled_FinishesTheCycleThatIsUnderWay()
    {
        _server.Inject(ServerFault.DelayAnswer(TimeSpan.FromSeconds(5)) with { Method = "POST", Path = "/fapi/v1/order" });
        Start(polls: true, isTerminal: false);
        await ClockDriving.SoonAsync(() => _server.Exchange.Fills.Count == 1);
        await _stopping.CancelAsync();
        _running.IsCompleted.Should().BeFalse("an order is on its way");
        _clock.Advance(TimeSpan.FromSeconds(5));
        await _running;

        _output.Text.Should().Contain("Filled at", "the order's end is known").And.Contain("Stopped. Nothing was closed or canceled");
    }

    private void Start(bool polls, bool isTerminal)
    {
        var client = _provider.GetRequiredService<BinanceClient>();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(_output),
        });
        (console.Profile.Width, console.Profile.Height) = (80, 24);
        var waker = polls ? new BarWaker(client, Bars.Symbol, Bars.Interval) : new BarWaker(client, Bars.Symbol, Bars.Interval, _provider.GetRequiredService<BinanceStreams>());
        var state = new LiveState(LiveAccount.Demo, Bars.Symbol.Id, Bars.Interval, "a fake", new LiveMessages(_clock));
        var run = new LiveRun(
            _provider.GetRequiredService<Trader>(), _provider.GetRequiredService<IFetcher>(), _provider.GetRequiredService<IOrderer>(), waker, state, _provider.GetRequiredService<TimeProvider>());
        _running = Task.Run(() => run.RunAsync(console, Bars.Symbol, _stopping.Token));
    }

    private static string CycleOf(int bar) => $"bar {Bars.OpenTimeAt(bar):yyyy-MM-dd HH:mm} ";

    private Task CycleAsync(int bar) => UntilAsync(CycleOf(bar));

    /// <summary>Lets time pass from wait to wait of the run, which looks every two seconds.</summary>
    private Task PassUntilAsync(string text) => ClockDriving.SoonAsync(() =>
    {
        if (_output.Text.Contains(text, StringComparison.Ordinal))
        {
            return true;
        }

        if (_clock.UntilNextTimer is { } next && next <= TimeSpan.FromSeconds(2))
        {
            _clock.Advance(next);
        }

        return false;
    });

    private async Task UntilAsync(string text)
    {
        await ClockDriving.SoonAsync(() => _output.Text.Contains(text, StringComparison.Ordinal) || _running.IsCompleted);
        if (_running.IsCompleted)
        {
            await _running;
        }
    }

    /// <summary>Waits until only the run's own waits are left: no request is on its way.</summary>
    private Task WaitingAsync() => ClockDriving.SoonAsync(() => _clock.UntilNextTimer is { } next && next <= TimeSpan.FromSeconds(2));

    /// <summary>What has been written, also while more is.</summary>
    private sealed class OutputText : StringWriter
    {
        private readonly Lock _sync = new();

        public OutputText()
            : base(CultureInfo.InvariantCulture)
        {
        }

        public override Encoding Encoding => Encoding.UTF8;

        public string Text
        {
            get
            {
                lock (_sync)
                {
                    return ToString();
                }
            }
        }

        public override void Write(string? value)
        {
            lock (_sync)
            {
                base.Write(value);
            }
        }
    }
}
