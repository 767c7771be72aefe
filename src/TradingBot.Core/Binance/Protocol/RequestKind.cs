namespace TradingBot.Binance.Protocol;

/// <summary>How a request may be treated.</summary>
internal enum RequestKind
{
    /// <summary>May be repeated, and leaves the reserved share of the limits alone.</summary>
    Read,

    /// <summary>May be repeated, and may use the reserved share: it asks how an order ended.</summary>
    Lookup,

    /// <summary>Places or cancels: sent at most once, may use the reserved share, and is not abandoned once it is on its way.</summary>
    Trade,
}
