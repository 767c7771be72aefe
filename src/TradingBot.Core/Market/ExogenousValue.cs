using System.Runtime.InteropServices;

namespace TradingBot.Market;

/// <summary>A value and when the world came to know it.</summary>
/// <param name="PublishedAt">The instant of publication: not that of the event which the value describes. A revision is a value of its own, published later.</param>
/// <param name="Value">The value; finite.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ExogenousValue(DateTimeOffset PublishedAt, double Value);
