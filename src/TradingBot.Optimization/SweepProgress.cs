using System.Runtime.InteropServices;

namespace TradingBot.Optimization;

/// <summary>How far a search has come.</summary>
/// <param name="Completed">How many trials are done, those found in the ledger included.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Elapsed">The time since the start.</param>
/// <param name="Remaining">The time that is left if the rest takes as long as the trials run so far, or <see langword="null"/> before the first has run.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SweepProgress(int Completed, int Total, TimeSpan Elapsed, TimeSpan? Remaining);
