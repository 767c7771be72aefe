using System.Runtime.InteropServices;

namespace TradingBot.Simulation;

/// <summary>One step of an exchange's maintenance margin table. Amounts are in the settlement asset.</summary>
/// <param name="NotionalFloor">The smallest notional value of the step, exclusive; 0 for the first.</param>
/// <param name="NotionalCap">The largest notional value of the step, inclusive.</param>
/// <param name="MaintenanceRate">The share of the notional value that must remain as margin: 0.004 is 0.4 per cent.</param>
/// <param name="MaintenanceAmount">The amount taken off again, so that the margin does not jump from step to step.</param>
/// <param name="MaxLeverage">The highest leverage at which a position of this step may be held.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MarginTier(
    decimal NotionalFloor,
    decimal NotionalCap,
    decimal MaintenanceRate,
    decimal MaintenanceAmount,
    int MaxLeverage);
