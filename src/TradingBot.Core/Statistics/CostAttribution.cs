using TradingBot.Backtesting;

namespace TradingBot.Statistics;

/// <summary>Where the profit of trades came from and what took it away. Money is in the settlement asset and adds up exactly.</summary>
public sealed record CostAttribution
{
    /// <summary>Gets what the decisions earned by the market's prices, before any cost.</summary>
    public required decimal Edge { get; init; }

    /// <summary>Gets the fees; 0 or more is paid.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Gets the funding: above 0 received, below 0 paid.</summary>
    public required decimal Funding { get; init; }

    /// <summary>Gets what worse prices than the market's cost; 0 or more.</summary>
    public required decimal Slippage { get; init; }

    /// <summary>Gets the net profit: edge less fees plus funding less slippage.</summary>
    public decimal NetProfit => Edge - Fees + Funding - Slippage;

    /// <summary>Gets the share of the edge that fees, slippage and funding took; above 1 when they took more than there was, below 0 when funding paid more than the costs.</summary>
    /// <value><see langword="null"/> when there was no edge to take from.</value>
    public double? CostShare => Edge > 0 ? (double)((Fees - Funding + Slippage) / Edge) : null;

    /// <summary>Attributes the profit of trades; one that is open counts at its value at the last close.</summary>
    public static CostAttribution Of(IReadOnlyList<Trade> trades)
    {
        ArgumentNullException.ThrowIfNull(trades);
        return new CostAttribution
        {
            Edge = trades.Sum(trade => trade.GrossProfit + trade.Slippage),
            Fees = trades.Sum(trade => trade.Fees),
            Funding = trades.Sum(trade => trade.Funding),
            Slippage = trades.Sum(trade => trade.Slippage),
        };
    }
}
