using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Binance;

/// <summary>Lets a bot read and trade Binance USD-M futures.</summary>
public static class BinanceTradingBotBuilderExtensions
{
    /// <summary>Reads market data from Binance, and trades there if that is asked for.</summary>
    /// <remarks>Orders go to the account when <see cref="TradingBotOptions.Mode"/> is <see cref="TradingMode.Live"/>, or when
    /// <see cref="BinanceOptions.TradeDemoAccount"/> is set; otherwise to a simulated account at Binance's prices. Settings come from the
    /// section "Binance" inside the bot's own, where there is one, and are checked with the bot's when the host starts. Calling it twice
    /// is safe.</remarks>
    /// <param name="builder">The bot.</param>
    /// <param name="configure">Sets the options; it runs after the configuration.</param>
    public static TradingBotBuilder UseBinance(this TradingBotBuilder builder, Action<BinanceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseBinance(builder.Section?.GetSection("Binance"), configure);
    }

    /// <summary>Reads market data from Binance, and trades there if that is asked for, with settings of a section of its own.</summary>
    /// <inheritdoc cref="UseBinance(TradingBotBuilder, Action{BinanceOptions}?)" path="/remarks"/>
    /// <param name="builder">The bot.</param>
    /// <param name="section">Holds the options by their names, the credentials as <c>ApiKey</c> and <c>ApiSecret</c>; <see langword="null"/> for none.</param>
    /// <param name="configure">Sets the options; it runs after the configuration.</param>
    public static TradingBotBuilder UseBinance(this TradingBotBuilder builder, IConfiguration? section, Action<BinanceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<BinanceOptions>().ValidateOnStart();
        if (section is not null)
        {
            services.AddSingleton<IConfigureOptions<BinanceOptions>>(new BinanceOptionsReader(section));
        }

        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BinanceOptions>, BinanceOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BinanceOptions>, BinanceTradingValidator>());
        services.TryAddSingleton(provider => new BinanceClient(
            provider.GetRequiredService<IOptions<BinanceOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<BinanceClient>>()));
        services.TryAddSingleton(provider => new BinanceStreams(provider.GetRequiredService<BinanceClient>()));
        services.Replace(ServiceDescriptor.Singleton<IFetcher>(provider => new BinanceFetcher(provider.GetRequiredService<BinanceClient>())));
        services.Replace(ServiceDescriptor.Singleton(CreateOrderer));
        return builder;
    }

    internal static bool TradesAnAccount(TradingBotOptions bot, BinanceOptions options) => bot.Mode == TradingMode.Live || options.TradeDemoAccount;

    private static IOrderer CreateOrderer(IServiceProvider provider)
    {
        var bot = provider.GetRequiredService<IOptions<TradingBotOptions>>().Value;
        return TradesAnAccount(bot, provider.GetRequiredService<IOptions<BinanceOptions>>().Value)
            ? new BinanceOrderer(provider.GetRequiredService<BinanceClient>())
            : new PaperOrderer(provider.GetRequiredService<IFetcher>(), PaperExchangeOptions.Of(bot));
    }
}
