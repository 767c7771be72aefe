using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;
using TradingBot.Training.Models;

namespace TradingBot.Core.Tests.Trading;

public sealed class AddTradingBotTests
{
    [Fact]
    public void AddTradingBot_Twice_RegistersOnce()
    {
        var services = new ServiceCollection();
        services.AddTradingBot(Configure);
        var once = services.Count;
        services.AddTradingBot();

        services.Where(service => service.ServiceType == typeof(Trader)).Should().ContainSingle();
        services.Where(service => service.ServiceType == typeof(IValidateOptions<TradingBotOptions>)).Should().ContainSingle();
        services.Count.Should().BeLessThan(once + 5);
    }

    [Fact]
    public void AddTradingBot_ApplicationHasItsOwnService_ItWins()
    {
        var services = new ServiceCollection();
        var clock = new ManualTimeProvider(CycleBars.Start);
        services.AddSingleton<TimeProvider>(clock);
        services.AddTradingBot(Configure);

        services.BuildServiceProvider().GetRequiredService<TimeProvider>().Should().BeSameAs(clock);
    }

    [Fact]
    public void AddTradingBot_NothingElseChosen_TradesTheThresholdStrategyOnPaper()
    {
        var exchange = new FakeExchange(SampleBars.Rising(5));
        using var provider = new ServiceCollection().AddTradingBot(Configure).UseFetcher(exchange).Services.BuildServiceProvider();

        provider.GetRequiredService<IStrategy>().Should().BeOfType<ThresholdStrategy>();
        provider.GetRequiredService<IOrderer>().Should().BeOfType<PaperOrderer>();
    }

    [Fact]
    public async Task AddTradingBot_PaperAccount_StartsWithTheSetBalance()
    {
        var exchange = new FakeExchange(SampleBars.Rising(5));
        using var provider = new ServiceCollection()
            .AddTradingBot(options =>
            {
                Configure(options);
                options.PaperBalance = 777m;
            })
            .UseFetcher(exchange).Services.BuildServiceProvider();

        var account = await provider.GetRequiredService<IOrderer>().GetAccountAsync(Symbol.Parse("BTCUSDT"));
        account.Balance.Should().Be(777m);
    }

    [Fact]
    public void Validate_FaultySettings_ReportsAllOfThemAtStart()
    {
        using var provider = new ServiceCollection()
            .AddTradingBot(options => (options.Leverage, options.PositionFraction) = (500, 0)).Services.BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Invoking(validator => validator.Validate())
            .Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(4);
    }

    [Fact]
    public void AddTradingBot_FromConfiguration_LetsTheCodeHaveTheLastWord()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("TradingBot:Symbol", "ETHUSDT"), new("TradingBot:Interval", "4h"), new("TradingBot:Leverage", "2")])
            .Build();
        using var provider = new ServiceCollection()
            .AddTradingBot(configuration.GetSection("TradingBot"), options => options.Leverage = 3).Services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<TradingBotOptions>>().Value;
        (options.Symbol, options.Interval, options.Leverage).Should().Be(("ETHUSDT", Interval.FourHours, 3));
    }

    [Fact]
    public void GetTrader_NoExchangeChosen_SaysWhatIsMissing()
    {
        using var provider = new ServiceCollection()
            .AddTradingBot(Configure).UsePredictor(new PersistencePredictor(Interval.OneHour)).Services.BuildServiceProvider();

        provider.Invoking(p => p.GetRequiredService<Trader>())
            .Should().Throw<InvalidOperationException>().WithMessage("No exchange is chosen; expected a call such as UseBinance(), UseFetcher(...)*");
    }

    [Fact]
    public void GetTrader_NoModelChosen_SaysWhatIsMissing()
    {
        using var provider = new ServiceCollection()
            .AddTradingBot(Configure).UseFakeExchange(SampleBars.Rising(5)).Services.BuildServiceProvider();

        provider.Invoking(p => p.GetRequiredService<Trader>())
            .Should().Throw<InvalidOperationException>().WithMessage("No model is chosen; expected TradingBotOptions.ModelPath, or a call such as UseModel(...)*");
    }

    [Fact]
    public void GetTrader_ModelFileMissing_NamesTheFile()
    {
        using var provider = new ServiceCollection()
            .AddTradingBot(Configure).UseModel("no-such-model.onnx").UseFakeExchange(SampleBars.Rising(5)).Services.BuildServiceProvider();

        provider.Invoking(p => p.GetRequiredService<Trader>()).Should().Throw<ModelException>().WithMessage("*no-such-model.onnx*");
    }

    [Fact]
    public void GetOrderer_LiveWithoutALiveOrderer_SaysWhatIsMissing()
    {
        using var provider = new ServiceCollection().AddTradingBot(options =>
        {
            Configure(options);
            (options.Mode, options.AllowLiveTrading) = (TradingMode.Live, true);
        }).UseFetcher(new FakeExchange(SampleBars.Rising(5))).Services.BuildServiceProvider();

        provider.Invoking(p => p.GetRequiredService<IOrderer>())
            .Should().Throw<InvalidOperationException>().WithMessage("Mode is Live, but only a paper account is registered; expected a call such as UseBinance() or UseOrderer(...).");
    }

    [Fact]
    public async Task RunCycleAsync_ModelFromAFile_ForecastsAndReportsMetricsAndLogs()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("model-").FullName, "ar.onnx");
        await AutoregressiveModel.Fit(SampleBars.RandomWalk(200, seed: 4), order: 2).SaveAsync(path);
        var logs = new List<(int Id, string? Name, LogLevel Level)>();
        using var listener = new MeterListener();
        var cycles = 0;
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == TraderMetrics.MeterName && instrument.Name == "tradingbot.cycle.duration")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => cycles += tags.ToArray().Contains(new("symbol", "XRPUSDT")) ? 1 : 0);
        listener.Start();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new ListLogs(logs)));
        services.AddTradingBot(options =>
            {
                Configure(options);
                options.Symbol = "XRPUSDT";
            })
            .UseModel(path)
            .UseFakeExchange(SampleBars.RandomWalk(50, seed: 5, Symbol.Parse("XRPUSDT")), closedBars: 20);
        await using var provider = services.BuildServiceProvider();

        var result = await provider.GetRequiredService<Trader>().RunCycleAsync();

        result.Forecast.Should().NotBeNull();
        cycles.Should().Be(1);
        logs.Should().Contain((1, "CycleEnded", LogLevel.Information));
        File.Delete(path);
    }

    [Fact]
    public void LogEvents_AllTogether_HaveTheirOwnIds()
    {
        var ids = typeof(Trader).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic))
            .SelectMany(method => method.GetCustomAttributes(typeof(LoggerMessageAttribute), false).Cast<LoggerMessageAttribute>())
            .Select(attribute => (attribute.EventId, attribute.EventName))
            .ToArray();

        ids.Should().NotBeEmpty();
        ids.Select(id => id.EventId).Should().OnlyHaveUniqueItems().And.NotContain(-1);
        ids.Select(id => id.EventName).Should().OnlyHaveUniqueItems().And.NotContainNulls();
    }

    private static void Configure(TradingBotOptions options) => (options.Symbol, options.Interval) = ("BTCUSDT", Interval.OneHour);

    private sealed class ListLogs(List<(int Id, string? Name, LogLevel Level)> logs) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.Add((eventId.Id, eventId.Name, logLevel));

        public void Dispose()
        {
        }
    }
}
