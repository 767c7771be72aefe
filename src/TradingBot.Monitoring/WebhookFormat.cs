namespace TradingBot.Monitoring;

/// <summary>The service behind a webhook, which decides the shape of the message.</summary>
public enum WebhookFormat
{
    /// <summary>Slack's incoming webhooks: <c>{"text": ...}</c>.</summary>
    Slack = 1,

    /// <summary>Discord's webhooks: <c>{"content": ...}</c>, mentions switched off.</summary>
    Discord = 2,

    /// <summary>Telegram's <c>sendMessage</c>: <c>{"chat_id": ..., "text": ...}</c>. The address holds the token: <c>https://host/bot&lt;token&gt;/sendMessage</c>.</summary>
    Telegram = 3,
}
