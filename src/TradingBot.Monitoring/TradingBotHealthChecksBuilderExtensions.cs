using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using TradingBot.Monitoring;
using TradingBot.Trading;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a bot's health checks.</summary>
public static class TradingBotHealthChecksBuilderExtensions
{
    /// <summary>The tag of every check of a bot.</summary>
    public const string Tag = "tradingbot";

    /// <summary>Adds the checks of a bot that <c>AddTradingBot()</c> registers: <c>tradingbot.cycle</c> (age of the last good cycle),
    /// <c>tradingbot.data</c> (age of the last bar), <c>tradingbot.clock</c> (offset from the exchange), <c>tradingbot.protection</c>
    /// (time without a stop), <c>tradingbot.limits</c> and <c>tradingbot.model</c> (its verdict).</summary>
    /// <param name="builder">Takes the checks.</param>
    /// <param name="configure">Sets when a bot counts as unhealthy.</param>
    public static IHealthChecksBuilder AddTradingBot(this IHealthChecksBuilder builder, Action<HealthThresholds>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var thresholds = new HealthThresholds();
        configure?.Invoke(thresholds);
        return builder
            .Add("cycle", (health, now, twoBars) => HealthQuestions.Cycle(health, now, thresholds.MaxCycleAge ?? twoBars))
            .Add("data", (health, now, twoBars) => HealthQuestions.Data(health, now, thresholds.MaxDataAge ?? twoBars))
            .Add("clock", (health, _, _) => HealthQuestions.Clock(health, thresholds.MaxClockOffset))
            .Add("protection", (health, now, _) => HealthQuestions.Protection(health, now, thresholds.MaxUnprotected))
            .Add("limits", (health, _, _) => HealthQuestions.Limits(health))
            .Add("model", (health, _, _) => HealthQuestions.Model(health));
    }

    private static IHealthChecksBuilder Add(
        this IHealthChecksBuilder builder, string name, Func<TraderHealth, DateTimeOffset, TimeSpan, HealthCheckResult> ask) =>
        builder.Add(new HealthCheckRegistration(
            $"{Tag}.{name}",
            services =>
            {
                var time = services.GetRequiredService<TimeProvider>();
                var twoBars = 2 * services.GetRequiredService<IOptions<TradingBotOptions>>().Value.Interval!.Length + TimeSpan.FromMinutes(1);
                return new TraderHealthCheck(services.GetRequiredService<TraderHealthMonitor>(), health => ask(health, time.GetUtcNow(), twoBars));
            },
            failureStatus: null,
            [Tag]));
}
