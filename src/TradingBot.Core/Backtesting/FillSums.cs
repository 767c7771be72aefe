using System.Runtime.InteropServices;
using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.Backtesting;

/// <summary>What the fills of a trade have paid and earned.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FillSums
{
    private readonly Side _entrySide;

    /// <summary>Begins with the fill that opened the trade.</summary>
    public FillSums(in FillRow first) => (_entrySide, Fees, Slippage) = (first.Side, first.Fee, first.SlippageCost);

    public FastDecimal Fees { get; private set; }

    public FastDecimal Slippage { get; private set; }

    /// <summary>Gets the realised profit, fees apart.</summary>
    public FastDecimal Profit { get; private set; }

    /// <summary>Takes in a further fill.</summary>
    public void Add(in FillRow fill)
    {
        Fees += fill.Fee;
        Slippage += fill.SlippageCost;
        if (fill.Side != _entrySide)
        {
            Profit += fill.RealizedProfit;
        }
    }
}
