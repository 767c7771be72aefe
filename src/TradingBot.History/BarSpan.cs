using System.Runtime.InteropServices;

namespace TradingBot.History;

/// <summary>A span of open times.</summary>
/// <param name="From">The earliest open time, inclusive, in UTC.</param>
/// <param name="To">The end of the open times, exclusive, in UTC.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BarSpan(DateTimeOffset From, DateTimeOffset To);
