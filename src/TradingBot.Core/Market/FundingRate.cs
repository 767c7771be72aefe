using System.Runtime.InteropServices;

namespace TradingBot.Market;

/// <summary>A settlement of funding between the holders of long and of short positions.</summary>
/// <param name="Time">The UTC instant at which positions were settled.</param>
/// <param name="Rate">The share of the notional value at the mark price that longs paid to shorts: 0.0001 is 0.01 per cent; below 0, shorts paid.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FundingRate(DateTimeOffset Time, decimal Rate);
