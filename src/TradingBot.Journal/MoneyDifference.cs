namespace TradingBot.Journal;

/// <summary>What a bot made, less what its backtest made, and where that comes from. Amounts are in the settlement asset; above 0 the bot did better.</summary>
public sealed record MoneyDifference
{
    /// <summary>Gets how the bot's equity changed.</summary>
    public required decimal Recorded { get; init; }

    /// <summary>Gets how the backtest's equity changed.</summary>
    public required decimal Replayed { get; init; }

    /// <summary>Gets what orders filled by both made more by better prices.</summary>
    public required decimal Price { get; init; }

    /// <summary>Gets what was saved in fees. An exchange's answer to an order does not tell its fee, so that the bot's are reckoned at its configured rates.</summary>
    public required decimal Fee { get; init; }

    /// <summary>Gets what was received more in funding: of the bot's balance, what neither fills nor fees explain.</summary>
    public required decimal Funding { get; init; }

    /// <summary>Gets what comes from bars that the exchange has changed since.</summary>
    public required decimal RevisedData { get; init; }

    /// <summary>Gets the rest: orders that only one of the two filled, filled on another bar, or filled to another quantity.</summary>
    public required decimal Timing { get; init; }

    /// <summary>Gets the whole difference; the sum of its parts.</summary>
    public decimal Total => Recorded - Replayed;
}
