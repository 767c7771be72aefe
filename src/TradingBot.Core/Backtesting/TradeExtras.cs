using System.Runtime.InteropServices;
using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.Backtesting;

/// <summary>What was booked for a trade apart from its fills; most trades have none.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TradeExtras
{
    public FastDecimal Funding;
    public FastDecimal LiquidationFees;
    public FastDecimal Insurance;

    /// <summary>Tells whether a booking is not told by a fill.</summary>
    public static bool Include(LedgerEntryKind kind) => kind is LedgerEntryKind.Funding or LedgerEntryKind.LiquidationFee or LedgerEntryKind.Insurance;

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
