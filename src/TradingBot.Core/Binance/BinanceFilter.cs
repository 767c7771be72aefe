namespace TradingBot.Binance;

/// <summary>A rule that orders of a symbol must keep. Which values are there depends on <see cref="FilterType"/>.</summary>
public sealed record BinanceFilter
{
    /// <summary>Gets the kind of rule, such as "PRICE_FILTER", "LOT_SIZE" or "MIN_NOTIONAL". New kinds appear without notice.</summary>
    public required string FilterType { get; init; }

    /// <summary>Gets the lowest price, in the quote asset (PRICE_FILTER).</summary>
    public decimal? MinPrice { get; init; }

    /// <summary>Gets the highest price, in the quote asset (PRICE_FILTER).</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>Gets the step of prices, in the quote asset (PRICE_FILTER).</summary>
    public decimal? TickSize { get; init; }

    /// <summary>Gets the smallest quantity, in the base asset (LOT_SIZE, MARKET_LOT_SIZE).</summary>
    public decimal? MinQty { get; init; }

    /// <summary>Gets the largest quantity, in the base asset (LOT_SIZE, MARKET_LOT_SIZE).</summary>
    public decimal? MaxQty { get; init; }

    /// <summary>Gets the step of quantities, in the base asset (LOT_SIZE, MARKET_LOT_SIZE).</summary>
    public decimal? StepSize { get; init; }

    /// <summary>Gets the smallest price times quantity, in the quote asset (MIN_NOTIONAL).</summary>
    public decimal? Notional { get; init; }

    /// <summary>Gets the most open orders (MAX_NUM_ORDERS).</summary>
    public int? Limit { get; init; }

    /// <summary>Gets the highest limit price of a buy, as a multiple of the mark price (PERCENT_PRICE).</summary>
    public decimal? MultiplierUp { get; init; }

    /// <summary>Gets the lowest limit price of a sell, as a multiple of the mark price (PERCENT_PRICE).</summary>
    public decimal? MultiplierDown { get; init; }
}
