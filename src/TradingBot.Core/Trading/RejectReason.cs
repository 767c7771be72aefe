namespace TradingBot.Trading;

/// <summary>Why an order was denied or rejected, in terms that every exchange shares.</summary>
public enum RejectReason
{
    /// <summary>Something that no other value names; the message says what.</summary>
    Other = 0,

    /// <summary>The price is not a multiple of the tick, or outside the allowed range.</summary>
    Price = 1,

    /// <summary>The quantity is not a multiple of the step, or outside the allowed range.</summary>
    Quantity = 2,

    /// <summary>Quantity times price is below the exchange's minimum.</summary>
    MinNotional = 3,

    /// <summary>The free balance does not cover the margin.</summary>
    InsufficientMargin = 4,

    /// <summary>A reduce-only or close-position order found nothing to reduce.</summary>
    ReduceOnly = 5,

    /// <summary>A post-only order would have filled at once.</summary>
    PostOnly = 6,

    /// <summary>A conditional order would have triggered at once.</summary>
    WouldTrigger = 7,

    /// <summary>An open order already has the client order id.</summary>
    DuplicateClientOrderId = 8,

    /// <summary>The symbol does not exist or is not traded now.</summary>
    Symbol = 9,

    /// <summary>The account may not hold so large a position, or so many open orders.</summary>
    PositionLimit = 10,

    /// <summary>The order's parts contradict each other.</summary>
    InvalidOrder = 11,

    /// <summary>An order that closes the position, of the same kind and side, waits already.</summary>
    CloseOrderExists = 12,
}
