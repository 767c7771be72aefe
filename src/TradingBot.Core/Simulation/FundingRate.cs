using System.Runtime.InteropServices;

namespace TradingBot.Simulation;

/// <summary>One funding payment of a perpetual contract.</summary>
/// <param name="Time">The UTC instant at which positions pay or are paid.</param>
/// <param name="Rate">The share of the notional value: above 0 longs pay shorts, below 0 shorts pay longs.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FundingRate(DateTimeOffset Time, decimal Rate);
