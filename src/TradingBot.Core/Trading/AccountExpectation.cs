namespace TradingBot.Trading;

/// <summary>How a cycle left the account, to be compared with how the next one finds it.</summary>
public sealed record AccountExpectation
{
    /// <summary>Gets the position's quantity: above 0 long, below 0 short, 0 flat.</summary>
    public decimal Quantity { get; init; }

    /// <summary>Gets the wallet balance, or <see langword="null"/> where it may change by itself: with a position, or with an entry that waits.</summary>
    public decimal? Balance { get; init; }

    /// <summary>Gets the id of the bot's stop that was left standing, or <see langword="null"/> when there was none.</summary>
    public string? Stop { get; init; }
}
