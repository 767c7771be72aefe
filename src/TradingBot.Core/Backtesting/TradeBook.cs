using TradingBot.Market;
using TradingBot.Simulation;

namespace TradingBot.Backtesting;

/// <summary>Puts the fills of an account together into trades: from flat to flat, with all that was paid in between.</summary>
internal sealed class TradeBook
{
    private readonly List<Draft> _drafts = [];
    private readonly Dictionary<string, string?> _reasons = new(StringComparer.Ordinal);
    private decimal _held;
    private int _bar;

    /// <summary>Tells which bar the events that follow belong to.</summary>
    public void BeginBar(int index) => _bar = index;

    /// <summary>Remembers why an order was sent.</summary>
    public void Explain(string clientOrderId, string? reason) => _reasons[clientOrderId] = reason;

    /// <summary>Takes in what happened on the exchange.</summary>
    public void Observe(ExchangeEvent exchangeEvent)
    {
        switch (exchangeEvent)
        {
            case ExchangeEvent.Filled filled:
                Add(filled.Fill);
                break;
            case ExchangeEvent.BalanceChanged { Entry: var entry } when _drafts.Count > 0:
                Add(entry);
                break;
        }
    }

    /// <summary>Gets the trades, oldest first; one that is still open is valued at a price.</summary>
    public IReadOnlyList<Trade> ToTrades(decimal lastPrice, DateTimeOffset lastTime, int lastBar) =>
        _drafts.ConvertAll(draft => draft.ToTrade(lastPrice, lastTime, lastBar));

    private void Add(Fill fill)
    {
        var signed = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        if (_held == 0)
        {
            _drafts.Add(new Draft(fill.Side, _bar, _reasons.GetValueOrDefault(fill.ClientOrderId)));
        }

        var draft = _drafts[^1];
        var before = _held;
        _held += signed;
        draft.Fees += fill.Fee;
        draft.Slippage += fill.SlippageCost;
        draft.GrossProfit += fill.RealizedProfit;
        if (before == 0 || (before > 0) == (signed > 0))
        {
            draft.Open(fill);
        }
        else
        {
            draft.Close(fill, _bar, fill.IsLiquidation ? "liquidated" : _reasons.GetValueOrDefault(fill.ClientOrderId), isFlat: _held == 0);
        }
    }

    private void Add(in LedgerEntry entry)
    {
        switch (entry.Kind)
        {
            case LedgerEntryKind.Funding:
                _drafts[^1].Funding += entry.Amount;
                break;
            case LedgerEntryKind.LiquidationFee:
                _drafts[^1].Fees -= entry.Amount;
                break;
            case LedgerEntryKind.Insurance:
                _drafts[^1].GrossProfit += entry.Amount;
                break;
        }
    }

    private sealed class Draft(Side entrySide, int entryBar, string? entryReason)
    {
        private decimal _entryQuantity;
        private decimal _entryNotional;
        private decimal _exitQuantity;
        private decimal _exitNotional;
        private DateTimeOffset? _entryTime;
        private DateTimeOffset _exitTime;
        private int _exitBar;
        private string? _exitReason;
        private bool _isClosed;

        public decimal Fees { get; set; }

        public decimal Slippage { get; set; }

        public decimal GrossProfit { get; set; }

        public decimal Funding { get; set; }

        public void Open(Fill fill)
        {
            _entryTime ??= fill.Time;
            _entryQuantity += fill.Quantity;
            _entryNotional += fill.Quantity * fill.Price;
        }

        public void Close(Fill fill, int bar, string? reason, bool isFlat)
        {
            _exitQuantity += fill.Quantity;
            _exitNotional += fill.Quantity * fill.Price;
            (_exitTime, _exitBar, _exitReason, _isClosed) = (fill.Time, bar, reason, isFlat);
        }

        public Trade ToTrade(decimal lastPrice, DateTimeOffset lastTime, int lastBar)
        {
            var left = _entryQuantity - _exitQuantity;
            var entryPrice = _entryNotional / _entryQuantity;
            var unrealized = left * (entrySide == Side.Buy ? lastPrice - entryPrice : entryPrice - lastPrice);
            return new Trade
            {
                EntrySide = entrySide,
                EntryTime = _entryTime!.Value,
                ExitTime = _isClosed ? _exitTime : lastTime,
                Quantity = _entryQuantity,
                EntryPrice = entryPrice,
                ExitPrice = (_exitNotional + (left * lastPrice)) / _entryQuantity,
                GrossProfit = GrossProfit + unrealized,
                Fees = Fees,
                Funding = Funding,
                Slippage = Slippage,
                EntryReason = entryReason,
                ExitReason = _isClosed ? _exitReason : null,
                BarsHeld = (_isClosed ? _exitBar : lastBar) - entryBar,
                IsOpen = !_isClosed,
            };
        }
    }
}
