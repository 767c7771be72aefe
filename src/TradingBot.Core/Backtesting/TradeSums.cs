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
        var sums = new FillSums(first);
        (Quantity, _entryNotional) = (first.Quantity, first.Quantity * first.Price);
        FastDecimal exitQuantity = default;
        for (var i = trade.FirstFill + 1; i <= trade.LastFill; i++)
        {
            ref var fill = ref fills.RowAt(i);
            if (fill.Market != market)
            {
                continue;
            }

            sums.Add(fill);
            if (fill.Side == EntrySide)
            {
                Quantity += fill.Quantity;
                _entryNotional += fill.Quantity * fill.Price;
            }
            else
            {
                exitQuantity += fill.Quantity;
                _exitNotional += fill.Quantity * fill.Price;
            }
        }

        (Fees, Slippage, GrossProfit) = (extras.LiquidationFees + sums.Fees, sums.Slippage, extras.Insurance + sums.Profit);
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
