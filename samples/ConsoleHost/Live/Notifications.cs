using Microsoft.Extensions.Configuration;
using TradingBot;
using TradingBot.Monitoring;

namespace ConsoleHost.Live;

/// <summary>Reads the section Notifications of the configuration: Address, Format (Slack, Discord or Telegram) and, for Telegram, ChatId.</summary>
internal static class Notifications
{
    public static void Add(IConfigurationRoot configuration, TradingBotBuilder bot)
    {
        var section = configuration.GetSection("Notifications");
        if (section["Address"] is not { Length: > 0 } address)
        {
            return;
        }

        bot.NotifyWebhook(options =>
        {
            options.Address = Uri.TryCreate(address, UriKind.Absolute, out var parsed) ? parsed : null;
            options.ChatId = section["ChatId"];
            if (section["Format"] is { } format)
            {
                options.Format = Enum.TryParse<WebhookFormat>(format, ignoreCase: true, out var known) && Enum.IsDefined(known)
                    ? known
                    : throw new ArgumentException($"Notifications:Format must be one of {string.Join(", ", Enum.GetNames<WebhookFormat>())}, found '{format}'.");
            }
        });
    }
}
