namespace TradingBot.Monitoring;

/// <summary>Where a webhook notifier sends, and what.</summary>
public sealed class WebhookOptions
{
    /// <summary>Gets or sets the webhook's address. It is a secret: whoever knows it can post.</summary>
    /// <value>There is no default. HTTPS, or HTTP on this machine.</value>
    public Uri? Address { get; set; }

    /// <summary>Gets or sets the shape of the message.</summary>
    /// <value>The default is <see cref="WebhookFormat.Slack"/>.</value>
    public WebhookFormat Format { get; set; } = WebhookFormat.Slack;

    /// <summary>Gets or sets the chat that <see cref="WebhookFormat.Telegram"/> posts to: a number, or <c>@channel</c>.</summary>
    /// <value>The default is <see langword="null"/>; Telegram needs one.</value>
    public string? ChatId { get; set; }

    /// <summary>Gets the kinds that are sent.</summary>
    /// <value>The default is all of them.</value>
    public ISet<NotificationKind> Kinds { get; } = new HashSet<NotificationKind>(Enum.GetValues<NotificationKind>());

    /// <summary>Says what is wrong with the settings, without repeating the address.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Address is not { IsAbsoluteUri: true } address)
        {
            yield return $"{nameof(Address)} must be an absolute address.";
        }
        else if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            yield return $"{nameof(Address)} must use https, or http on this machine, found {address.Scheme}.";
        }

        if (!Enum.IsDefined(Format))
        {
            yield return $"{nameof(Format)} must be one of {string.Join(", ", Enum.GetNames<WebhookFormat>())}, found {Format}.";
        }

        if (Format == WebhookFormat.Telegram && string.IsNullOrWhiteSpace(ChatId))
        {
            yield return $"{nameof(ChatId)} must be set for {nameof(WebhookFormat.Telegram)}.";
        }
    }
}
