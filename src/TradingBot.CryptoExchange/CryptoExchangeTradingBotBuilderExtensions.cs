using Binance.Net.Objects.Options;
using CryptoExchange.Net.SharedApis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TradingBot.Binance;
using TradingBot.CryptoExchange.BinanceNet;
using TradingBot.Simulation;
using TradingBot.Trading;
using BinanceOptions = TradingBot.Binance.BinanceOptions;
using TradingMode = TradingBot.Trading.TradingMode;

namespace TradingBot.CryptoExchange;

/// <summary>Lets a bot read and trade exchanges through the client libraries of the CryptoExchange.Net family.</summary>
public static class CryptoExchangeTradingBotBuilderExtensions
{
    /// <summary>Reads market data from Binance USD-M futures through Binance.Net, and trades there if that is asked for.</summary>
    /// <remarks>The settings are those of <see cref="BinanceTradingBotBuilderExtensions.UseBinance(TradingBotBuilder, Action{BinanceOptions}?)"/>, from the same
    /// section, and orders go where they go with it. What the client lacks is reported at start. Calling it twice is safe.</remarks>
    /// <param name="builder">The bot.</param>
    /// <param name="configure">Sets what those settings do not know, such as a proxy. Environment, credentials, time, limits and the treatment of
    /// client order ids and quantities stay as this library needs them.</param>
    public static TradingBotBuilder UseBinanceNet(this TradingBotBuilder builder, Action<BinanceRestOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.UseBinance();
        builder.Services.AddSingleton<IConfigureOptions<SharedExchangeOptions>>(provider =>
            new ConfigureOptions<SharedExchangeOptions>(options => TakeOver(options, provider.GetRequiredService<IOptions<BinanceOptions>>())));
        return builder.UseShared(
            provider => BinanceNetConnector.Connect(provider.GetRequiredService<IOptions<BinanceOptions>>().Value, configure),
            (provider, _) => provider.GetRequiredService<IOptions<BinanceOptions>>().Value.TradeDemoAccount);
    }

    /// <summary>Reads market data through a client of the family, and trades there if that is asked for.</summary>
    /// <remarks>Orders go to the account when the bot's mode is <see cref="TradingMode.Live"/>, or when <see cref="SharedExchangeOptions.TradeDemoAccount"/>
    /// is set; otherwise to a simulated account at the exchange's prices. What the client lacks, and options of it under which orders could be
    /// sent twice, are reported at start.</remarks>
    /// <param name="builder">The bot.</param>
    /// <param name="client">Gets the client of linear perpetual futures, usually the <c>SharedClient</c> of a REST client that the application has registered.</param>
    /// <param name="configure">Sets the options.</param>
    public static TradingBotBuilder UseExchange(
        this TradingBotBuilder builder, Func<IServiceProvider, ISharedClient> client, Action<SharedExchangeOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(client);
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder.UseShared(provider => new SharedClient(client(provider)), static (_, options) => options.TradeDemoAccount);
    }

    /// <summary>Chooses the exchange by its name, which an application reads from its configuration.</summary>
    /// <param name="builder">The bot.</param>
    /// <param name="exchangeId">The name; letter case does not matter.</param>
    /// <param name="add">Adds exchanges to those that are always there: "binance", the default client, and "binance-net".</param>
    /// <exception cref="ArgumentException">No exchange has that name; the message lists those there are.</exception>
    public static TradingBotBuilder UseExchange(this TradingBotBuilder builder, string? exchangeId, Action<ExchangeChoices>? add = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var choices = new ExchangeChoices().Add("binance", bot => bot.UseBinance()).Add("binance-net", bot => bot.UseBinanceNet());
        add?.Invoke(choices);
        choices.Find(exchangeId)(builder);
        return builder;
    }

    private static TradingBotBuilder UseShared(
        this TradingBotBuilder builder, Func<IServiceProvider, SharedClient> connect, Func<IServiceProvider, SharedExchangeOptions, bool> tradesDemo)
    {
        var services = builder.Services;
        services.AddOptions<SharedExchangeOptions>().ValidateOnStart();
        services.Replace(ServiceDescriptor.Singleton(connect));
        services.Replace(ServiceDescriptor.Singleton<IValidateOptions<SharedExchangeOptions>>(provider => new CapabilityCheck(
            provider.GetRequiredService<SharedClient>, provider.GetRequiredService<IOptions<TradingBotOptions>>(), options => tradesDemo(provider, options))));
        services.Replace(ServiceDescriptor.Singleton(provider => new SharedConnection(
            provider.GetRequiredService<SharedClient>(),
            provider.GetRequiredService<IOptions<SharedExchangeOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SharedConnection>>())));
        services.Replace(ServiceDescriptor.Singleton<IFetcher>(provider => new SharedFetcher(provider.GetRequiredService<SharedConnection>())));
        services.Replace(ServiceDescriptor.Singleton<IOrderer>(provider =>
        {
            var bot = provider.GetRequiredService<IOptions<TradingBotOptions>>().Value;
            var connection = provider.GetRequiredService<SharedConnection>();
            return bot.Mode == TradingMode.Live || tradesDemo(provider, connection.Options)
                ? new SharedOrderer(connection)
                : new PaperOrderer(provider.GetRequiredService<IFetcher>(), PaperExchangeOptions.Of(bot));
        }));
        return builder;
    }

    private static void TakeOver(SharedExchangeOptions options, IOptions<BinanceOptions> binance)
    {
        try
        {
            (options.ReadAttempts, options.LookupAttempts) = (binance.Value.ReadAttempts, binance.Value.LookupAttempts);
        }
        catch (OptionsValidationException)
        {
            // Reported by its own check.
        }
    }
}
