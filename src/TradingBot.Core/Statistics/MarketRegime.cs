using System.Runtime.InteropServices;

namespace TradingBot.Statistics;

/// <summary>What the market was like before a bar, compared with all its past.</summary>
/// <param name="Trend">The third of its return over the last bars: <see cref="Tercile.High"/> is a rising market.</param>
/// <param name="Volatility">The third of the deviation of its returns over the last bars: <see cref="Tercile.High"/> is a restless market.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MarketRegime(Tercile Trend, Tercile Volatility);
