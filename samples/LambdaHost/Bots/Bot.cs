using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TradingBot.Binance;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Trading;

namespace LambdaHost.Bots;

/// <summary>One bot, ready to run its cycles.</summary>
internal sealed class Bot : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Bot(string name, ServiceProvider services, TradingBotOptions options)
    {
        (Name, _services, Symbol, Interval) = (name, services, Symbol.Parse(options.Symbol!), options.Interval!);
        Trader = services.GetRequiredService<Trader>();
    }

    public string Name { get; }

    public Symbol Symbol { get; }

    public Interval Interval { get; }

    public Trader Trader { get; }

    public static async Task<Bot> StartAsync(string name, IConfiguration section, IPredictor predictor, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddSingleton(logging);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddTradingBot(section).UsePredictor(predictor).UseBinance();
        var provider = services.BuildServiceProvider();
        try
        {
            // There is no host that would do it.
            provider.GetRequiredService<IStartupValidator>().Validate();
            var bot = new Bot(name, provider, provider.GetRequiredService<IOptions<TradingBotOptions>>().Value);
            await provider.GetRequiredService<IFetcher>().FetchSymbolInfoAsync(bot.Symbol, cancellationToken);
            return bot;
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
