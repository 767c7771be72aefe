using TradingBot.Strategies;

namespace TradingBot.Backtesting;

/// <summary>What one market of a portfolio did and what it brought in. Amounts of money are in the settlement asset.</summary>
/// <remarks>A market has no equity of its own, since all share one account; what can be told apart is what its trades earned and paid:
/// <c>net profit = edge - fees + funding - slippage</c>.</remarks>
public sealed record PortfolioMarketResult
{
    /// <summary>Gets what was traded.</summary>
    public required PortfolioMarket Market { get; init; }

    /// <summary>Gets the trades, oldest first; only the last may still be open.</summary>
    public required IReadOnlyList<Trade> Trades { get; init; }

    /// <summary>Gets the reasons for which decisions did not become fills, each with how often.</summary>
    public required IReadOnlyDictionary<string, int> Denials { get; init; }

    /// <summary>Gets the hit rate that the strategy's costs require, or <see langword="null"/> if the strategy does not state its edge.</summary>
    public required BreakEvenResult? BreakEven { get; init; }

    /// <summary>Gets the share of trades with a net profit above 0.</summary>
    /// <value>From 0 to 1; <see langword="null"/> without trades.</value>
    public required double? WinRate { get; init; }

    /// <summary>Gets the sum of the net profits of the trades that won over the sum of the net losses of those that lost.</summary>
    /// <value>0 or more; <see langword="null"/> when no trade lost.</value>
    public required double? ProfitFactor { get; init; }

    /// <summary>Gets the net profit of the trades, after all costs; an open one counts at its value at the market's last close.</summary>
    public required decimal NetProfit { get; init; }

    /// <summary>Gets the part of the portfolio's total return that this market brought in: its net profit over the initial balance. The parts add up to the
    /// whole.</summary>
    public required double Contribution { get; init; }

    /// <summary>Gets what the decisions earned by the market's prices, before any cost.</summary>
    public decimal Edge => NetProfit + TotalFees - TotalFunding + TotalSlippage;

    /// <summary>Gets the fees; 0 or more is paid.</summary>
    public required decimal TotalFees { get; init; }

    /// <summary>Gets the funding: above 0 received, below 0 paid.</summary>
    public required decimal TotalFunding { get; init; }

    /// <summary>Gets what worse prices than the market's cost; 0 or more.</summary>
    public required decimal TotalSlippage { get; init; }

    /// <summary>Gets how often the exchange closed the position because its margin was used up.</summary>
    public required int Liquidations { get; init; }

    /// <summary>Gets the open times of the bars whose result could depend on the order of the prices inside them, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> AmbiguousBars { get; init; } = [];

    /// <summary>Gets the share of this market's bars at whose close a position was held.</summary>
    /// <value>From 0 to 1.</value>
    public required double Exposure { get; init; }

    /// <summary>Gets the return of buying at this market's first open and holding to its last close, without costs.</summary>
    public required double BuyAndHoldReturn { get; init; }
}
