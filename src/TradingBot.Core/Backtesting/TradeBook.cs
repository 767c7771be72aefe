using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.Backtesting;

/// <summary>Puts the fills of an account together into trades: from flat to flat, with all that was paid in between.</summary>
/// <param name="lastPrice">The last close, at which a trade that is still open is valued.</param>
/// <param name="lastTime">The UTC instant of the last close.</param>
/// <param name="lastBar">The bar of the last close.</param>
internal sealed class TradeBook(decimal lastPrice, DateTimeOffset lastTime, int lastBar) : RowLog<TradeRow, Trade>, IAccountObserver
{
    private decimal _held;
    private int _bar;

    /// <summary>Gets how often the exchange closed the position.</summary>
    public int Liquidations { get; private set; }

    /// <summary>Tells which bar the events that follow belong to.</summary>
    public void BeginBar(int index) => _bar = index;

    /// <inheritdoc/>
    public void OrderChanged(SimulatedOrder order)
    {
    }

    /// <inheritdoc/>
    public void Filled(in FillRow fill, SimulatedOrder? order)
    {
        var signed = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        var reason = order is null ? "liquidated" : order.Note;
        Liquidations += fill.IsLiquidation ? 1 : 0;
        if (_held == 0)
        {
            Add() = new TradeRow(fill, _bar, reason);
        }

        ref var trade = ref Latest;
        var before = _held;
        _held += signed;
        if (before == 0 || (before > 0) == (signed > 0))
        {
            trade.Open(fill);
        }
        else
        {
            trade.Close(fill, _bar, reason, isFlat: _held == 0);
        }
    }

    /// <inheritdoc/>
    public void BalanceChanged(in LedgerRow entry)
    {
        // What is booked after the fill that closed a trade, and before the next begins, still belongs to it.
        if (Count > 0)
        {
            Latest.Book(entry);
        }
    }

    /// <summary>Computes the sums over all trades.</summary>
    public TradeTotals Total()
    {
        var totals = new TradeTotals();
        for (var i = 0; i < Count; i++)
        {
            RowAt(i).AddTo(totals, lastPrice);
        }

        return totals;
    }

    protected override Trade ToItem(int index, in TradeRow row) => row.ToTrade(lastPrice, lastTime, lastBar);
}
