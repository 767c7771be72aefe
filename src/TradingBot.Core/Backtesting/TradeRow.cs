using System.Runtime.InteropServices;
using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.Backtesting;

/// <summary>A trade as it is kept while its fills come in and after.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TradeRow
{
    private decimal _entryQuantity;
    private decimal _entryNotional;
    private decimal _exitQuantity;
    private decimal _exitNotional;
    private decimal _fees;
    private decimal _slippage;
    private decimal _grossProfit;
    private decimal _funding;
    private readonly long _entryTime;
    private long _exitTime;
    private readonly string? _entryReason;
    private string? _exitReason;
    private readonly Side _entrySide;
    private readonly int _entryBar;
    private int _exitBar;
    private bool _isClosed;

    /// <summary>Begins a trade.</summary>
    /// <param name="fill">The fill that opens the position; it is still to be added.</param>
    /// <param name="bar">The bar of that fill.</param>
    /// <param name="reason">Why.</param>
    public TradeRow(in FillRow fill, int bar, string? reason) =>
        (_entrySide, _entryTime, _entryBar, _entryReason) = (fill.Side, fill.Time, bar, reason);

    public void Open(in FillRow fill)
    {
        Pay(fill);
        _entryQuantity += fill.Quantity;
        _entryNotional += fill.Quantity * fill.Price;
    }

    public void Close(in FillRow fill, int bar, string? reason, bool isFlat)
    {
        Pay(fill);
        _exitQuantity += fill.Quantity;
        _exitNotional += fill.Quantity * fill.Price;
        (_exitTime, _exitBar, _exitReason, _isClosed) = (fill.Time, bar, reason, isFlat);
    }

    /// <summary>Takes in what was booked while the position was held.</summary>
    public void Book(in LedgerRow entry)
    {
        switch (entry.Kind)
        {
            case LedgerEntryKind.Funding:
                _funding += entry.Amount;
                break;
            case LedgerEntryKind.LiquidationFee:
                _fees -= entry.Amount;
                break;
            case LedgerEntryKind.Insurance:
                _grossProfit += entry.Amount;
                break;
        }
    }

    /// <summary>Adds the trade's sums to those of others.</summary>
    public readonly void AddTo(TradeTotals totals, decimal lastPrice) =>
        totals.Add(GrossProfitAt(lastPrice) - _fees + _funding, _fees, _funding, _slippage);

    /// <summary>Gets the trade; what is still open is valued at the last close.</summary>
    public readonly Trade ToTrade(decimal lastPrice, DateTimeOffset lastTime, int lastBar) => new()
    {
        EntrySide = _entrySide,
        EntryTime = DateTimeOffset.FromUnixTimeMilliseconds(_entryTime),
        ExitTime = _isClosed ? DateTimeOffset.FromUnixTimeMilliseconds(_exitTime) : lastTime,
        Quantity = _entryQuantity,
        EntryPrice = _entryNotional / _entryQuantity,
        ExitPrice = (_isClosed ? _exitNotional : _exitNotional + (Left * lastPrice)) / _entryQuantity,
        GrossProfit = GrossProfitAt(lastPrice),
        Fees = _fees,
        Funding = _funding,
        Slippage = _slippage,
        EntryReason = _entryReason,
        ExitReason = _isClosed ? _exitReason : null,
        BarsHeld = (_isClosed ? _exitBar : lastBar) - _entryBar,
        IsOpen = !_isClosed,
    };

    private readonly decimal Left => _entryQuantity - _exitQuantity;

    private readonly decimal GrossProfitAt(decimal lastPrice)
    {
        if (_isClosed)
        {
            return _grossProfit;
        }

        var entryPrice = _entryNotional / _entryQuantity;
        return _grossProfit + (Left * (_entrySide == Side.Buy ? lastPrice - entryPrice : entryPrice - lastPrice));
    }

    private void Pay(in FillRow fill)
    {
        _fees += fill.Fee;
        _slippage += fill.SlippageCost;
        _grossProfit += fill.RealizedProfit;
    }
}
