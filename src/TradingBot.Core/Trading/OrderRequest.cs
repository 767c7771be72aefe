using System.Diagnostics.CodeAnalysis;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>An order to submit. Prices are in the quote asset, quantities in the base asset.</summary>
public sealed record OrderRequest
{
    private readonly FastDecimal _quantity;
    private OrderName _name;

    // A market order has neither: what is not there takes no more than a reference.
    private readonly object? _price;
    private readonly object? _triggerPrice;

    /// <summary>Initializes an order.</summary>
    public OrderRequest()
    {
    }

    /// <summary>Initializes an order whose id need not be a text yet.</summary>
    [SetsRequiredMembers]
    internal OrderRequest(Symbol symbol, Side side, OrderType type, in OrderName name) =>
        (Symbol, Side, Type, ClientOrderId, _name) = (symbol, side, type, null!, name);

    /// <summary>Gets the market.</summary>
    public required Symbol Symbol { get; init; }

    /// <summary>Gets the side.</summary>
    public required Side Side { get; init; }

    /// <summary>Gets the kind of the order.</summary>
    public required OrderType Type { get; init; }

    /// <summary>Gets the owner's id of the order: 1 to 36 letters, digits or <c>. : / _ -</c>.</summary>
    public required string ClientOrderId
    {
        get => _name.Read()!;
        init => _name = new OrderName(value);
    }

    /// <summary>Gets the quantity; above 0, and 0 exactly when <see cref="ClosePosition"/> is set.</summary>
    public decimal Quantity
    {
        get => _quantity;
        init => _quantity = value;
    }

    /// <summary>Gets the price of a limit order; <see langword="null"/> for every other kind.</summary>
    public decimal? Price
    {
        get => (decimal?)_price;
        init => _price = value;
    }

    /// <summary>Gets the trigger of a stop or take-profit order; <see langword="null"/> for every other kind.</summary>
    public decimal? TriggerPrice
    {
        get => (decimal?)_triggerPrice;
        init => _triggerPrice = value;
    }

    /// <summary>Gets how long a limit order waits.</summary>
    public TimeInForce TimeInForce { get; init; } = TimeInForce.GoodTillCanceled;

    /// <summary>Gets a value indicating whether the order may only shrink the position, never open or turn one.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Gets a value indicating whether a triggered stop or take-profit order closes whatever is held then.</summary>
    public bool ClosePosition { get; init; }

    internal FastDecimal FastQuantity
    {
        get => _quantity;
        init => _quantity = value;
    }

    /// <summary>Gets the owner's id of the order, without making a text of it.</summary>
    internal ref readonly OrderName Name => ref _name;
}
