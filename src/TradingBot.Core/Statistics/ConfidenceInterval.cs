using System.Runtime.InteropServices;

namespace TradingBot.Statistics;

/// <summary>Between which values a figure lies with a given confidence.</summary>
/// <param name="Lower">The lower end.</param>
/// <param name="Median">The middle: half of what might have happened lies below.</param>
/// <param name="Upper">The upper end.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ConfidenceInterval(double Lower, double Median, double Upper);
