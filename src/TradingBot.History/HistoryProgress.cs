using System.Runtime.InteropServices;

namespace TradingBot.History;

/// <summary>How far a download is. What is done is stored for good.</summary>
/// <param name="Done">The number of requests done.</param>
/// <param name="Total">The number of requests in all.</param>
/// <param name="Added">The number of bars added so far.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct HistoryProgress(int Done, int Total, int Added);
