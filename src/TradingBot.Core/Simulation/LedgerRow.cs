using System.Runtime.InteropServices;
using TradingBot.Market;

namespace TradingBot.Simulation;

/// <summary>A <see cref="LedgerEntry"/> as it is booked: without references, so that the garbage collector never looks at it.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct LedgerRow
{
    public long Time;
    public int Market;
    public LedgerEntryKind Kind;
    public FastDecimal Amount;
}
