using System.CommandLine;
using ConsoleHost.Live;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Spectre.Console;
using TradingBot.Binance;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Testing;
using TradingBot.Trading;
using Symbol = TradingBot.Market.Symbol;

namespace ConsoleHost.Commands;

/// <summary>Runs a bot: over recorded bars, or on live prices with simulated, demo or real orders.</summary>
internal sealed class RunCommand
{
    private const string AcceptName = "--i-accept-real-orders";
    private readonly Option<bool> _paper = new("--paper") { Description = "Simulated orders: at live prices, or over recorded bars with --bars." };
    private readonly Option<bool> _live = new("--live") { Description = $"Real orders with real money. Needs {AcceptName} as well." };
    private readonly Option<bool> _accept = new(AcceptName) { Description = "Confirms --live." };
    private readonly Option<bool> _poll = new("--poll") { Description = "Asks for closed bars every few seconds instead of listening to the stream." };
    private readonly Option<FileInfo?> _bars = new("--bars") { Description = "A CSV file of bars to replay instead of live prices." };
    private readonly Option<string> _symbol = CommonOptions.Symbol();
    private readonly Option<string?> _interval = new("--interval") { Description = "The length of the bars, 1m to 1w. Left out, it is taken from the file or the settings." };
    private readonly Option<GapPolicy> _gaps = CommonOptions.Gaps();
    private readonly Option<FileInfo> _model = new("--model") { Description = "An ONNX model with a card.", Required = true };
    private readonly Option<double> _threshold = CommonOptions.Threshold();
    private readonly Option<decimal> _fraction = new("--fraction") { Description = "The share of the equity behind one position." };
    private readonly Option<int> _leverage = new("--leverage") { Description = "The notional per margin." };
    private readonly Option<DirectoryInfo> _state = new("--state") { Description = "The folder in which tripped limits outlive the program.", DefaultValueFactory = _ => new DirectoryInfo("state") };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Logs every cycle." };
    private readonly SeriesOptions _series = new();
    private readonly BinanceConnection _connection = new();
    private readonly IAnsiConsole _console;

    private RunCommand(IAnsiConsole console) => _console = console;

    public static Command Create(IAnsiConsole console)
    {
        var run = new RunCommand(console);
        var command = new Command(
            "run",
            "Runs a bot until Ctrl+C. Settings are read from appsettings.json and the environment too, in the section TradingBot; keys belong there: TradingBot__Binance__ApiKey and TradingBot__Binance__ApiSecret.")
        {
            run._paper, run._live, run._accept, run._poll, run._bars, run._symbol, run._interval, run._gaps, run._model, run._threshold,
            run._fraction, run._leverage, run._state, run._verbose,
        };
        run._series.AddTo(command);
        run._connection.AddTo(command);
        command.SetAction(run.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var account = ChooseAccount(arguments);
        if (arguments.GetValue(_bars) is { } bars)
        {
            await ReplayAsync(arguments, bars, account, cancellationToken);
            return 0;
        }

        var messages = new LiveMessages(TimeProvider.System);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(messages)
            .SetMinimumLevel(arguments.GetValue(_verbose) ? LogLevel.Information : LogLevel.Warning));
        services.AddTradingBot(ReadConfiguration(), options =>
            {
                Apply(arguments, options);
                (options.Mode, options.AllowLiveTrading) = account == LiveAccount.Real ? (TradingMode.Live, true) : (TradingMode.Paper, false);
            })
            .UseModel(arguments.GetValue(_model)!.FullName, ModelOptions(arguments))
            .UseBinance(options =>
            {
                _connection.Apply(arguments, options);
                options.TradeDemoAccount = account == LiveAccount.Demo;
            })
            .KeepLimitsIn(arguments.GetValue(_state)!.FullName);
        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        var options = provider.GetRequiredService<IOptions<TradingBotOptions>>().Value;
        var client = provider.GetRequiredService<BinanceClient>();
        var state = new LiveState(account, options.Symbol!, options.Interval!, client.ToString(), messages);
        var waker = arguments.GetValue(_poll)
            ? new BarWaker(client, Symbol.Parse(options.Symbol!), options.Interval!)
            : new BarWaker(client, Symbol.Parse(options.Symbol!), options.Interval!, provider.GetRequiredService<BinanceStreams>());
        var run = new LiveRun(
            provider.GetRequiredService<Trader>(), provider.GetRequiredService<IFetcher>(), provider.GetRequiredService<IOrderer>(), waker, state, provider.GetRequiredService<TimeProvider>());
        await run.RunAsync(_console, Symbol.Parse(options.Symbol!), cancellationToken);
        return 0;
    }

    private LiveAccount ChooseAccount(ParseResult arguments)
    {
        var (paper, testnet, live) = (arguments.GetValue(_paper), _connection.IsTestnet(arguments), arguments.GetValue(_live));
        if ((paper ? 1 : 0) + (testnet ? 1 : 0) + (live ? 1 : 0) != 1)
        {
            throw new ArgumentException("Say where orders go, with exactly one of --paper, --testnet and --live.");
        }

        if (live && !arguments.GetValue(_accept))
        {
            throw new ArgumentException($"--live sends real orders and can lose real money. If that is meant, add {AcceptName}.");
        }

        if (!paper && arguments.GetValue(_bars) is not null)
        {
            throw new ArgumentException("--bars replays recorded bars, with --paper alone.");
        }

        return live ? LiveAccount.Real : testnet ? LiveAccount.Demo : LiveAccount.Simulated;
    }

    private async Task ReplayAsync(ParseResult arguments, FileInfo bars, LiveAccount account, CancellationToken cancellationToken)
    {
        var series = BarFiles.Read(bars, arguments.GetValue(_symbol)!, arguments.GetValue(_interval), arguments.GetValue(_gaps));
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(arguments.GetValue(_verbose) ? LogLevel.Information : LogLevel.Warning));
        services.AddTradingBot(ReadConfiguration(), options =>
            {
                Apply(arguments, options);
                (options.Symbol, options.Interval) = (series.Symbol.Id, series.Interval);
            })
            .UseModel(arguments.GetValue(_model)!.FullName, ModelOptions(arguments))
            .UseFakeExchange(series, options: new SimulatedExchangeOptions
            {
                Markets = [new MarketListing(SampleSymbols.For(series.Symbol)) { Funding = FundingSchedule.Fixed(0.0001m) }],
            });
        await using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        await ReplayRun.RunAsync(_console, provider.GetRequiredService<Trader>(), provider.GetRequiredService<FakeExchange>(), cancellationToken);
    }

    // Files of values from outside the market may grow while the bot runs.
    private OnnxPredictorOptions ModelOptions(ParseResult arguments) => new() { Exogenous = new SeriesFiles(_series.Given(arguments)) };

    // What the command line says goes before the configuration; what it leaves out does not.
    private void Apply(ParseResult arguments, TradingBotOptions options)
    {
        options.Symbol = IsGiven(arguments, _symbol) || options.Symbol is null ? arguments.GetValue(_symbol) : options.Symbol;
        options.Interval = arguments.GetValue(_interval) is { } interval ? Interval.Parse(interval) : options.Interval;
        options.GapPolicy = arguments.GetValue(_gaps);
        options.Threshold.Threshold = arguments.GetValue(_threshold);
        options.PositionFraction = IsGiven(arguments, _fraction) ? arguments.GetValue(_fraction) : options.PositionFraction;
        options.Leverage = IsGiven(arguments, _leverage) ? arguments.GetValue(_leverage) : options.Leverage;
    }

    private static bool IsGiven(ParseResult arguments, Option option) => arguments.GetResult(option) is { Implicit: false };

    private static IConfigurationSection ReadConfiguration() => new ConfigurationBuilder()
        .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .Build()
        .GetSection("TradingBot");
}
