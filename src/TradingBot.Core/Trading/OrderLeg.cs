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

    /// <summary>Adds what an entry that filled in part left out.</summary>
    EntryRest = 4,

    /// <summary>Closes again what an entry that filled in part opened.</summary>
    Undo = 5,

    /// <summary>Reduces a position that is larger than its entry was meant to be.</summary>
    Trim = 6,

    /// <summary>Closes a position that cannot be protected, or that the kill switch closes.</summary>
    Close = 7,
}
