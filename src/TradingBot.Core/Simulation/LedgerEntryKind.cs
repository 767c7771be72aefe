namespace TradingBot.Simulation;

/// <summary>Why a balance changed.</summary>
public enum LedgerEntryKind
{
    /// <summary>The profit or loss of closing, fees apart.</summary>
    RealizedProfit = 1,

    /// <summary>A trading fee; never above 0.</summary>
    Fee = 2,

    /// <summary>A funding payment: below 0 paid, above 0 received.</summary>
    Funding = 3,

    /// <summary>What the exchange keeps of a liquidated position; never above 0.</summary>
    LiquidationFee = 4,

    /// <summary>A loss beyond what stood behind the position, taken over by the exchange's insurance fund; never below 0.</summary>
    Insurance = 5,
}
