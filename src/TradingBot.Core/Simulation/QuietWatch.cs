using TradingBot.Market;

namespace TradingBot.Simulation;

/// <summary>Knows for each market the bars that change nothing but its price, and reckons it anew only when it is asked after something has happened.</summary>
internal sealed class QuietWatch(SimulatedMarket[] markets, SimulatedWallet wallet)
{
    // A double becomes a decimal of fifteen digits: a price that lies nearer to a level than that may reach it.
    private const double Rounding = 1e-14;

    /// <summary>Takes in that an order, a position or the balance has changed.</summary>
    internal void Disturb()
    {
        foreach (var market in markets)
        {
            market.Quiet = null;
        }
    }

    /// <summary>Gets the range of prices and times in which a bar changes nothing but the price.</summary>
    internal QuietRange Of(SimulatedMarket market) => market.Quiet ??= Reckon(market);

    /// <summary>Counts the bars, from one on, in which nothing can happen but that the price moves.</summary>
    /// <param name="market">Their market.</param>
    /// <param name="bars">Bars of this market.</param>
    /// <param name="start">The next bar.</param>
    /// <param name="most">How many bars to look at; the series must have so many more.</param>
    internal int Count(SimulatedMarket market, BarSeries bars, int start, int most)
    {
        var openTime = bars.MillisecondsAt(start);
        return market.IsNext(openTime, openTime + bars.Interval.Milliseconds) ? Of(market).Count(bars, start, most) : 0;
    }

    private QuietRange Reckon(SimulatedMarket market)
    {
        var (low, high) = (double.NegativeInfinity, double.PositiveInfinity);
        foreach (var order in market.Orders)
        {
            if (order.IsArriving)
            {
                return QuietRange.Nowhere;
            }

            (low, high) = order.IsAbove ? (low, Math.Min(high, (double)order.Level)) : (Math.Max(low, (double)order.Level), high);
        }

        if (market.Position.IsFlat)
        {
            return new QuietRange(low * (1 + Rounding), high * (1 - Rounding), long.MaxValue);
        }

        if (LeansOnOthers(market))
        {
            return QuietRange.Nowhere;
        }

        if (wallet.LiquidationBound(market) is { } bound)
        {
            (low, high) = market.Position.IsLong ? (Math.Max(low, bound), high) : (low, Math.Min(high, bound));
        }

        return new QuietRange(low * (1 + Rounding), high * (1 - Rounding), market.NextFunding);
    }

    // The price of one cross position moves the liquidation price of the rest.
    private bool LeansOnOthers(SimulatedMarket market)
    {
        foreach (var other in markets)
        {
            if (other != market && !market.IsIsolated && !other.IsIsolated && !other.Position.IsFlat)
            {
                return true;
            }
        }

        return false;
    }
}
