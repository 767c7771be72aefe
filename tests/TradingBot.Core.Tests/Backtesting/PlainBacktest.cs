using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Backtesting;

/// <summary>The backtest's loop as its documentation has it, one bar after the other and each of them traded in full: what the fast loop must equal.</summary>
internal sealed class PlainBacktest
{
    private readonly SimulatedExchange _exchange;

    public PlainBacktest(BarSeries bars, ForecastSeries? forecasts, IStrategy strategy, BacktestOptions options, IntrabarPath path = IntrabarPath.Conservative)
    {
        var cycle = new TradeCycle(strategy, options.Trade with { TakerFee = options.TakerFee });
        var risk = RiskState.Initial;
        string? waitingEntry = null;
        _exchange = new SimulatedExchange(options.ToExchangeOptions() with { IntrabarPath = path })
        {
            Observer = happened =>
            {
                if (happened is ExchangeEvent.OrderChanged { Order: { Status: OrderStatus.Expired, FilledQuantity: 0, RejectReason: { } reason } })
                {
                    Count($"expired: {reason}");
                }
            },
        };
        var stops = options.Trade.StopLoss is { } stopLoss ? new BacktestStops(_exchange, _exchange.MarketOf(bars.Symbol), cycle.Ids, stopLoss) : null;
        for (var i = 0; i < bars.Count; i++)
        {
            if (stops is { IsDue: true })
            {
                stops.MeetOpen(bars.OpenTimes[i], bars.Opens[i]);
            }

            var ambiguous = _exchange.AmbiguousBars;
            foreach (var bar in PartsOf(bars, i, options.FinerBars))
            {
                Disturb(bars.Symbol);
                _exchange.Advance(bars.Symbol, bar);
            }

            if (_exchange.AmbiguousBars > ambiguous)
            {
                AmbiguousBars.Add(bars.OpenTimeAt(i));
            }

            stops?.Review(waitingEntry is not null);
            if (waitingEntry is not null)
            {
                _exchange.Cancel(bars.Symbol, waitingEntry);
                waitingEntry = null;
                stops?.Follow(bars.OpenTimeAt(i), null);
            }

            var (position, balance) = (_exchange.PositionOf(bars.Symbol), _exchange.Balance);
            Equity.Add((double)balance + ((double)position.Quantity * (bars.Closes[i] - (double)position.EntryPrice)));
            InMarket.Add(!position.IsFlat);
            if (i + 1 < strategy.Lookback)
            {
                continue;
            }

            var seen = bars.Slice(i + 1 - strategy.Lookback, strategy.Lookback);
            var context = new StrategyContext(seen, forecasts?[i], position, balance);
            var plan = cycle.Plan(context, risk);
            risk = plan.Risk;
            Send(plan.Exit);
            Send(plan.Entry);
            if (plan.Exit is not null || plan.Entry is not null)
            {
                stops?.Follow(bars.OpenTimeAt(i), plan.Entry);
            }

            waitingEntry = plan.Entry is { Type: OrderType.Limit } entry ? entry.ClientOrderId : null;
            if (cycle.PlanOrders(context, plan.Decision).Denial is { } denial)
            {
                Count(denial.Reason);
            }
        }

        IsTripped = risk.IsTripped;
    }

    public List<double> Equity { get; } = [];

    public List<bool> InMarket { get; } = [];

    public List<DateTimeOffset> AmbiguousBars { get; } = [];

    public Dictionary<string, int> Denials { get; } = [];

    public IReadOnlyList<Fill> Fills => _exchange.Fills;

    public IReadOnlyList<LedgerEntry> Ledger => _exchange.Ledger;

    public decimal Balance => _exchange.Balance;

    public bool IsTripped { get; }

    private static BarSeries PartsOf(BarSeries bars, int index, BarSeries? finer) =>
        finer?.Between(bars.OpenTimeAt(index), bars.CloseTimeAt(index)) is { } parts && parts.Count * finer.Interval.Length == bars.Interval.Length
            ? parts
            : bars.Slice(index, 1);

    private void Send(OrderRequest? order)
    {
        if (order is not null && _exchange.Submit(order) is { Status: OrderStatus.Rejected } rejected)
        {
            Count($"rejected: {rejected.RejectReason}");
        }
    }

    private void Count(string denial) => Denials[denial] = Denials.GetValueOrDefault(denial) + 1;

    // While an order waits for the next price no bar is quiet. This one never fills.
    private void Disturb(Symbol symbol) => _exchange.Submit(new OrderRequest
    {
        Symbol = symbol,
        Side = Side.Buy,
        Type = OrderType.Limit,
        ClientOrderId = "far",
        Quantity = 0.001m,
        Price = 0.1m,
        TimeInForce = TimeInForce.ImmediateOrCancel,
    });
}
