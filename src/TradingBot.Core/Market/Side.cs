namespace TradingBot.Market;

/// <summary>The side of an order or a fill.</summary>
public enum Side
{
    /// <summary>The base asset is bought: a long position grows or a short one shrinks.</summary>
    Buy = 1,

    /// <summary>The base asset is sold: a short position grows or a long one shrinks.</summary>
    Sell = 2,
}
