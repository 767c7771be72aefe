using System.Runtime.InteropServices;

namespace TradingBot.Backtesting;

/// <summary>A trade as it is kept, without references, so that the garbage collector never looks at it: where its fills are, and where what else is known of it.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TradeRow
{
    public int FirstFill;
    public int LastFill;
    public int EntryBar;
    public int ExitBar;
    public bool IsClosed;

    /// <summary>The place of why it was opened, among the reasons.</summary>
    public int EntryReason;

    /// <summary>The place of why it was closed, among the reasons.</summary>
    public int ExitReason;

    /// <summary>The number of what was booked apart from the fills, counted from 1; 0 where there is nothing.</summary>
    public int Extras;
}
