using TradingBot.Market;

namespace TradingBot.Backtesting;

/// <summary>A position from flat to flat, with all that was earned and paid in between. Amounts of money are in the settlement asset,
/// prices in the quote asset, quantities in the base asset.</summary>
public sealed record Trade
{
    /// <summary>Gets the side of the fill that opened the position: <see cref="Side.Buy"/> for a long one.</summary>
    public required Side EntrySide { get; init; }

    /// <summary>Gets the UTC instant of the first fill.</summary>
    public required DateTimeOffset EntryTime { get; init; }

    /// <summary>Gets the UTC instant of the last fill; of the last close while <see cref="IsOpen"/>.</summary>
    public required DateTimeOffset ExitTime { get; init; }

    /// <summary>Gets the quantity that was opened in all; above 0.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Gets the average price of the fills that opened the position, slippage included.</summary>
    public required decimal EntryPrice { get; init; }

    /// <summary>Gets the average price of the fills that closed the position, slippage included; what is still open counts at the last close.</summary>
    public required decimal ExitPrice { get; init; }

    /// <summary>Gets the profit by the prices of the fills; below 0 for a loss.</summary>
    public required decimal GrossProfit { get; init; }

    /// <summary>Gets the fees paid; 0 or more, below 0 only where the exchange pays its makers.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Gets the funding: above 0 received, below 0 paid.</summary>
    public required decimal Funding { get; init; }

    /// <summary>Gets what worse prices than the market's cost; 0 or more. <see cref="GrossProfit"/> is lower by it already.</summary>
    public required decimal Slippage { get; init; }

    /// <summary>Gets the profit after all costs: gross profit less fees plus funding.</summary>
    public decimal NetProfit => GrossProfit - Fees + Funding;

    /// <summary>Gets why the position was opened, or <see langword="null"/> if the strategy did not say.</summary>
    public string? EntryReason { get; init; }

    /// <summary>Gets why the position was closed, or <see langword="null"/> if it is open or nobody said.</summary>
    public string? ExitReason { get; init; }

    /// <summary>Gets the number of bars from the one of the first fill to the one of the last; 0 within one bar.</summary>
    public required int BarsHeld { get; init; }

    /// <summary>Gets a value indicating whether the position was still open at the end, its profit being what the last close would realise, without the cost of leaving.</summary>
    public bool IsOpen { get; init; }
}
