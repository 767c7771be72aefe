using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>A position with its margin. Prices are in the quote asset, amounts of money in the settlement asset.</summary>
public sealed record PositionRisk
{
    /// <summary>Gets the market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>Gets the position.</summary>
    public required Position Position { get; init; }

    /// <summary>Gets the price by which margin is reckoned, or <see langword="null"/> before the first price.</summary>
    public required decimal? MarkPrice { get; init; }

    /// <summary>Gets the leverage that the symbol is set to.</summary>
    public required int Leverage { get; init; }

    /// <summary>Gets the margin mode that the symbol is set to.</summary>
    public required MarginMode MarginMode { get; init; }

    /// <summary>Gets the profit of closing at the mark price, fees apart.</summary>
    public required decimal UnrealizedProfit { get; init; }

    /// <summary>Gets the margin set aside for the position; 0 in cross mode.</summary>
    public required decimal IsolatedWallet { get; init; }

    /// <summary>Gets the margin that the position binds: notional value divided by leverage.</summary>
    public required decimal InitialMargin { get; init; }

    /// <summary>Gets the margin that open orders of the symbol bind.</summary>
    public required decimal OrderMargin { get; init; }

    /// <summary>Gets the margin below which the position is liquidated.</summary>
    public required decimal MaintenanceMargin { get; init; }

    /// <summary>Gets the price at which the position is liquidated, or <see langword="null"/> where there is none.</summary>
    public required decimal? LiquidationPrice { get; init; }

    /// <summary>Gets the largest notional value that may be held at the leverage.</summary>
    public required decimal MaxNotional { get; init; }
}
