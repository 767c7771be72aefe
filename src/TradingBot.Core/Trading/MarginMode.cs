namespace TradingBot.Trading;

/// <summary>What stands behind a position when it loses.</summary>
public enum MarginMode
{
    /// <summary>Only the margin set aside for the position.</summary>
    Isolated = 1,

    /// <summary>The whole balance of the account.</summary>
    Cross = 2,
}
