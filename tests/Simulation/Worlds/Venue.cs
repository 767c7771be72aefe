using TradingBot.Market;
using TradingBot.Simulation;
using TradingBot.Trading;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>The exchange of a world: the simulated exchange, moved on by a path of prices, with orders that may fill in part.</summary>
/// <remarks>A market order meets the current price at once. What is left of an order that fills in part does not fill any more: the rest of
/// a market order expires, the rest of a limit order stays open.</remarks>
internal sealed class Venue
{
    private readonly SimulatedExchange _exchange;
    private readonly bool _remembersIds;
    private readonly Dictionary<string, long> _acceptedAt = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PartialOrder> _partial = new(StringComparer.Ordinal);
    private readonly Queue<(long Time, AccountSnapshot Account)> _past = new();
    private decimal _price;

    /// <summary>Opens an exchange.</summary>
    /// <param name="options">How it is set.</param>
    /// <param name="remembersIds">Whether it never trades a client id twice, or, as exchanges promise, only while its order is open.</param>
    public Venue(SimulatedExchangeOptions options, bool remembersIds)
    {
        _remembersIds = remembersIds;
        _exchange = new SimulatedExchange(options) { Observer = _ => HasChanged = true };
    }

    /// <summary>Gets or sets a value indicating whether an order, a fill or the balance has changed since somebody looked.</summary>
    public bool HasChanged { get; set; }

    public decimal Price => _price;

    public decimal Equity => _exchange.Equity;

    public Position Position => _exchange.PositionOf(Arena.Symbol);

    public IReadOnlyList<Fill> Fills => _exchange.Fills;

    public IReadOnlyList<LedgerEntry> Ledger => _exchange.Ledger;

    public decimal Balance => _exchange.Balance;

    public IReadOnlyList<OrderResult> OpenOrders => _partial.Count == 0 ? _exchange.OpenOrdersOf(Arena.Symbol) : OpenWithPartial();

    /// <summary>Lets the market trade at a price.</summary>
    public void Trade(long now, decimal price)
    {
        _price = price;
        _exchange.AdvanceTick(Arena.Symbol, Arena.At(now), price);
    }

    public void Prepare(AccountSetup setup)
    {
        _exchange.SetMarginMode(setup.Symbol, setup.MarginMode);
        _exchange.SetLeverage(setup.Symbol, setup.Leverage);
    }

    public AccountSnapshot Account() => new()
    {
        Balance = _exchange.Balance,
        AvailableBalance = _exchange.AvailableBalance,
        Position = Position,
        OpenOrders = OpenOrders,
    };

    /// <summary>Reads the account as it was at an instant, as far as that is remembered.</summary>
    public AccountSnapshot AccountAt(long time)
    {
        var account = Account();
        foreach (var (since, past) in _past)
        {
            if (since > time)
            {
                return account;
            }

            account = past;
        }

        return account;
    }

    /// <summary>Remembers the account as it is now, for <see cref="AccountAt"/>.</summary>
    public void Remember(long now)
    {
        if (_past.Count == 8)
        {
            _past.Dequeue();
        }

        _past.Enqueue((now, Account()));
    }

    /// <summary>Takes an order in and lets it meet the current price.</summary>
    /// <param name="order">The order.</param>
    /// <param name="now">When.</param>
    /// <param name="isPartial">Whether only about half of it is to fill.</param>
    /// <returns>The order as it stands then, and whether it is one that was taken in before.</returns>
    public (OrderResult Order, bool IsKnown) Submit(OrderRequest order, long now, bool isPartial)
    {
        var known = Find(order.ClientOrderId);
        if (known is not null && _remembersIds)
        {
            return (known, true);
        }

        var sent = order;
        if (isPartial && known is not { IsOpen: true } && Arena.Info.FitQuantity(order.Quantity / 2) is { } part && !order.ClosePosition)
        {
            sent = order with { Quantity = part };
        }

        if (known is { IsOpen: true } && _partial.ContainsKey(order.ClientOrderId))
        {
            return (new OrderResult { Request = order, Status = OrderStatus.Rejected, RejectReason = RejectReason.DuplicateClientOrderId }, false);
        }

        var submitted = _exchange.Submit(sent);
        if (!submitted.IsOpen)
        {
            return (submitted with { Request = order }, false);
        }

        _acceptedAt[order.ClientOrderId] = now;
        // Of two orders under one id the latter is found.
        _partial.Remove(order.ClientOrderId);
        if (sent != order)
        {
            _partial[order.ClientOrderId] = new PartialOrder(order, _exchange.Fills.Count);
        }

        _exchange.AdvanceTick(Arena.Symbol, Arena.At(now), _price);
        return (Find(order.ClientOrderId) ?? submitted, false);
    }

    /// <summary>Looks an order up.</summary>
    public OrderResult? Find(string clientOrderId)
    {
        var found = _exchange.Find(Arena.Symbol, clientOrderId);
        return found is not null && _partial.TryGetValue(clientOrderId, out var partial) ? partial.Shown(found, _exchange.Fills) : found;
    }

    /// <summary>Looks an order up as it can be found at an instant; one that was taken in after it cannot.</summary>
    public OrderResult? FindAt(string clientOrderId, long time) =>
        _acceptedAt.TryGetValue(clientOrderId, out var since) && since > time ? null : Find(clientOrderId);

    public OrderResult? Cancel(string clientOrderId)
    {
        if (_partial.TryGetValue(clientOrderId, out var partial) && Find(clientOrderId) is { IsOpen: true })
        {
            partial.IsCanceled = true;
            HasChanged = true;
        }

        return _exchange.Cancel(Arena.Symbol, clientOrderId) is null ? null : Find(clientOrderId);
    }

    /// <summary>Cancels every stop, as its owner may do by hand.</summary>
    public void LoseStops()
    {
        foreach (var order in OpenOrders.Where(order => order.Request.Type == OrderType.StopMarket))
        {
            _exchange.Cancel(Arena.Symbol, order.ClientOrderId);
        }
    }

    private List<OrderResult> OpenWithPartial()
    {
        var open = new List<OrderResult>(_exchange.OpenOrdersOf(Arena.Symbol));
        for (var i = 0; i < open.Count; i++)
        {
            open[i] = Find(open[i].ClientOrderId)!;
        }

        foreach (var id in _partial.Keys)
        {
            if (Find(id) is { Status: OrderStatus.PartiallyFilled } rest && !open.Exists(order => order.ClientOrderId == id))
            {
                open.Add(rest);
            }
        }

        return open;
    }
}
