using TradingBot.FakeBinance.Streams;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.FakeBinance.Venue;

/// <summary>Keeps the account's orders, trades and income as the exchange lists them, and tells the user streams.</summary>
internal sealed class AccountJournal(FakeVenue venue, UserEvents events)
{
    // Beyond 32 bits, as the exchange's are.
    private const long TradeIds = 5_500_000_000;
    private const long IncomeIds = 770_000_000_000;
    private readonly List<Observed> _observed = [];
    private readonly Dictionary<string, OrderRecord> _orders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AlgoRecord> _algos = new(StringComparer.Ordinal);
    private decimal _realized;

    internal List<OrderRecord> Orders { get; } = [];

    internal List<AlgoRecord> Algos { get; } = [];

    internal List<TradeRecord> Trades { get; } = [];

    internal List<IncomeRecord> Income { get; } = [];

    internal UserEvents Events => events;

    internal void Observe(ExchangeEvent observed)
    {
        var risk = venue.Exchange.RiskOf(venue.Symbol);
        _observed.Add(new Observed(
            observed, venue.Exchange.Balance, risk.Position, risk.UnrealizedProfit, risk.IsolatedWallet, risk.MarginMode == MarginMode.Isolated));
    }

    /// <summary>Begins to follow an order.</summary>
    internal void Add(OrderRecord order)
    {
        Orders.Add(order);
        _orders[order.ExchangeOrderId!] = order;
    }

    /// <summary>Begins to follow a conditional order.</summary>
    internal void Add(AlgoRecord algo)
    {
        Algos.Add(algo);
        _algos[algo.ExchangeOrderId!] = algo;
    }

    /// <summary>Forgets an order that was refused after all.</summary>
    internal void Drop(OrderRecord order)
    {
        Orders.Remove(order);
        _orders.Remove(order.ExchangeOrderId!);
    }

    /// <summary>Follows an order under another id of the simulated exchange.</summary>
    internal void Rebind(OrderRecord order, string exchangeOrderId)
    {
        _orders.Remove(order.ExchangeOrderId!);
        order.ExchangeOrderId = exchangeOrderId;
        _orders[exchangeOrderId] = order;
    }

    /// <summary>Writes down what was observed.</summary>
    /// <param name="notBefore">The earliest time to give to order changes, in milliseconds since 1970-01-01 UTC.</param>
    internal void Write(long notBefore = long.MinValue)
    {
        foreach (var observed in _observed)
        {
            switch (observed.Event)
            {
                case ExchangeEvent.BalanceChanged changed:
                    OnBalance(observed, changed.Entry);
                    break;
                case ExchangeEvent.Filled filled:
                    OnFill(observed, filled.Fill);
                    break;
                case ExchangeEvent.OrderChanged changed:
                    OnOrder(changed.Order, Math.Max(notBefore, changed.Order.UpdatedAt?.ToUnixTimeMilliseconds() ?? long.MinValue));
                    break;
            }
        }

        _observed.Clear();
    }

    private void OnBalance(in Observed observed, LedgerEntry entry)
    {
        Income.Add(new IncomeRecord(IncomeIds + Income.Count + 1, entry));
        if (entry.Kind == LedgerEntryKind.RealizedProfit)
        {
            _realized += entry.Amount;
        }
        else if (entry.Kind == LedgerEntryKind.Funding)
        {
            events.AccountChanged("FUNDING_FEE", observed, _realized, hasPosition: observed.IsIsolated, entry.Time.ToUnixTimeMilliseconds());
        }
    }

    private void OnFill(in Observed observed, Fill fill)
    {
        var time = fill.Time.ToUnixTimeMilliseconds();
        var order = fill.IsLiquidation ? Liquidation(fill, time) : _orders.GetValueOrDefault(fill.ExchangeOrderId) ?? Trigger(fill, time);
        order.Executed += fill.Quantity;
        order.CumulativeQuote += fill.Quantity * fill.Price;
        (order.Status, order.UpdateTime) = (order.Executed >= order.Quantity ? "FILLED" : "PARTIALLY_FILLED", time);
        var trade = new TradeRecord(TradeIds + fill.TradeId, order, fill);
        Trades.Add(trade);
        for (var i = Income.Count - 1; i >= 0 && Income[i] is { TradeId: null, Type: not "FUNDING_FEE" }; i--)
        {
            Income[i].TradeId = trade.Id;
        }

        events.Traded(trade);
        events.AccountChanged("ORDER", observed, _realized, hasPosition: true, time);
    }

    private void OnOrder(OrderResult result, long time)
    {
        if (_orders.TryGetValue(result.ExchangeOrderId!, out var order))
        {
            OnOrder(order, result.Status, time);
        }
        else if (_algos.TryGetValue(result.ExchangeOrderId!, out var algo))
        {
            OnAlgo(algo, result, time);
        }
    }

    private void OnOrder(OrderRecord order, OrderStatus status, long time)
    {
        if (status is OrderStatus.Canceled or OrderStatus.Expired)
        {
            var isDated = order.GoodTillDate > 0 && order.GoodTillDate <= time;
            order.Status = status == OrderStatus.Canceled && !isDated ? "CANCELED" : "EXPIRED";
            order.UpdateTime = time;
            events.OrderChanged(order, order.Status, time);
            if (order.Algo is { } parent)
            {
                Finish(parent, "FINISHED", time);
            }
        }
        else if (status == OrderStatus.Filled)
        {
            if (order.Algo is { } parent)
            {
                Finish(parent, "FINISHED", time);
            }
        }
        else if (!order.IsAnnounced)
        {
            order.IsAnnounced = true;
            events.OrderChanged(order, "NEW", time);
        }
    }

    private void OnAlgo(AlgoRecord algo, OrderResult result, long time)
    {
        switch (result.Status)
        {
            case OrderStatus.New:
                events.AlgoChanged(algo, time);
                break;
            case OrderStatus.Canceled:
                Finish(algo, "CANCELED", time);
                break;
            case OrderStatus.Expired:
                // Fired, and refused then.
                algo.RejectReason = result.Message ?? "";
                algo.TriggerTime = time;
                Finish(algo, "REJECTED", time);
                break;
        }
    }

    private void Finish(AlgoRecord algo, string status, long time)
    {
        (algo.Status, algo.UpdateTime) = (status, time);
        events.AlgoChanged(algo, time);
    }

    // A conditional order that fires goes on as a normal order with the same client id.
    private OrderRecord Trigger(Fill fill, long time)
    {
        var algo = _algos[fill.ExchangeOrderId];
        Finish(algo, "TRIGGERING", time);
        var order = new OrderRecord
        {
            OrderId = venue.Desk.NextOrderId(),
            ClientOrderId = algo.ClientAlgoId,
            Side = algo.Side,
            Type = "MARKET",
            TimeInForce = algo.TimeInForce,
            Quantity = algo.ClosePosition ? fill.Quantity : algo.Quantity,
            ReduceOnly = algo.ReduceOnly || algo.ClosePosition,
            ClosePosition = algo.ClosePosition,
            WorkingType = algo.WorkingType,
            SelfTradePrevention = algo.SelfTradePrevention,
            Time = time,
            UpdateTime = time,
            ExchangeOrderId = algo.ExchangeOrderId,
            Algo = algo,
            IsAnnounced = true,
        };
        Add(order);
        (algo.Actual, algo.TriggerTime) = (order, time);
        Finish(algo, "TRIGGERED", time);
        events.OrderChanged(order, "NEW", time);
        return order;
    }

    private OrderRecord Liquidation(Fill fill, long time)
    {
        var order = new OrderRecord
        {
            OrderId = venue.Desk.NextOrderId(),
            ClientOrderId = fill.ClientOrderId,
            Side = fill.Side,
            Type = "LIMIT",
            TimeInForce = "IOC",
            Quantity = fill.Quantity,
            Price = fill.Price,
            Time = time,
            UpdateTime = time,
            ExchangeOrderId = fill.ExchangeOrderId,
            IsLiquidation = true,
            IsAnnounced = true,
        };
        Add(order);
        return order;
    }
}
