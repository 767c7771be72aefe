using TradingBot.Market;

namespace TradingBot.Journal;

/// <summary>One line of a journal.</summary>
public abstract record JournalEntry
{
    private protected JournalEntry()
    {
    }

    /// <summary>Gets the UTC time at which it was written, by the host's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets the bot's name.</summary>
    public required string BotId { get; init; }

    /// <summary>Gets the market.</summary>
    public required Symbol Symbol { get; init; }
}
