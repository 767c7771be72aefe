namespace TradingBot.Strategies;

/// <summary>How often a strategy must be right to pay its costs. Costs are shares of the notional value of one side: 0.001 is 0.1 per cent.</summary>
public sealed record BreakEvenResult
{
    /// <summary>Gets the fees of entering and leaving.</summary>
    public required double FeeCost { get; init; }

    /// <summary>Gets what half the spread and slippage cost, entering and leaving.</summary>
    public required double SlippageCost { get; init; }

    /// <summary>Gets the funding of the expected holding time, taken as paid.</summary>
    public required double FundingCost { get; init; }

    /// <summary>Gets the cost of a round trip, all of the above.</summary>
    public double CostPerRoundTrip => FeeCost + SlippageCost + FundingCost;

    /// <summary>Gets the share of trades that must be right so that the costs are earned and nothing more.</summary>
    /// <value>Above 0 and at most 1, or <see langword="null"/> when no share is enough.</value>
    public required double? RequiredHitRate { get; init; }

    /// <summary>Gets a value indicating whether some hit rate pays the costs.</summary>
    public bool IsPayable => RequiredHitRate is not null;

    /// <summary>Gets the reckoning in a sentence or two, for people.</summary>
    public required string Explanation { get; init; }
}
