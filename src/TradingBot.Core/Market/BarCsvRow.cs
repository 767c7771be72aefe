using System.Runtime.InteropServices;

namespace TradingBot.Market;

/// <summary>A row of a file as it stands there: its line counted from 1, its open time in milliseconds since 1970-01-01 UTC (its close time
/// with <see cref="BarCsvLayout.TimeIsLastSecond"/>), and its values.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BarCsvRow(int Line, long Time, double Open, double High, double Low, double Close, double Volume);
