namespace TradingBot.Trading;

/// <summary>Where an order stands.</summary>
public enum OrderStatus
{
    /// <summary>The outcome is not known: the answer was lost. The order must be looked up by its client id before anything else.</summary>
    Unknown = 0,

    /// <summary>Refused on this side, before it was sent.</summary>
    Denied = 1,

    /// <summary>Refused by the exchange.</summary>
    Rejected = 2,

    /// <summary>Accepted, nothing filled yet.</summary>
    New = 3,

    /// <summary>Partly filled, the rest still open.</summary>
    PartiallyFilled = 4,

    /// <summary>Filled in full.</summary>
    Filled = 5,

    /// <summary>Canceled by its owner; it may have been filled in part before.</summary>
    Canceled = 6,

    /// <summary>Ended by the exchange's rules; it may have been filled in part before.</summary>
    Expired = 7,
}
