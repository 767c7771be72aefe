namespace TradingBot.Trading;

/// <summary>How a cycle ended.</summary>
public enum CycleOutcome
{
    /// <summary>There were too few bars for the model or the strategy.</summary>
    NotReady = 1,

    /// <summary>Nothing was to be done.</summary>
    Idle = 2,

    /// <summary>What was decided was not made into an order; the result says why.</summary>
    Denied = 3,

    /// <summary>Orders were sent; the result holds what became of them.</summary>
    Ordered = 4,
}
