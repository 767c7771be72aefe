using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Backtesting;

/// <summary>One market in a portfolio's run: where it is in its bars, and what its strategy has decided.</summary>
internal sealed class MarketRun
{
    private readonly BarSeries _bars;
    private readonly ForecastSeries? _forecasts;
    private readonly SimulatedExchange _exchange;
    private readonly SimulatedMarket _market;
    private readonly TradeCycle _cycle;
    private readonly MarketOrders _orders;
    private readonly DecisionScope _scope;
    private readonly TradeBook _book;
    private readonly bool _isWatched;
    private RiskState _risk = RiskState.Initial;
    private Decision _decision;
    private int _bar;
    private BarSeries _parts;
    private int _part;
    private int _end;
    private bool _isUnderWay;

    /// <summary>Initializes a market before its first bar.</summary>
    /// <param name="market">The market.</param>
    /// <param name="settings">How it trades.</param>
    /// <param name="exchange">The exchange that lists it.</param>
    /// <param name="book">Takes its trades in.</param>
    /// <param name="isWatched">Whether there are other markets, to which the price inside a bar matters.</param>
    public MarketRun(PortfolioMarket market, TradeSettings settings, SimulatedExchange exchange, TradeBook book, bool isWatched)
    {
        (_bars, _forecasts, _exchange, _book) = (market.Bars, market.Forecasts, exchange, book);
        (_parts, _isWatched) = (_bars, isWatched);
        Finer = market.FinerBars is { } finer ? new FinerBars(_bars, finer) : null;
        _market = exchange.MarketOf(_bars.Symbol);
        _market.Leverage = settings.Leverage;
        _cycle = new TradeCycle(market.Strategy, settings);
        _orders = new MarketOrders(exchange, _market, _cycle, settings.StopLoss, book);
        _scope = new DecisionScope(_bars, market.Strategy.Lookback, _forecasts?.Horizon ?? 1, _market.Position, exchange.Balance, () => exchange.EquityWithout(_market));
        NextEvent = _bars.OpenTimes[0];
    }

    /// <summary>Gets the instant at which the next bar, or part of one, opens or the one that is under way closes, in milliseconds since 1970-01-01 UTC;
    /// <see cref="long.MaxValue"/> after the last bar.</summary>
    public long NextEvent { get; private set; }

    /// <summary>Gets the number of bars at whose close a position was held.</summary>
    public int BarsInMarket { get; private set; }

    /// <summary>Gets the bars in which the order of prices could matter.</summary>
    public List<int> AmbiguousBars { get; } = [];

    /// <summary>Gets the shorter bars that tell what happened inside the bars, or <see langword="null"/>.</summary>
    public FinerBars? Finer { get; }

    public bool HoldsPosition => !_market.Position.IsFlat;

    /// <summary>Gets the position's profit at the market's last known price, for the equity curve.</summary>
    public double Profit => (double)_market.Position.Quantity * (Mark - (double)_market.Position.EntryPrice);

    public double FirstOpen => _bars.Opens[0];

    private double Mark => _isUnderWay ? _parts.Opens[_part] : IsInsideBar ? _parts.Closes[_part - 1] : _bars.Closes[_bar - 1];

    private bool IsInsideBar => _part < _end;

    /// <summary>Gets what an amount of money has become that bought at the first open and was held; until then it is the amount itself. Finer bars do not
    /// show in it, as they are not looked at in every bar.</summary>
    public double Hold(double amount) =>
        IsInsideBar ? _bars.Opens[_bar] * (amount / FirstOpen) : _bar == 0 ? amount : _bars.Closes[_bar - 1] * (amount / FirstOpen);

    public bool OpensAt(long time) => !_isUnderWay && NextEvent == time;

    public bool ClosesAt(long time) => _isUnderWay && NextEvent == time;

    /// <summary>Opens the next bar, in which the orders that were sent meet the open, or the next part of one.</summary>
    public void Open()
    {
        if (!IsInsideBar)
        {
            BeginBar();
        }

        var time = _parts.OpenTimes[_part];
        _exchange.OpenBar(_market, time, _parts.Opens[_part]);
        _isUnderWay = true;
        NextEvent = time + _parts.Interval.Milliseconds;
    }

    public void TradeInside()
    {
        var ambiguous = _exchange.AmbiguousBars;
        _exchange.TradeInside(_market, NextEvent, _parts.Opens[_part], _parts.Highs[_part], _parts.Lows[_part], _parts.Closes[_part]);
        NoteAmbiguity(ambiguous);
    }

    public void MarkClose() => _market.SetClose(_parts.Closes[_part]);

    public void Close()
    {
        var ambiguous = _exchange.AmbiguousBars;
        _exchange.CloseBar(_market, NextEvent, _parts.Closes[_part]);
        NoteAmbiguity(ambiguous);
    }

    /// <summary>Goes on to the next part of the bar, or to the next bar; of a bar that has ended, takes away the orders that it has left without a purpose.</summary>
    /// <returns><see langword="true"/> when the bar has ended.</returns>
    public bool GoOn()
    {
        _part++;
        _isUnderWay = false;
        if (IsInsideBar)
        {
            NextEvent = _parts.OpenTimes[_part];
            return false;
        }

        _orders.Review(_bars.OpenTimeAt(_bar));
        BarsInMarket += HoldsPosition ? 1 : 0;
        _bar++;
        NextEvent = _bar < _bars.Count ? _bars.OpenTimes[_bar] : long.MaxValue;
        return true;
    }

    /// <summary>Lets the strategy decide at the close of the bar that has ended.</summary>
    /// <param name="account">The limits of the account; one that has tripped decides in the strategy's place.</param>
    public void Decide(in RiskState account)
    {
        _decision = default;
        if (_bar < _scope.Lookback)
        {
            return;
        }

        _scope.Set(_market.Position, _exchange.Balance);
        var risk = account.IsTripped ? account : _risk;
        _decision = _cycle.Decide(Context(), ref risk);
        if (!account.IsTripped)
        {
            _risk = risk;
        }
    }

    /// <summary>Sends the orders of what was decided.</summary>
    public void Carry()
    {
        if (!_decision.IsMetBy(_scope.Position))
        {
            _orders.Carry(Context(), _decision);
        }
    }

    private void BeginBar()
    {
        _book.BeginBar(_bar);
        (_parts, _part, _end) = Finer is not null && PartsOf(Finer) is { End.Value: > 0 and var end } range ? (Finer.Bars, range.Start.Value, end) : (_bars, _bar, _bar + 1);
        _orders.MeetOpen(_bars.OpenTimes[_bar], _parts.Opens[_part]);
    }

    // To other markets the price of what is held matters whatever it will do in this bar, which must not be known yet.
    private Range PartsOf(FinerBars finer) =>
        _orders.IsDue || _exchange.CountQuiet(_market, _bars, _bar, 1) == 0 ? finer.Of(_bar)
        : _isWatched && HoldsPosition ? finer.Find(_bar)
        : default;

    private void NoteAmbiguity(int before)
    {
        if (_exchange.AmbiguousBars != before && !(AmbiguousBars is [.., var last] && last == _bar))
        {
            AmbiguousBars.Add(_bar);
        }
    }

    private StrategyContext Context()
    {
        var last = _bar - 1;
        var forecast = _forecasts is null ? double.NaN : _forecasts.Prices[last];
        return new(_scope, _bar, _bars.Closes[last], forecast);
    }
}
