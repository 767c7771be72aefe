using System.Runtime.InteropServices;
using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.Backtesting;

/// <summary>A trade as it is kept: where its fills are, and what was booked apart from them.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TradeRow
{
    public int FirstFill;
    public int LastFill;
    public int EntryBar;
    public int ExitBar;
    public bool IsClosed;
    public string? EntryReason;
    public string? ExitReason;
    public FastDecimal Funding;
    public FastDecimal LiquidationFees;
    public FastDecimal Insurance;

    /// <summary>Takes in what was booked while the position was held.</summary>
    public void Book(in LedgerRow entry)
    {
        switch (entry.Kind)
        {
            case LedgerEntryKind.Funding:
                Funding += entry.Amount;
                break;
            case LedgerEntryKind.LiquidationFee:
                LiquidationFees -= entry.Amount;
                break;
            case LedgerEntryKind.Insurance:
                Insurance += entry.Amount;
                break;
        }
    }
}
