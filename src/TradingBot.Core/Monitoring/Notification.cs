using TradingBot.Market;

namespace TradingBot.Monitoring;

/// <summary>Something that a person should know of a bot.</summary>
public sealed record Notification
{
    /// <summary>Gets what it tells of.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>Gets the bot's name.</summary>
    public required string BotId { get; init; }

    /// <summary>Gets the market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>Gets the UTC time at which it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets what happened, in one sentence without secrets.</summary>
    public required string Text { get; init; }
}
