namespace TradingBot.Trading;

/// <summary>What the kill switch does while it is on.</summary>
public enum KillSwitchAction
{
    /// <summary>Nothing is entered, and waiting entries are canceled. Exits and stops go on.</summary>
    StopEntries = 1,

    /// <summary>Nothing is entered, and what is held is closed at the market.</summary>
    ClosePosition = 2,
}
