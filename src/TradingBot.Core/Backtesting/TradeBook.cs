using System.Runtime.CompilerServices;
using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Backtesting;

/// <summary>Puts the fills of an account in one market together into trades: from flat to flat, with all that was paid in between.</summary>
/// <param name="fills">The account's fills.</param>
/// <param name="lastPrice">The last close, at which a trade that is still open is valued.</param>
/// <param name="lastTime">The UTC instant of the last close.</param>
/// <param name="lastBar">The bar of the last close.</param>
internal sealed class TradeBook(FillLog fills, decimal lastPrice, DateTimeOffset lastTime, int lastBar) : RowLog<TradeRow, Trade>, IAccountObserver
{
    private readonly Dictionary<string, int> _denials = new(StringComparer.Ordinal);
    private readonly ReasonList _reasons = new();
    private readonly RowList<TradeExtras> _extras = new();

    // Sums over all trades but the latest, taken while their rows are at hand: later they would have to be fetched again.
    private readonly TradeTotals _before = new();
    private FillSums _latest;
    private FastDecimal _held;
    private int _bar;

    /// <summary>Gets how often the exchange closed the position.</summary>
    public int Liquidations { get; private set; }

    /// <summary>Gets the reasons for which decisions did not become fills, each with how often.</summary>
    public IReadOnlyDictionary<string, int> Denials => _denials;

    /// <summary>Counts a decision that did not become a fill.</summary>
    public void Deny(string reason) => _denials[reason] = _denials.GetValueOrDefault(reason) + 1;

    /// <summary>Tells which bar the events that follow belong to.</summary>
    public void BeginBar(int index) => _bar = index;

    /// <inheritdoc/>
    public void OrderChanged(SimulatedOrder order)
    {
        if (order is { Status: OrderStatus.Expired, FilledQuantity.IsZero: true, RejectReason: { } reason })
        {
            Deny($"expired: {reason}");
        }
    }

    /// <inheritdoc/>
    public void Filled(in FillRow fill, SimulatedOrder? order)
    {
        var reason = _reasons.PlaceOf(order is null ? "liquidated" : order.Note);
        Liquidations += fill.IsLiquidation ? 1 : 0;
        var latest = fills.Count - 1;
        var signed = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        if (_held.IsZero)
        {
            AddLatestTo(_before);
            Add() = new TradeRow { FirstFill = latest, EntryBar = _bar, EntryReason = reason };
            _latest = new FillSums(fill);
            _held = signed;
        }
        else
        {
            _latest.Add(fill);
            _held += signed;
        }

        ref var trade = ref Latest;
        (trade.LastFill, trade.ExitBar, trade.IsClosed) = (latest, _bar, _held.IsZero);
        trade.ExitReason = trade.IsClosed ? reason : 0;
    }

    /// <inheritdoc/>
    public void BalanceChanged(in LedgerRow entry)
    {
        // What is booked after the fill that closed a trade, and before the next begins, still belongs to it.
        if (Count > 0 && TradeExtras.Include(entry.Kind))
        {
            ref var trade = ref Latest;
            if (trade.Extras == 0)
            {
                _extras.Add() = default;
                trade.Extras = _extras.Count;
            }

            _extras.Latest.Book(entry);
        }
    }

    /// <summary>Computes the sums over all trades.</summary>
    public TradeTotals Total()
    {
        var totals = new TradeTotals();
        AddTo(totals);
        return totals;
    }

    /// <summary>Adds all trades to sums.</summary>
    public void AddTo(TradeTotals totals)
    {
        totals.Add(_before);
        AddLatestTo(totals);
    }

    private void AddLatestTo(TradeTotals totals)
    {
        if (Count == 0)
        {
            return;
        }

        ref var trade = ref Latest;
        if (trade is { IsClosed: true, Extras: 0 })
        {
            totals.Add(_latest.Profit - _latest.Fees, _latest.Fees, _latest.Slippage);
        }
        else
        {
            AddTo(totals, trade);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddTo(TradeTotals totals, in TradeRow trade)
    {
        var extras = ExtrasOf(trade);
        var sums = new TradeSums(trade, extras, fills, lastPrice);
        totals.Add(sums.GrossProfit - sums.Fees + extras.Funding, sums.Fees, extras.Funding, sums.Slippage);
    }

    protected override Trade ToItem(int index, in TradeRow row)
    {
        var extras = ExtrasOf(row);
        var sums = new TradeSums(row, extras, fills, lastPrice);
        return new Trade
        {
            EntrySide = sums.EntrySide,
            EntryTime = DateTimeOffset.FromUnixTimeMilliseconds(fills.RowAt(row.FirstFill).Time),
            ExitTime = row.IsClosed ? DateTimeOffset.FromUnixTimeMilliseconds(fills.RowAt(row.LastFill).Time) : lastTime,
            Quantity = sums.Quantity,
            EntryPrice = sums.EntryPrice,
            ExitPrice = sums.ExitPrice,
            GrossProfit = sums.GrossProfit,
            Fees = sums.Fees,
            Funding = extras.Funding,
            Slippage = sums.Slippage,
            EntryReason = _reasons[row.EntryReason],
            ExitReason = _reasons[row.ExitReason],
            BarsHeld = (row.IsClosed ? row.ExitBar : lastBar) - row.EntryBar,
            IsOpen = !row.IsClosed,
        };
    }

    private TradeExtras ExtrasOf(in TradeRow row) => row.Extras == 0 ? default : _extras.RowAt(row.Extras - 1);
}
