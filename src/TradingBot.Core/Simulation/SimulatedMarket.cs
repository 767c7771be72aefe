using TradingBot.Market;
using TradingBot.Trading;

namespace TradingBot.Simulation;

/// <summary>The state of one contract: its price, the account's position and orders in it, and the range in which nothing happens.</summary>
internal sealed class SimulatedMarket
{
    private readonly Dictionary<string, SimulatedOrder> _byId = new(StringComparer.Ordinal);
    private decimal _price;
    private double _close;
    private bool _priceIsOld;

    internal SimulatedMarket(MarketListing listing, SimulatedExchangeOptions options)
    {
        Listing = listing;
        (Leverage, MarginMode) = (options.Leverage, options.MarginMode);
    }

    internal MarketListing Listing { get; }

    internal Symbol Symbol => Listing.Info.Symbol;

    internal int Leverage { get; set; }

    internal MarginMode MarginMode { get; set; }

    internal bool IsIsolated => MarginMode == MarginMode.Isolated;

    internal Position Position { get; set; }

    internal decimal IsolatedWallet { get; set; }

    /// <summary>Gets the open orders, in the order of submission.</summary>
    internal List<SimulatedOrder> Orders { get; } = [];

    internal decimal ReservedNotional { get; private set; }

    /// <summary>Gets or sets the instant before which every bar has been traded.</summary>
    internal long BarsUntil { get; set; } = long.MinValue;

    /// <summary>Gets or sets the instant of the last event.</summary>
    internal long Time { get; set; } = long.MinValue;

    internal long NextFunding { get; set; } = long.MinValue;

    internal decimal NextFundingRate { get; set; }

    // A bar whose low is above, whose high is below and whose end is not after these changes nothing but the price.
    internal double QuietLow { get; private set; } = double.NegativeInfinity;

    internal double QuietHigh { get; private set; } = double.PositiveInfinity;

    internal long QuietUntil { get; private set; } = long.MaxValue;

    internal bool HasPrice { get; private set; }

    internal decimal Price
    {
        get
        {
            if (_priceIsOld)
            {
                _price = (decimal)_close;
                _priceIsOld = false;
            }

            return _price;
        }
    }

    internal decimal UnrealizedProfit => Position.IsFlat ? 0 : Position.ProfitAt(Price);

    internal decimal Notional => Position.IsFlat ? 0 : Math.Abs(Position.Quantity) * Price;

    internal decimal InitialMargin => Notional / Leverage;

    internal decimal MaintenanceMargin => Position.IsFlat ? 0 : Listing.MarginTiers.MaintenanceMargin(Notional);

    internal void SetPrice(decimal price) => (_price, _priceIsOld, HasPrice) = (price, false, true);

    // Kept as it came: most closes are never asked for.
    internal void SetClose(double close)
    {
        _close = close;
        _priceIsOld = true;
        HasPrice = true;
    }

    /// <summary>Computes anew the range of prices and times in which nothing happens.</summary>
    internal void RefreshQuiet(decimal? liquidationPrice, bool isAlwaysBusy)
    {
        var (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
        var until = isAlwaysBusy ? long.MinValue : Position.IsFlat ? long.MaxValue : NextFunding;
        foreach (var order in Orders)
        {
            if (order.IsArriving)
            {
                until = long.MinValue;
            }
            else if (order.IsAbove)
            {
                high = Math.Min(high, (double)order.Level);
            }
            else
            {
                low = Math.Max(low, (double)order.Level);
            }
        }

        if (liquidationPrice is { } price)
        {
            (low, high) = Position.IsLong ? (Math.Max(low, (double)price), high) : (low, Math.Min(high, (double)price));
        }

        // One step wider than the nearest doubles, which may lie on the quiet side of the exact prices.
        (QuietLow, QuietHigh, QuietUntil) = (double.BitIncrement(low), double.BitDecrement(high), until);
    }

    internal SimulatedOrder? Find(string clientOrderId) => _byId.GetValueOrDefault(clientOrderId);

    internal void Add(SimulatedOrder order)
    {
        Orders.Add(order);
        _byId[order.Request.ClientOrderId] = order;
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
        ReservedNotional -= order.ReservedNotional;
        order.ReservedNotional = 0;
    }

    internal void Forget(SimulatedOrder order)
    {
        if (ReferenceEquals(Find(order.Request.ClientOrderId), order))
        {
            _byId.Remove(order.Request.ClientOrderId);
        }
    }
}
