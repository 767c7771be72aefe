using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Testing;

/// <summary>Lets a bot trade on a fake exchange.</summary>
public static class TradingBotBuilderExtensions
{
    /// <summary>Replaces exchange and clock by a fake exchange that replays bars, from the close of the first one on.</summary>
    /// <param name="builder">The bot.</param>
    /// <param name="bars">The bars to replay.</param>
    /// <param name="faults">What goes wrong; nothing unless given.</param>
    /// <param name="closedBars">How many of the bars have closed at the start.</param>
    /// <param name="options">How the account is set; as <see cref="FakeExchange"/> says unless given.</param>
    public static TradingBotBuilder UseFakeExchange(
        this TradingBotBuilder builder, BarSeries bars, FaultPlan? faults = null, int closedBars = 1, SimulatedExchangeOptions? options = null) =>
        builder.UseFakeExchange(new FakeExchange(bars, faults, closedBars, options));

    /// <summary>Replaces exchange and clock by a given fake exchange.</summary>
    public static TradingBotBuilder UseFakeExchange(this TradingBotBuilder builder, FakeExchange exchange)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(exchange);
        builder.Services.Replace(ServiceDescriptor.Singleton(exchange));
        builder.Services.Replace(ServiceDescriptor.Singleton<IFetcher>(exchange));
        builder.Services.Replace(ServiceDescriptor.Singleton<IOrderer>(exchange));
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(exchange.Time));
        return builder;
    }
}
