using System.Text.Json.Serialization;

namespace TradingBot.Monitoring;

/// <summary>The bodies that the services take.</summary>
internal static partial class WebhookMessage
{
    internal sealed record Slack([property: JsonPropertyName("text")] string Text);

    internal sealed record Discord(
        [property: JsonPropertyName("content")] string Content,
        [property: JsonPropertyName("allowed_mentions")] DiscordMentions AllowedMentions);

    internal sealed record DiscordMentions([property: JsonPropertyName("parse")] string[] Parse);

    internal sealed record Telegram([property: JsonPropertyName("chat_id")] string ChatId, [property: JsonPropertyName("text")] string Text);

    [JsonSerializable(typeof(Slack))]
    [JsonSerializable(typeof(Discord))]
    [JsonSerializable(typeof(Telegram))]
    internal sealed partial class Context : JsonSerializerContext;
}
