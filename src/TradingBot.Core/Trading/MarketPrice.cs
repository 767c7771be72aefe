using System.Runtime.InteropServices;

namespace TradingBot.Trading;

/// <summary>The price of a market at an instant.</summary>
/// <param name="Time">The exchange's time of the price, in UTC.</param>
/// <param name="Last">The price of the last trade, in the quote asset.</param>
/// <param name="Mark">The price by which margin, funding and liquidation are reckoned, in the quote asset.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MarketPrice(DateTimeOffset Time, decimal Last, decimal Mark);
