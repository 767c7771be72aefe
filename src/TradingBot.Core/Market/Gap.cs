namespace TradingBot.Market;

/// <summary>A run of bars that the source did not have.</summary>
/// <param name="Start">The open time of the first missing bar, in UTC.</param>
/// <param name="Count">The number of missing bars; 1 or more.</param>
/// <param name="Filled">Whether the series holds flat bars in their place.</param>
public readonly record struct Gap(DateTimeOffset Start, int Count, bool Filled);
