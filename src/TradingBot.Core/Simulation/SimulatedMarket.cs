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

    /// <summary>Gets the range of prices and times in which a bar changes nothing but the price.</summary>
    internal QuietRange Quiet { get; private set; } = QuietRange.Everywhere;

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

    /// <summary>Tells whether a bar comes after everything that was traded.</summary>
    internal bool IsNext(long openTime, long closeTime) => openTime >= BarsUntil && closeTime >= Time;

    /// <summary>Counts the bars, from one on, in which nothing can happen but that the price moves.</summary>
    /// <param name="bars">Bars of this market.</param>
    /// <param name="start">The next bar.</param>
    /// <param name="most">How many bars to look at; the series must have so many more.</param>
    internal int CountQuiet(BarSeries bars, int start, int most)
    {
        var openTime = bars.OpenTimes[start];
        return IsNext(openTime, openTime + bars.Interval.Milliseconds) ? Quiet.Count(bars, start, most) : 0;
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

        // One step narrower than the nearest doubles, which may lie on the quiet side of the exact prices.
        Quiet = new QuietRange(
            low > double.NegativeInfinity ? double.BitIncrement(low) : low, high < double.PositiveInfinity ? double.BitDecrement(high) : high, until);
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
