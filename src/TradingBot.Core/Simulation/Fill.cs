using TradingBot.Market;

namespace TradingBot.Simulation;

/// <summary>One trade of a simulated account. Prices are in the quote asset, amounts of money in the settlement asset.</summary>
public sealed record Fill
{
    /// <summary>Gets the number of the trade, ascending from 1.</summary>
    public required long TradeId { get; init; }

    /// <summary>Gets the UTC instant. Inside a bar it is not known and given as the bar's last millisecond; at its open, as the open time.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets the market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>Gets the exchange's id of the order.</summary>
    public required string ExchangeOrderId { get; init; }

    /// <summary>Gets the owner's id of the order; for a liquidation, one that the exchange made, beginning with "autoclose-".</summary>
    public required string ClientOrderId { get; init; }

    /// <summary>Gets the side.</summary>
    public required Side Side { get; init; }

    /// <summary>Gets the quantity, in the base asset; above 0.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Gets the price, slippage included.</summary>
    public required decimal Price { get; init; }

    /// <summary>Gets the trading fee; 0 or more, a cost on buys and sells alike. A liquidation pays a liquidation fee instead.</summary>
    public required decimal Fee { get; init; }

    /// <summary>Gets a value indicating whether the order waited in the book.</summary>
    public required bool IsMaker { get; init; }

    /// <summary>Gets what slippage and rounding the price to the tick cost; 0 or more, contained in <see cref="Price"/>.</summary>
    public required decimal SlippageCost { get; init; }

    /// <summary>Gets the profit that the fill realised by closing, fees apart; 0 for a fill that only opens.</summary>
    public required decimal RealizedProfit { get; init; }

    /// <summary>Gets a value indicating whether the exchange closed the position because its margin was used up.</summary>
    public bool IsLiquidation { get; init; }
}
