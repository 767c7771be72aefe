using TradingBot.Trading;

namespace TradingBot.Journal;

/// <summary>An order as it was known to stand: written when it was sent, found or canceled, with what had filled by then.</summary>
public sealed record OrderEntry : JournalEntry
{
    /// <summary>Gets the order.</summary>
    public required OrderResult Order { get; init; }
}
