namespace TradingBot.Monitoring;

/// <summary>What a notification tells of.</summary>
public enum NotificationKind
{
    /// <summary>An order that opens a position was sent.</summary>
    Entry = 1,

    /// <summary>An order that closes a position was sent.</summary>
    Exit = 2,

    /// <summary>A limit stopped trading.</summary>
    LimitTripped = 3,

    /// <summary>A decision was not carried out; the text says why.</summary>
    Denied = 4,

    /// <summary>A cycle failed.</summary>
    Error = 5,
}
