using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TradingBot;
using TradingBot.Journal;
using TradingBot.Monitoring;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a trading bot.</summary>
public static class TradingBotServiceCollectionExtensions
{
    /// <summary>Registers a bot and its default parts: a threshold strategy on an ONNX model, orders on a paper account.</summary>
    /// <remarks>Calling it twice is safe. A service that the application has registered itself wins. Settings are checked when the host
    /// starts; without a host, call <c>provider.GetRequiredService&lt;IStartupValidator&gt;().Validate()</c>.</remarks>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the options; it runs after any configuration.</param>
    public static TradingBotBuilder AddTradingBot(this IServiceCollection services, Action<TradingBotOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Add(services, null, configure);
    }

    /// <summary>Registers a bot whose options come from a configuration, such as a section of a JSON file and the environment.</summary>
    /// <inheritdoc cref="AddTradingBot(IServiceCollection, Action{TradingBotOptions}?)" path="/remarks"/>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The section that holds the options by their names.</param>
    /// <param name="configure">Sets the options; it runs after the configuration.</param>
    public static TradingBotBuilder AddTradingBot(
        this IServiceCollection services, IConfiguration section, Action<TradingBotOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddSingleton<IConfigureOptions<TradingBotOptions>>(new TradingBotOptionsReader(section));
        return Add(services, section, configure);
    }

    private static TradingBotBuilder Add(IServiceCollection services, IConfiguration? section, Action<TradingBotOptions>? configure)
    {
        var options = services.AddOptions<TradingBotOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TradingBotOptions>, TradingBotOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.TryAddSingleton<IStrategy>(CreateStrategy);
        services.TryAddSingleton<IModelLoader>(CreateModelLoader);
        services.TryAddSingleton<IPredictor>(CreatePredictor);
        services.TryAddSingleton<IFetcher>(_ => throw new InvalidOperationException(
            "No exchange is chosen; expected a call such as UseBinance(), UseFetcher(...) or UseFakeExchange(...) after AddTradingBot(...)."));
        services.TryAddSingleton<IOrderer>(CreateOrderer);
        services.TryAddSingleton<IRiskStore, InMemoryRiskStore>();
        services.TryAddSingleton(provider => new TraderMetrics(provider.GetService<IMeterFactory>()));
        services.TryAddSingleton<TraderHealthMonitor>();
        services.TryAddSingleton(provider => new TraderReporting
        {
            Journal = provider.GetService<ITradeJournal>(),
            Notifiers = [.. provider.GetServices<INotifier>()],
            Health = provider.GetRequiredService<TraderHealthMonitor>(),
        });
        services.TryAddSingleton<Trader>();
        return new TradingBotBuilder(services, section);
    }

    private static TradingBotOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<TradingBotOptions>>().Value;

    private static ThresholdStrategy CreateStrategy(IServiceProvider provider) => new(OptionsOf(provider).Threshold);

    private static FileModelLoader CreateModelLoader(IServiceProvider provider) => new(
        OptionsOf(provider).ModelPath ?? throw new InvalidOperationException(
            $"No model is chosen; expected {nameof(TradingBotOptions)}.{nameof(TradingBotOptions.ModelPath)}, or a call such as UseModel(...) or UsePredictor(...)."));

    // A service cannot be made asynchronously. This waits once, at start, where nothing else runs yet; a host that must not
    // wait loads the model itself and calls UsePredictor.
    private static OnnxPredictor CreatePredictor(IServiceProvider provider) =>
        OnnxPredictor.LoadAsync(provider.GetRequiredService<IModelLoader>(), provider.GetService<OnnxPredictorOptions>())
            .GetAwaiter().GetResult();

    private static PaperOrderer CreateOrderer(IServiceProvider provider)
    {
        var options = OptionsOf(provider);
        return options.Mode == TradingMode.Paper
            ? new PaperOrderer(provider.GetRequiredService<IFetcher>(), PaperExchangeOptions.Of(options))
            : throw new InvalidOperationException($"{nameof(options.Mode)} is {options.Mode}, but only a paper account is registered; expected a call such as UseBinance() or UseOrderer(...).");
    }
}
