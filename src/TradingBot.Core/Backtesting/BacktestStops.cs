using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Backtesting;

/// <summary>Keeps the protective stop of a backtest as the trader keeps it live: right after the orders of a cycle have met the open, so that it is
/// live inside that very bar.</summary>
internal sealed class BacktestStops(SimulatedExchange exchange, SimulatedMarket market, ClientOrderIds ids, decimal stopLoss)
{
    private OrderRequest? _stop;
    private OrderRequest? _waitingEntry;
    private DateTimeOffset _bar;

    /// <summary>Gets a value indicating whether orders were sent or canceled that the stop has to follow.</summary>
    public bool IsDue { get; private set; }

    /// <summary>Tells that the cycle of a bar sent or canceled orders.</summary>
    /// <param name="bar">The bar's open time.</param>
    /// <param name="entry">The entry that was sent, or <see langword="null"/>.</param>
    public void Follow(DateTimeOffset bar, OrderRequest? entry) => (_bar, _waitingEntry, IsDue) = (bar, entry, true);

    /// <summary>Lets the orders that were sent meet the open, and repairs the stop.</summary>
    public void MeetOpen(long openTime, double open)
    {
        IsDue = false;
        exchange.FillArrivals(market.Symbol, DateTimeOffset.FromUnixTimeMilliseconds(openTime), (decimal)open);
        var waiting = _waitingEntry is { Type: OrderType.Limit } entry && market.FindOpen(entry.Name) is not null ? entry : null;
        var wanted = ProtectiveStop.Of(market.Position, stopLoss, market.Listing.Info)
            ?? (waiting is null ? null : ProtectiveStop.Of(waiting, stopLoss, market.Listing.Info));
        var standing = Standing();
        if (wanted is { } stop)
        {
            if (standing is not null && stop.IsServedBy(standing, Math.Abs(market.Position.Quantity), market.Listing.Info.TickSize))
            {
                return;
            }

            Place(stop, openTime, open);
        }

        Cancel(standing);
    }

    /// <summary>Takes the stop away that a closed bar has left without a position.</summary>
    /// <param name="isWaiting">Whether an entry still waits.</param>
    public void Review(bool isWaiting)
    {
        if (_stop is not null && !isWaiting && market.Position.IsFlat)
        {
            Cancel(Standing());
            _stop = null;
        }
    }

    private OrderRequest? Standing() => _stop is not null && market.FindOpen(_stop.Name) is not null ? _stop : null;

    private void Cancel(OrderRequest? order)
    {
        if (order is not null)
        {
            exchange.Cancel(market, order);
        }
    }

    private void Place(ProtectiveStop stop, long openTime, double open)
    {
        var request = stop.ToRequest(market.Symbol, ids.NameOf(_bar, OrderLeg.Stop));
        var isPlaced = exchange.TryAccept(market, request, "stop loss", out _);
        _stop = isPlaced ? request : null;
        if (isPlaced || market.Position.IsFlat || market.Listing.Info.FitQuantity(Math.Abs(market.Position.Quantity)) is not { } quantity)
        {
            return;
        }

        // As live: a position that cannot have its stop is closed at once.
        var close = new OrderRequest(market.Symbol, market.Position.ClosingSide, OrderType.Market, ids.NameOf(_bar, OrderLeg.Close))
        {
            Quantity = quantity,
            ReduceOnly = true,
        };
        exchange.TryAccept(market, close, "the price had passed the stop loss", out _);
        exchange.FillArrivals(market.Symbol, DateTimeOffset.FromUnixTimeMilliseconds(openTime), (decimal)open);
    }
}
