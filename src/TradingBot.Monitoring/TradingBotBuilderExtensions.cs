using Microsoft.Extensions.DependencyInjection;

namespace TradingBot.Monitoring;

/// <summary>Adds notifications to a bot.</summary>
public static class TradingBotBuilderExtensions
{
    /// <summary>Posts notifications to a webhook. It may be called several times, for several webhooks.</summary>
    /// <param name="builder">The bot.</param>
    /// <param name="configure">Sets where to, and what.</param>
    /// <exception cref="ArgumentException">A setting is missing or wrong; the message lists every fault and never the address.</exception>
    public static TradingBotBuilder NotifyWebhook(this TradingBotBuilder builder, Action<WebhookOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new WebhookOptions();
        configure(options);
        builder.Services.AddSingleton<INotifier>(new WebhookNotifier(new HttpClient(), options));
        return builder;
    }
}
