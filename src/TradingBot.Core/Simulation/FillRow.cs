using System.Runtime.InteropServices;
using TradingBot.Market;

namespace TradingBot.Simulation;

/// <summary>A <see cref="Fill"/> as it is kept: without references, so that the garbage collector never looks at it.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FillRow
{
    public long Time;
    public int Market;
    public long OrderId;

    /// <summary>What <see cref="FillLog"/> finds the owner's id of the order by.</summary>
    public long Name;
    public FastDecimal Quantity;
    public FastDecimal Price;
    public FastDecimal Fee;
    public FastDecimal SlippageCost;
    public FastDecimal RealizedProfit;
    private Traits _traits;

    [Flags]
    private enum Traits : byte
    {
        None = 0,
        Sell = 1,
        Maker = 2,
        Liquidation = 4,
        Named = 8,
    }

    public readonly Side Side => Has(Traits.Sell) ? Side.Sell : Side.Buy;

    public bool IsMaker
    {
        readonly get => Has(Traits.Maker);
        set => Set(Traits.Maker, value);
    }

    public bool IsLiquidation
    {
        readonly get => Has(Traits.Liquidation);
        set => Set(Traits.Liquidation, value);
    }

    /// <summary>Gets or sets a value indicating whether <see cref="Name"/> is what the market's names are made of.</summary>
    public bool IsNamed
    {
        readonly get => Has(Traits.Named);
        set => Set(Traits.Named, value);
    }

    /// <summary>Writes what is known before the fill is booked, and 0 over everything else: the row may be memory that was something else before.</summary>
    public void Begin(long time, int market, long orderId, Side side, FastDecimal quantity, FastDecimal price)
    {
        (Time, Market, OrderId, Name) = (time, market, orderId, 0);
        (Quantity, Price) = (quantity, price);
        (Fee, SlippageCost, RealizedProfit) = (default, default, default);
        _traits = side == Side.Sell ? Traits.Sell : Traits.None;
    }

    private readonly bool Has(Traits trait) => (_traits & trait) != Traits.None;

    private void Set(Traits trait, bool isSet) => _traits = isSet ? _traits | trait : _traits & ~trait;
}
