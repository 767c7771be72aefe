using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>An accepted order and its state.</summary>
internal sealed class SimulatedOrder
{
    private OrderResult? _result;
    private OrderRefusal? _refusal;
    private FastDecimal _price;

    internal SimulatedOrder(OrderRequest request, long id, OrderTerms terms, string? note, long time) => Begin(request, id, terms, note, time);

    internal OrderRequest Request { get; private set; }

    internal long Id { get; private set; }

    internal long Time { get; private set; }

    internal OrderStatus Status { get; private set; }

    internal RejectReason? RejectReason => _refusal?.Reason;

    internal FastDecimal FilledQuantity { get; private set; }

    /// <summary>Gets or sets a value indicating whether the next price decides the order: it is to take what the market offers.</summary>
    internal bool IsArriving { get; set; }

    /// <summary>Gets or sets the notional value for which margin is held back while the order rests.</summary>
    internal FastDecimal ReservedNotional { get; set; }

    /// <summary>Gets what the order's sender wants to remember of it.</summary>
    internal string? Note { get; private set; }

    internal bool IsOpen => Status == OrderStatus.New;

    internal bool IsConditional => Request.Type is OrderType.StopMarket or OrderType.TakeProfitMarket;

    internal bool OnlyReduces => Request.ReduceOnly || Request.ClosePosition;

    /// <summary>Gets the price at which the order meets the market.</summary>
    internal FastDecimal Level => Request.Price ?? Request.TriggerPrice ?? 0;

    /// <summary>Gets a value indicating whether the price must rise to meet the order.</summary>
    internal bool IsAbove => (Request.Type == OrderType.StopMarket) == (Request.Side == Side.Buy);

    /// <summary>Tells whether the order would shrink a position.</summary>
    internal bool Opposes(in Position position) => Request.Side == Side.Buy ? position.IsShort : position.IsLong;

    /// <inheritdoc cref="Opposes(in Position)"/>
    internal bool Opposes(FastDecimal position) => Request.Side == Side.Buy ? position.IsNegative : position.IsPositive;

    /// <summary>Tells whether a price has reached the order: a trigger is reached when touched, a limit only when traded through.</summary>
    internal bool IsReachedBy(FastDecimal price) => (IsAbove, IsConditional) switch
    {
        (true, true) => price >= Level,
        (true, false) => price > Level,
        (false, true) => price <= Level,
        (false, false) => price < Level,
    };

    /// <summary>Begins a new order, with nothing left of one that the object was before.</summary>
    [MemberNotNull(nameof(Request))]
    internal void Begin(OrderRequest request, long id, OrderTerms terms, string? note, long time)
    {
        (Request, Id, Note, Time, Status) = (request, id, note, time, OrderStatus.New);
        (IsArriving, ReservedNotional) = (terms.Takes, terms.ReservedNotional);
        (FilledQuantity, _price, _refusal, _result) = (default, default, null, null);
    }

    /// <summary>Takes in the one fill that an order has.</summary>
    internal void Fill(FastDecimal quantity, FastDecimal price) => (FilledQuantity, _price) = (quantity, price);

    internal void End(OrderStatus status, long time, OrderRefusal? refusal) => (Status, Time, _refusal, _result) = (status, time, refusal, null);

    internal OrderResult ToResult() => _result ??= new OrderResult
    {
        Request = Request,
        Status = Status,
        ExchangeOrderId = Id.ToString(CultureInfo.InvariantCulture),
        FilledQuantity = FilledQuantity,
        AveragePrice = FilledQuantity.IsZero ? null : _price,
        RejectReason = RejectReason,
        Message = _refusal?.Message,
        UpdatedAt = Time == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(Time),
    };
}
