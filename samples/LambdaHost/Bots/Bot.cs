using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TradingBot;
using TradingBot.Aws.S3;
using TradingBot.Aws.Secrets;
using TradingBot.Binance;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Trading;

namespace LambdaHost.Bots;

/// <summary>One bot. What its start needs is done while the function is initialized, apart from what waits for keys that are to be had only later.</summary>
internal sealed class Bot : IAsyncDisposable
{
    private readonly IConfiguration _section;
    private readonly Task<OnnxPredictor> _predictor;
    private readonly KeySource _keys;
    private readonly SecretsExtension _extension;
    private readonly ILoggerFactory _logging;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private ServiceProvider? _services;

    private Bot(BotSettings settings, TradingBotOptions options, Task<OnnxPredictor> predictor, KeySource keys, SecretsExtension extension, ILoggerFactory logging)
    {
        (Name, Symbol, Interval) = (settings.Name, Symbol.Parse(options.Symbol!), options.Interval!);
        (_section, _predictor, _keys, _extension, _logging) = (settings.Section, predictor, keys, extension, logging);
        _logger = logging.CreateLogger<Bot>();
    }

    public string Name { get; }

    public Symbol Symbol { get; }

    public Interval Interval { get; }

    public static async Task<Bot> StartAsync(
        BotSettings settings, ModelShelf models, SecretsExtension extension, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var keys = new KeySource(settings.Section);
        var options = CheckedOptions(settings.Section);

        // On a thread of its own, while the exchange is asked for its rules.
        var bot = new Bot(settings, options, Task.Run(() => models.GetAsync(settings.Section, cancellationToken), cancellationToken), keys, extension, logging);
        if (!keys.IsElsewhere)
        {
            await bot.GetServicesAsync(cancellationToken);
        }

        var model = await bot._predictor;
        bot._logger.ModelLoaded(bot.Name, model.Card.Name);
        return bot;
    }

    /// <summary>Gets the trader, with its connection to the exchange tried and the exchange's time measured anew.</summary>
    /// <remarks>Between events the process is frozen: its stopwatch may have stood still, by which the client counts the exchange's time on, and its
    /// connections may be dead, which only a request shows. This one is harmless; those that trade come after it.</remarks>
    public async Task<Trader> WakeAsync(CancellationToken cancellationToken)
    {
        var services = await GetServicesAsync(cancellationToken);
        await services.GetRequiredService<BinanceClient>().Market.GetServerTimeAsync(cancellationToken);
        _logger.Woken(Name);
        return services.GetRequiredService<Trader>();
    }

    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
    }

    // Without the exchange, whose settings may need keys that are not there yet.
    private static TradingBotOptions CheckedOptions(IConfiguration section)
    {
        var services = new ServiceCollection();
        services.AddTradingBot(section);
        using var provider = services.BuildServiceProvider();
        Validate(provider);
        return provider.GetRequiredService<IOptions<TradingBotOptions>>().Value;
    }

    // There is no host that would do it.
    private static void Validate(ServiceProvider provider) => provider.GetRequiredService<IStartupValidator>().Validate();

    private async Task<ServiceProvider> GetServicesAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            return _services ??= await ConnectAsync(cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<ServiceProvider> ConnectAsync(CancellationToken cancellationToken)
    {
        var section = _keys.IsElsewhere
            ? new ConfigurationBuilder().AddConfiguration(_section).AddInMemoryCollection(await _keys.ReadAsync(_extension, cancellationToken)).Build()
            : _section;
        var services = new ServiceCollection();
        services.AddSingleton(_logging);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));

        // Another strategy: .UseStrategy<MyStrategy>()
        var builder = services.AddTradingBot(section).UsePredictor(new SharedPredictor(_predictor)).UseBinance();
        var isKept = KeepMemory(builder);
        KeepJournal(builder);
        var provider = services.BuildServiceProvider();
        try
        {
            Validate(provider);
            RequireMemory(provider, isKept);
            await provider.GetRequiredService<IFetcher>().FetchSymbolInfoAsync(Symbol, cancellationToken);
            _logger.Connected(Name);
            await _predictor;
            _ = provider.GetRequiredService<Trader>();
            return provider;
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    // A function is started anew at any time: what a bot decided last, and whether a limit has tripped, must not be forgotten with the process.
    private static void RequireMemory(ServiceProvider provider, bool isKept)
    {
        if (!isKept && (provider.GetRequiredService<IOptions<TradingBotOptions>>().Value.Mode == TradingMode.Live || provider.GetRequiredService<IOptions<BinanceOptions>>().Value.TradeDemoAccount))
        {
            throw new SettingsException("Expected Memory__Bucket (and Memory__Prefix), or Memory__Folder, where the bot's memory outlives the process; found neither.");
        }
    }

    /// <summary>Chooses where the bot's memory is kept; <see langword="false"/> when that is nowhere.</summary>
    private bool KeepMemory(TradingBotBuilder builder)
    {
        var memory = new SettingsGroup(_section, "Memory", "Bucket", "Prefix", "Folder");
        switch (memory["Bucket"], memory["Folder"])
        {
            case (null, null):
                return false;
            case ({ } bucket, null):
                builder.KeepLimitsInS3(bucket, memory["Prefix"] ?? "memory/");
                return true;
            case (null, { } folder):
                builder.KeepLimitsIn(folder);
                return true;
            default:
                throw new SettingsException("Expected Memory__Bucket or Memory__Folder, found both.");
        }
    }

    private void KeepJournal(TradingBotBuilder builder)
    {
        var journal = new SettingsGroup(_section, "Journal", "Bucket", "Prefix");
        if (journal["Bucket"] is { } bucket)
        {
            builder.KeepJournalInS3(bucket, journal["Prefix"] ?? "journal/");
        }
        else if (!journal.IsEmpty)
        {
            journal.Require("Bucket");
        }
    }
}
