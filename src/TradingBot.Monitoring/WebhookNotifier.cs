using System.Globalization;
using System.Net.Http.Json;

namespace TradingBot.Monitoring;

/// <summary>Posts notifications to a webhook of Slack, Discord or Telegram.</summary>
public sealed class WebhookNotifier : INotifier
{
    // The shortest limit of the three services, Discord's.
    private const int MaxLength = 2000;

    private readonly HttpClient _http;
    private readonly WebhookOptions _options;

    /// <summary>Initializes a notifier.</summary>
    /// <param name="http">Sends the messages; it stays the caller's.</param>
    /// <param name="options">Where to, and what.</param>
    /// <exception cref="ArgumentException">A setting is missing or wrong; the message lists every fault and never the address.</exception>
    public WebhookNotifier(HttpClient http, WebhookOptions options)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Faults().ToArray() is { Length: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_http, _options) = (http, options);
    }

    /// <inheritdoc/>
    /// <exception cref="HttpRequestException">The service could not be reached or refused the message; the address is not repeated.</exception>
    public async Task NotifyAsync(Notification notification, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(notification);
        if (!_options.Kinds.Contains(notification.Kind))
        {
            return;
        }

        using var content = ContentOf(TextOf(notification));
        using var response = await _http.PostAsync(_options.Address, content, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                HttpRequestError.InvalidResponse,
                string.Create(CultureInfo.InvariantCulture, $"{_options.Format} refused a notification with status {(int)response.StatusCode}."),
                statusCode: response.StatusCode);
        }
    }

    private static string TextOf(Notification notification)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{notification.Time:u} {notification.BotId} {notification.Symbol.Id} {notification.Kind}: {notification.Text}");
        return text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength - 1), "…");
    }

    private JsonContent ContentOf(string text) => _options.Format switch
    {
        WebhookFormat.Discord => JsonContent.Create(
            new WebhookMessage.Discord(text, new WebhookMessage.DiscordMentions([])), WebhookMessage.Context.Default.Discord),
        WebhookFormat.Telegram => JsonContent.Create(new WebhookMessage.Telegram(_options.ChatId!, text), WebhookMessage.Context.Default.Telegram),
        _ => JsonContent.Create(new WebhookMessage.Slack(text), WebhookMessage.Context.Default.Slack),
    };
}
