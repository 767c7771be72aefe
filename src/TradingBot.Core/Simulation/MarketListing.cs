using TradingBot.Market;

namespace TradingBot.Simulation;

/// <summary>A contract that a simulated exchange lists: its trading rules, margin table and funding.</summary>
public sealed record MarketListing
{
    /// <summary>Initializes a listing with typical margins and no funding.</summary>
    /// <param name="info">The trading rules.</param>
    public MarketListing(SymbolInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        Info = info;
    }

    /// <summary>Gets the trading rules.</summary>
    public SymbolInfo Info { get; }

    /// <summary>Gets the maintenance margin table; <see cref="MarginTiers.Typical"/> unless set.</summary>
    public MarginTiers MarginTiers { get; init; } = MarginTiers.Typical;

    /// <summary>Gets when funding is paid and at what rate; <see cref="FundingSchedule.None"/> unless set.</summary>
    public FundingSchedule Funding { get; init; } = FundingSchedule.None;

    /// <summary>Gets the share of a liquidated position's notional value that the exchange keeps.</summary>
    /// <value>The default is 0.0125. 0 or more and below 1.</value>
    public decimal LiquidationFeeRate
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, 1);
            field = value;
        }
    }

    = 0.0125m;
}
