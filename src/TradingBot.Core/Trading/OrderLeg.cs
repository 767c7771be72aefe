namespace TradingBot.Trading;

/// <summary>The part that an order plays in a cycle.</summary>
public enum OrderLeg
{
    /// <summary>Closes what is held.</summary>
    Exit = 1,

    /// <summary>Opens a position.</summary>
    Entry = 2,

    /// <summary>Protects a position.</summary>
    Stop = 3,
}
