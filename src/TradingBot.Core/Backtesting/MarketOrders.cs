using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Backtesting;

/// <summary>The orders of a backtest in one market: sends what a decision asks for, keeps the protective stop, and cancels a limit entry that its bar did
/// not fill.</summary>
internal sealed class MarketOrders(SimulatedExchange exchange, SimulatedMarket market, TradeCycle cycle, decimal? stopLoss, TradeBook book)
{
    private readonly BacktestStops? _stops = stopLoss is { } loss ? new BacktestStops(exchange, market, cycle.Ids, loss) : null;
    private OrderRequest? _waitingEntry;

    /// <summary>Gets a value indicating whether there is something to do at the next bar, whatever its prices.</summary>
    public bool IsDue => _waitingEntry is not null || _stops is { IsDue: true };

    /// <summary>Brings the stop in line with what the orders that were sent do at the open of a bar, before the exchange trades the bar.</summary>
    public void MeetOpen(long openTime, double open)
    {
        if (_stops is { IsDue: true })
        {
            _stops.MeetOpen(openTime, open);
        }
    }

    /// <summary>Takes away what a bar that was traded has left without a purpose.</summary>
    /// <param name="bar">The bar's open time.</param>
    public void Review(DateTimeOffset bar)
    {
        _stops?.Review(_waitingEntry is not null);
        if (_waitingEntry is not null)
        {
            exchange.Cancel(market, _waitingEntry);
            _waitingEntry = null;
            _stops?.Follow(bar, null);
        }
    }

    /// <summary>Sends the orders of a decision.</summary>
    /// <param name="context">What was known when it was made.</param>
    /// <param name="decision">The decision.</param>
    public void Carry(in StrategyContext context, in Decision decision)
    {
        var (exit, entry, denial) = cycle.PlanOrders(context, decision);
        Send(exit, decision.Reason);
        Send(entry, decision.Reason);
        if (exit is not null || entry is not null)
        {
            _stops?.Follow(context.BarOpenTime, entry);
        }

        _waitingEntry = entry is { Type: OrderType.Limit } ? entry : null;
        if (denial is not null)
        {
            book.Deny(denial.Reason);
        }
    }

    private void Send(OrderRequest? order, string? reason)
    {
        if (order is null)
        {
            return;
        }

        if (!exchange.TryAccept(market, order, reason, out var refusal))
        {
            book.Deny($"rejected: {refusal.Reason}");
        }
    }
}
