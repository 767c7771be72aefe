using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>The state of one contract: its price, the account's position and orders in it, and the range in which nothing happens.</summary>
internal sealed class SimulatedMarket
{
    private readonly Dictionary<string, SimulatedOrder> _ended = new(StringComparer.Ordinal);
    private FastDecimal _price;
    private double _close;
    private bool _priceIsOld;
    private Position _position;
    private (FastDecimal Collateral, FastDecimal? Price)? _liquidation;
    private (FastDecimal Collateral, double? Price)? _liquidationBound;

    internal SimulatedMarket(MarketListing listing, int index, SimulatedExchangeOptions options)
    {
        (Listing, Index) = (listing, index);
        (Leverage, MarginMode) = (options.Leverage, options.MarginMode);
    }

    internal MarketListing Listing { get; }

    /// <summary>Gets the place among the exchange's markets.</summary>
    internal int Index { get; }

    internal Symbol Symbol => Listing.Info.Symbol;

    internal int Leverage { get; set; }

    internal MarginMode MarginMode { get; set; }

    internal bool IsIsolated => MarginMode == MarginMode.Isolated;

    internal ref readonly Position Position => ref _position;

    /// <summary>Gets the position's signed quantity.</summary>
    internal FastDecimal Held => _position.FastQuantity;

    /// <summary>Gets the position's quantity without its sign.</summary>
    internal FastDecimal Size => FastDecimal.Abs(_position.FastQuantity);

    internal FastDecimal IsolatedWallet { get; set; }

    /// <summary>Gets the open orders, in the order of submission.</summary>
    internal List<SimulatedOrder> Orders { get; } = [];

    internal FastDecimal ReservedNotional { get; private set; }

    /// <summary>Gets or sets the instant before which every bar has been traded.</summary>
    internal long BarsUntil { get; set; } = long.MinValue;

    /// <summary>Gets or sets the instant of the last event.</summary>
    internal long Time { get; set; } = long.MinValue;

    internal long NextFunding { get; set; } = long.MinValue;

    internal FastDecimal NextFundingRate { get; set; }

    /// <summary>Gets or sets a value indicating whether the bar whose inside was traded would hide the order of events, should its close liquidate the position.</summary>
    internal bool IsInDoubtIfLiquidated { get; set; }

    /// <summary>Gets or sets what <see cref="QuietWatch"/> has reckoned, or <see langword="null"/> when something has happened since.</summary>
    internal QuietRange? Quiet { get; set; }

    internal bool HasPrice { get; private set; }

    internal FastDecimal Price
    {
        get
        {
            if (_priceIsOld)
            {
                _price = PriceConversion.ToDecimal(_close);
                _priceIsOld = false;
            }

            return _price;
        }
    }

    internal FastDecimal UnrealizedProfit => Position.IsFlat ? default : _position.FastProfitAt(Price);

    internal FastDecimal Notional => Size * Price;

    internal FastDecimal InitialMargin => MarginOf(Notional);

    internal FastDecimal MaintenanceMargin => Position.IsFlat ? default : Listing.MarginTiers.MaintenanceMargin(Notional);

    /// <summary>Computes the margin that a notional value binds.</summary>
    internal FastDecimal MarginOf(FastDecimal notional) => Leverage == 1 ? notional : notional / Leverage;

    internal void SetPrice(FastDecimal price) => (_price, _priceIsOld, HasPrice) = (price, false, true);

    // Kept as it came: most closes are never asked for.
    internal void SetClose(double close)
    {
        _close = close;
        _priceIsOld = true;
        HasPrice = true;
    }

    /// <summary>Takes in what is held from now on.</summary>
    internal void Hold(in Position position)
    {
        _position = position;
        _liquidation = null;
        _liquidationBound = null;
    }

    /// <summary>Computes the price at which the position is liquidated. It is asked for far more often than it changes.</summary>
    internal FastDecimal? LiquidationPrice(FastDecimal collateral)
    {
        if (_liquidation is not { } known || known.Collateral != collateral)
        {
            known = (collateral, Listing.MarginTiers.LiquidationPrice(_position.Quantity, _position.EntryPrice, collateral));
            _liquidation = known;
        }

        return known.Price;
    }

    /// <inheritdoc cref="MarginTiers.LiquidationBound"/>
    internal double? LiquidationBound(FastDecimal collateral)
    {
        if (_liquidationBound is not { } known || known.Collateral != collateral)
        {
            known = (collateral, Listing.MarginTiers.LiquidationBound(_position.FastQuantity, _position.FastEntryPrice, collateral));
            _liquidationBound = known;
        }

        return known.Price;
    }

    /// <summary>Tells whether a bar comes after everything that was traded.</summary>
    internal bool IsNext(long openTime, long closeTime) => openTime >= BarsUntil && closeTime >= Time;

    /// <summary>Finds the latest order of an id.</summary>
    internal SimulatedOrder? Find(string clientOrderId)
    {
        // An order that is open is later than any that has ended.
        return FindOpen(new OrderName(clientOrderId)) ?? _ended.GetValueOrDefault(clientOrderId);
    }

    /// <summary>Finds the open order of a name; there is no more than one.</summary>
    internal SimulatedOrder? FindOpen(in OrderName name)
    {
        foreach (var order in Orders)
        {
            if (order.Request.Name.Equals(name))
            {
                return order;
            }
        }

        return null;
    }

    internal void Add(SimulatedOrder order)
    {
        Orders.Add(order);
        ReservedNotional += order.ReservedNotional;
    }

    internal void Remove(SimulatedOrder order)
    {
        Orders.Remove(order);
        Release(order);
    }

    /// <summary>Gives back the margin that an order held.</summary>
    internal void Release(SimulatedOrder order)
    {
        if (!order.ReservedNotional.IsZero)
        {
            ReservedNotional -= order.ReservedNotional;
            order.ReservedNotional = default;
        }
    }

    /// <summary>Keeps an order that has ended, in place of an earlier one of the same id.</summary>
    internal void Remember(SimulatedOrder order) => _ended[order.Request.ClientOrderId] = order;

    internal void Forget(SimulatedOrder order)
    {
        if (ReferenceEquals(_ended.GetValueOrDefault(order.Request.ClientOrderId), order))
        {
            _ended.Remove(order.Request.ClientOrderId);
        }
    }
}
