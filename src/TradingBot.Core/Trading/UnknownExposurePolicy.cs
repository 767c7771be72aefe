namespace TradingBot.Trading;

/// <summary>What to do about a position that the bot did not open, or not so large. It is never taken for flat.</summary>
public enum UnknownExposurePolicy
{
    /// <summary>It is treated as the bot's own: it is protected by the stop, and the strategy decides when it is closed.</summary>
    Adopt = 1,

    /// <summary>Nothing is entered, closed or protected until it is gone or <see cref="Trader.ResetLimitsAsync"/> takes it over.</summary>
    Halt = 2,
}
