using System.Runtime.InteropServices;
using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.Backtesting;

/// <summary>What the fills of one trade add up to.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct TradeSums
{
    private readonly FastDecimal _entryNotional;
    private readonly FastDecimal _exitNotional;

    /// <summary>Adds up a trade.</summary>
    /// <param name="trade">The trade.</param>
    /// <param name="extras">What was booked apart from its fills.</param>
    /// <param name="fills">The account's fills.</param>
    /// <param name="lastPrice">The price at which what is still open is valued.</param>
    public TradeSums(in TradeRow trade, in TradeExtras extras, FillLog fills, FastDecimal lastPrice)
    {
        ref var first = ref fills.RowAt(trade.FirstFill);
        var market = first.Market;
        EntrySide = first.Side;
        (Fees, GrossProfit) = (extras.LiquidationFees, extras.Insurance);
        FastDecimal exitQuantity = default;
        for (var i = trade.FirstFill; i <= trade.LastFill; i++)
        {
            ref var fill = ref fills.RowAt(i);
            if (fill.Market != market)
            {
                continue;
            }

            Fees += fill.Fee;
            Slippage += fill.SlippageCost;
            if (fill.Side == EntrySide)
            {
                Quantity += fill.Quantity;
                _entryNotional += fill.Quantity * fill.Price;
            }
            else
            {
                GrossProfit += fill.RealizedProfit;
                exitQuantity += fill.Quantity;
                _exitNotional += fill.Quantity * fill.Price;
            }
        }

        if (!trade.IsClosed)
        {
            var left = Quantity - exitQuantity;
            GrossProfit += left * (EntrySide == Side.Buy ? lastPrice - EntryPrice : EntryPrice - lastPrice);
            _exitNotional += left * lastPrice;
        }
    }

    public Side EntrySide { get; }

    public FastDecimal Quantity { get; }

    public FastDecimal EntryPrice => _entryNotional / Quantity;

    public FastDecimal ExitPrice => _exitNotional / Quantity;

    public FastDecimal GrossProfit { get; }

    public FastDecimal Fees { get; }

    public FastDecimal Slippage { get; }
}
