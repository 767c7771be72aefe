namespace TradingBot.Binance;

/// <summary>The margin rules for a range of notional values.</summary>
public sealed record BinanceLeverageBracket
{
    /// <summary>Gets the number of the bracket, 1 the lowest.</summary>
    public required int Bracket { get; init; }

    /// <summary>Gets the highest leverage.</summary>
    public required int InitialLeverage { get; init; }

    /// <summary>Gets the lower end of the notional, in the quote asset.</summary>
    public required decimal NotionalFloor { get; init; }

    /// <summary>Gets the upper end of the notional, in the quote asset.</summary>
    public required decimal NotionalCap { get; init; }

    /// <summary>Gets the maintenance margin as a share of the notional.</summary>
    public required decimal MaintMarginRatio { get; init; }

    /// <summary>Gets what is taken off the maintenance margin, so that it has no step between brackets, in the quote asset.</summary>
    public required decimal Cum { get; init; }
}
