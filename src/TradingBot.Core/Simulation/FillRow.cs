using System.Runtime.InteropServices;
using TradingBot.Market;

namespace TradingBot.Simulation;

/// <summary>A <see cref="Fill"/> as it is kept: without references, so that the garbage collector never looks at it.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FillRow
{
    public long Time;
    public int Market;
    public Side Side;
    public long OrderId;
    public OrderName ClientOrderId;
    public FastDecimal Quantity;
    public FastDecimal Price;
    public FastDecimal Fee;
    public FastDecimal SlippageCost;
    public FastDecimal RealizedProfit;
    public bool IsMaker;
    public bool IsLiquidation;
}
