using System.Globalization;
using System.Text.Json;
using ConsoleHost.Commands;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Spectre.Console;
using TradingBot.Binance;
using TradingBot.Core.Tests.Binance;
using TradingBot.FakeBinance;
using TradingBot.History;
using TradingBot.Market;
using TradingBot.Testing;

namespace ConsoleHost.Tests.Live;

/// <summary>The command as a person starts it, against a fake Binance.</summary>
public sealed class FetchCommandTests : IAsyncLifetime, IDisposable
{
    private const int Closed = 9_100;
    private static readonly BarSeries Bars = SampleBars.RandomWalk(10_000, seed: 3, interval: Interval.OneMinute);

    // The server's time never leaves its running bar, which here is longer than the minutes of its limits.
    private static readonly BarSeries LongBars = SampleBars.RandomWalk(10_000, seed: 3, interval: Interval.OneHour);
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private FakeBinanceServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = Bars, ClosedBars = Closed });

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Fetch_AnEmptyStore_WritesEveryClosedBarAsItIs()
    {
        var run = await FetchAsync();

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("9100 bars added in 7 requests, 0 gaps, 0 revised bars").And.Contain("BTCUSDT 1m: 1 of 7 requests, 1500 bars added").And.Contain("BTCUSDT 1m: 7 of 7 requests, 9100 bars added");
        ReadOutput().Should().Equal(Bars[..Closed]);
    }

    [Fact]
    public async Task Fetch_Again_AsksOnlyForWhatHasClosedSince()
    {
        await FetchAsync();

        (await FetchAsync()).Output.Should().Contain("0 bars added in 0 requests");
        _server.AdvanceBars(5);
        (await FetchAsync()).Output.Should().Contain("5 bars added in 1 requests");
        ReadOutput().Should().Equal(Bars[..(Closed + 5)]);
    }

    [Fact]
    public async Task Fetch_Interrupted_GoesOnWhereItStopped()
    {
        // The fourth page does not come.
        _server.Inject(ServerFault.DelayAnswer(TimeSpan.FromHours(1)) with { Path = "/fapi/v1/klines", Skip = 3 });
        await using var command = RunningCommand.Start(Arguments("--parallel", "1"));
        await ClockDriving.SoonAsync(() => PendingFaultsAsync().GetAwaiter().GetResult() == 0);
        var interrupted = await command.StopAsync();

        interrupted.ExitCode.Should().Be(CommandLine.Canceled);
        interrupted.Output.Should().Contain("Canceled.");
        File.Exists(Output).Should().BeFalse("a file with half of the bars would be taken for all of them");
        var resumed = await FetchAsync();
        resumed.ExitCode.Should().Be(0);
        resumed.Output.Should().Contain("4600 bars added in 4 requests", "three pages had been stored");
        ReadOutput().Should().Equal(Bars[..Closed]);
    }

    [Fact]
    public async Task Fetch_SeveralAtOnce_RequestsAreSideBySide()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
        await using var server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = Bars, ClosedBars = Closed, TimeProvider = clock });
        server.Inject(ServerFault.DelayRequest(TimeSpan.FromSeconds(1)) with { Path = "/fapi/v1/klines", Skip = 1, Times = 3 });
        using var client = Client(server, new WarningCount());
        var fetching = FetchAsync(client, server, parallel: 3);

        // Three of the server's waits, and as many of the client's for an answer.
        await ClockDriving.SoonAsync(() => clock.ActiveTimers == 6);
        clock.Advance(TimeSpan.FromSeconds(1));
        await fetching;

        ReadOutput().Should().Equal(Bars[..Closed]);
    }

    [Fact]
    public async Task Fetch_MoreThanTheLimitAllowsAMinute_WaitsAndIsNeverRefused()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
        await using var server = await FakeBinanceServer.StartAsync(new FakeBinanceOptions { Bars = LongBars, ClosedBars = Closed, TimeProvider = clock, RequestWeightPerMinute = 40 });
        var warnings = new WarningCount();
        using var requests = new RequestCount();
        using var http = new HttpClient(requests);
        using var client = Client(server, warnings, http);
        var fetching = FetchAsync(client, server, parallel: 4);
        var minutes = 0;
        while (!fetching.IsCompleted)
        {
            // Until all that are left wait for the next minute; that is less than a request may take.
            await ClockDriving.SoonAsync(() => fetching.IsCompleted || (requests.UnderWay == 0 && clock.UntilNextTimer < TimeSpan.FromMinutes(2)));
            if (!fetching.IsCompleted)
            {
                clock.Advance(clock.UntilNextTimer ?? TimeSpan.Zero);
                minutes++;
            }
        }

        await fetching;
        minutes.Should().BeInRange(2, 8, "seven pages weigh 70, and 36 may be read in a minute");
        warnings.Count.Should().Be(0, "nothing was refused");
        ReadOutput().Should().Equal(LongBars[..Closed]);
    }

    [Fact]
    public async Task Fetch_ArchiveFileWithAGap_IsStoredFirst_AndItsGapReported()
    {
        WriteArchive("BTCUSDT-1m-2024-01.csv", i => i is < 500 or >= 520, changed: -1);

        var run = await FetchAsync("--import", _folder.File("BTCUSDT-1m-2024-01.csv"));

        run.ExitCode.Should().Be(0);
        run.Output.Should().Contain("BTCUSDT-1m-2024-01.csv: 2980 bars added, 0 known already, 0 revised bars");
        run.Output.Should().Contain("6100 bars added in 5 requests, 1 gaps, 0 revised bars");
        run.Output.Should().Contain(string.Create(CultureInfo.InvariantCulture, $"gap: 20 bars missing from {Bars.OpenTimeAt(500):u}"));
        ReadOutput().Should().HaveCount(Closed - 20);
    }

    [Fact]
    public async Task Fetch_VerifyingAnArchiveFileThatDiffers_ReportsTheRevisedBarAndFillsTheGap()
    {
        WriteArchive("archive.csv", i => i is < 500 or >= 520, changed: 700);
        await FetchAsync("--import", _folder.File("archive.csv"));

        var run = await FetchAsync("--verify");

        run.Output.Should().Contain("20 bars added in 7 requests, 0 gaps, 1 revised bars");
        var bar = Bars[700];
        run.Output.Should().Contain(string.Create(
            CultureInfo.InvariantCulture,
            $"revised: {bar.OpenTime:u} was open {bar.Open} high {bar.High} low {bar.Low} close {bar.Low} volume {bar.Volume}, is now open {bar.Open} high {bar.High} low {bar.Low} close {bar.Close} volume {bar.Volume}"));
        ReadOutput().Should().Equal(Bars[..Closed]);
    }

    [Theory]
    [InlineData("--symbol NOPEUSDT", "Invalid symbol.")]
    [InlineData("--parallel 33", "--parallel must be from 1 to 32.")]
    [InlineData("--from yesterday", "--from must be a time such as 2024-01-01 or 2024-01-01T12:00Z, found 'yesterday'.")]
    [InlineData("--interval 7m", "7m")]
    [InlineData("--import none.csv", "none.csv")]
    public async Task Fetch_WhatCannotBe_IsOneLineOfError(string arguments, string error)
    {
        var run = await FetchAsync(arguments.Split(' '));

        run.ExitCode.Should().Be(CommandLine.Fault);
        run.Error.Should().Contain(error);
        File.Exists(Output).Should().BeFalse();
    }

    private string Output => _folder.File("bars.csv");

    private Task<CommandRun> FetchAsync(params string[] more) => CommandRun.RunAsync([.. Arguments(more)]);

    private string[] Arguments(params string[] more)
    {
        (string Name, string Value)[] usual =
        [
            ("--symbol", Bars.Symbol.Id), ("--interval", "1m"), ("--from", Bars.OpenTimeAt(0).ToString("yyyy-MM-ddTHH:mmZ", CultureInfo.InvariantCulture)),
            ("--rest", _server.RestAddress.ToString()), ("--out", Output), ("--store", _folder.File("history.db")),
        ];
        return ["fetch", .. usual.Where(option => !more.Contains(option.Name, StringComparer.Ordinal)).SelectMany(option => new[] { option.Name, option.Value }), .. more];
    }

    private BarSeries ReadOutput() => BarCsv.Read(Output, new BarCsvOptions { Symbol = Bars.Symbol, GapPolicy = GapPolicy.Flag });

    private async Task FetchAsync(BinanceClient client, FakeBinanceServer server, int parallel)
    {
        using var store = new BarStore(_folder.File("history.db"), server.TimeProvider);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(TextWriter.Null) });
        var request = new HistoryRequest { Symbol = Bars.Symbol, Interval = server.Bars.Interval, From = server.Bars.OpenTimeAt(0), Parallelism = parallel };
        await Task.Run(() => FetchCommand.RunAsync(console, client, store, request, Output, CancellationToken.None));
    }

    private static BinanceClient Client(FakeBinanceServer server, WarningCount warnings, HttpClient? http = null) => new(
        Options.Create(new BinanceOptions { Environment = BinanceEnvironment.Custom, RestAddress = server.RestAddress, RequestTimeout = TimeSpan.FromMinutes(5), MaxRateLimitWait = TimeSpan.FromMinutes(10) }),
        server.TimeProvider,
        warnings,
        http);

    private async Task<int> PendingFaultsAsync()
    {
        using var faults = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_server.RestAddress, "/control/faults")));
        return faults.RootElement.GetArrayLength();
    }

    // The first 3,000 bars in the layout of the exchange's archive, one of them perhaps with another close.
    private void WriteArchive(string name, Func<int, bool> has, int changed) => File.WriteAllLines(
        _folder.File(name),
        ["open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore", .. Enumerable.Range(0, 3_000).Where(has).Select(i =>
        {
            var bar = Bars[i];
            var close = i == changed ? bar.Low : bar.Close;
            return string.Create(CultureInfo.InvariantCulture, $"{Bars.OpenTimes[i]},{bar.Open:R},{bar.High:R},{bar.Low:R},{close:R},{bar.Volume:R},{Bars.OpenTimes[i] + 59_999},0,0,0,0,0");
        })]);

    private sealed class RequestCount() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _underWay;

        public int UnderWay => _underWay;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _underWay);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                Interlocked.Decrement(ref _underWay);
            }
        }
    }

    private sealed class WarningCount : ILogger<BinanceClient>
    {
        private int _count;

        public int Count => _count;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
            {
                Interlocked.Increment(ref _count);
            }
        }
    }
}
