using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TradingBot.CryptoExchange;
using TradingBot.Market;
using TradingBot.Prediction;

namespace ExchangeChoice;

/// <summary>A bot whose exchange is a line of its configuration.</summary>
public static class ExchangeBot
{
    /// <summary>Makes the bot's services; every fault of the settings, and what the chosen exchange lacks, is reported here.</summary>
    public static ServiceProvider Create(IConfiguration configuration)
    {
        var services = new ServiceCollection();
        // <exchange-choice>
        services.AddTradingBot(configuration.GetSection("TradingBot"))
            .UsePredictor(new PersistencePredictor(Interval.Parse(configuration["TradingBot:Interval"]!)))
            .UseExchange(configuration["ExchangeId"]); // "binance" or "binance-net"
        // </exchange-choice>
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        return provider;
    }
}
