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
    private readonly HeldAccount _account;
    private readonly TradeBook _book;
    private readonly int _lookback;
    private RiskState _risk = RiskState.Initial;
    private Decision _decision;
    private int _bar;
    private bool _isUnderWay;

    public MarketRun(PortfolioMarket market, TradeSettings settings, SimulatedExchange exchange, TradeBook book)
    {
        (_bars, _forecasts, _exchange, _book, _lookback) = (market.Bars, market.Forecasts, exchange, book, market.Strategy.Lookback);
        _market = exchange.MarketOf(_bars.Symbol);
        _market.Leverage = settings.Leverage;
        _cycle = new TradeCycle(market.Strategy, settings);
        _orders = new MarketOrders(exchange, _market, _cycle, settings.StopLoss, book);
        _account = new HeldAccount(_market.Position, exchange.Balance);
        NextEvent = _bars.OpenTimes[0];
    }

    /// <summary>Gets the instant at which the next bar opens or the one that is under way closes, in milliseconds since 1970-01-01 UTC;
    /// <see cref="long.MaxValue"/> after the last bar.</summary>
    public long NextEvent { get; private set; }

    /// <summary>Gets the number of bars at whose close a position was held.</summary>
    public int BarsInMarket { get; private set; }

    /// <summary>Gets the bars in which the order of prices could matter.</summary>
    public List<int> AmbiguousBars { get; } = [];

    public bool HoldsPosition => !_market.Position.IsFlat;

    /// <summary>Gets the position's profit at the market's last known price, for the equity curve.</summary>
    public double Profit => (double)_market.Position.Quantity * (Mark - (double)_market.Position.EntryPrice);

    public double FirstOpen => _bars.Opens[0];

    private double Mark => _isUnderWay ? _bars.Opens[_bar] : _bars.Closes[_bar - 1];

    /// <summary>Gets what an amount of money has become that bought at the first open and was held; until then it is the amount itself.</summary>
    public double Hold(double amount) => _bar == 0 && !_isUnderWay ? amount : Mark * (amount / FirstOpen);

    public bool OpensAt(long time) => !_isUnderWay && NextEvent == time;

    public bool ClosesAt(long time) => _isUnderWay && NextEvent == time;

    /// <summary>Lets the orders that were sent meet the open of the next bar.</summary>
    public void Open()
    {
        _book.BeginBar(_bar);
        var (time, open) = (_bars.OpenTimes[_bar], _bars.Opens[_bar]);
        _orders.MeetOpen(time, open);
        _exchange.OpenBar(_market, time, open);
        _isUnderWay = true;
        NextEvent = time + _bars.Interval.Milliseconds;
    }

    public void TradeInside()
    {
        var ambiguous = _exchange.AmbiguousBars;
        _exchange.TradeInside(_market, NextEvent, _bars.Opens[_bar], _bars.Highs[_bar], _bars.Lows[_bar], _bars.Closes[_bar]);
        NoteAmbiguity(ambiguous);
    }

    public void MarkClose() => _market.SetClose(_bars.Closes[_bar]);

    public void Close()
    {
        var ambiguous = _exchange.AmbiguousBars;
        _exchange.CloseBar(_market, NextEvent, _bars.Closes[_bar]);
        NoteAmbiguity(ambiguous);
    }

    /// <summary>Takes away the orders that the closed bar has left without a purpose, and goes on to the next bar.</summary>
    public void EndBar()
    {
        _orders.Review(_bars.OpenTimeAt(_bar));
        BarsInMarket += HoldsPosition ? 1 : 0;
        _bar++;
        _isUnderWay = false;
        NextEvent = _bar < _bars.Count ? _bars.OpenTimes[_bar] : long.MaxValue;
    }

    /// <summary>Lets the strategy decide at the close of the bar that has ended.</summary>
    /// <param name="account">The limits of the account; one that has tripped decides in the strategy's place.</param>
    public void Decide(in RiskState account)
    {
        _decision = default;
        if (_bar < _lookback)
        {
            return;
        }

        _account.Set(_market.Position, _exchange.Balance, _exchange.EquityWithout(_market));
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
        if (_decision.Action != DecisionAction.None && !_decision.IsMetBy(_account.Position))
        {
            _orders.Carry(Context(), _decision);
        }
    }

    private void NoteAmbiguity(int before)
    {
        if (_exchange.AmbiguousBars != before)
        {
            AmbiguousBars.Add(_bar);
        }
    }

    private StrategyContext Context()
    {
        var last = _bar - 1;
        var forecast = _forecasts is null ? double.NaN : _forecasts.Prices[last];
        return new(_bars, _bar, _lookback, _bars.Closes[last], forecast, _forecasts?.Horizon ?? 1, _account);
    }
}
