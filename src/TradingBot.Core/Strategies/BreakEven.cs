using System.Globalization;

namespace TradingBot.Strategies;

/// <summary>Computes how often a strategy that enters on a threshold must be right to pay its costs.</summary>
/// <remarks>
/// <para>The model takes the least favourable forecast that still enters. A trade that is right earns the threshold m; one that is wrong
/// loses the same move, or the stop loss where that is nearer: l = min(m, stop loss). Each pays the cost of a round trip
/// c = 2 (taker fee + slippage) + |funding rate| (holding time / funding interval). A share p of right trades earns nothing and loses nothing when
/// p (m - c) = (1 - p) (l + c), so</para>
/// <code>p = (l + c) / (m + l)</code>
/// <para>When m is not above c, no share is enough: even a strategy that is always right earns nothing. Everything is a
/// share of the entry's notional value. Funding is taken as paid, as a strategy may be on either side. A nearer stop asks for fewer hits but
/// also makes them rarer, because the price may touch it on the way to being right; the reckoning does not see that.</para>
/// </remarks>
public static class BreakEven
{
    private static readonly TimeSpan CustomaryFundingInterval = TimeSpan.FromHours(8);

    /// <summary>Computes the hit rate at which a strategy breaks even.</summary>
    /// <param name="edge">The smallest expected return on which the strategy enters, 0 or more, and its stop loss, above 0 if any; finite shares of the price.</param>
    /// <param name="takerFee">The fee of one side, as a share of the notional; from 0 to below 1.</param>
    /// <param name="slippage">Half the spread and what an order fills worse, on one side, as a share of the price; from 0 to below 1.</param>
    /// <param name="holdingTime">How long a position is expected to be held; 0 or more.</param>
    /// <param name="fundingRate">The funding of one interval, as a share of the notional; above -1 and below 1. The customary resting rate is 0.0001.</param>
    /// <param name="fundingInterval">The time between payments of funding; eight hours unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static BreakEvenResult Compute(
        StrategyEdge edge,
        decimal takerFee,
        decimal slippage,
        TimeSpan holdingTime,
        decimal fundingRate = 0.0001m,
        TimeSpan? fundingInterval = null)
    {
        Check(edge);
        CheckShare(takerFee, nameof(takerFee));
        CheckShare(slippage, nameof(slippage));
        CheckShare(Math.Abs(fundingRate), nameof(fundingRate));
        ArgumentOutOfRangeException.ThrowIfLessThan(holdingTime, TimeSpan.Zero);
        var interval = fundingInterval ?? CustomaryFundingInterval;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero, nameof(fundingInterval));

        var (fees, slip) = ((double)(2 * takerFee), (double)(2 * slippage));
        var funding = (double)Math.Abs(fundingRate) * (holdingTime / interval);
        var cost = fees + slip + funding;
        var gain = edge.Threshold;
        var loss = Math.Min(gain, edge.StopLoss ?? gain);
        double? required = gain > cost ? (loss + cost) / (gain + loss) : null;
        return new BreakEvenResult
        {
            FeeCost = fees,
            SlippageCost = slip,
            FundingCost = funding,
            RequiredHitRate = required,
            Explanation =
                $"A round trip costs {Percent(cost)} (fees {Percent(fees)}, slippage {Percent(slip)}, funding {Percent(funding)}); "
                + (required is { } rate
                    ? $"entered on an expected move of {Percent(gain)}, a trade that is right earns {Percent(gain - cost)} and one that is wrong loses {Percent(loss + cost)}, so {Percent(rate)} of trades must be right to break even."
                    : $"the threshold enters on an expected move of {Percent(gain)}, which does not pay that even when every forecast is right."),
        };
    }

    private static void Check(StrategyEdge edge)
    {
        if (!double.IsFinite(edge.Threshold) || edge.Threshold < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(edge), edge.Threshold, "Expected a finite threshold of 0 or more.");
        }

        if (edge.StopLoss is { } stopLoss && !(double.IsFinite(stopLoss) && stopLoss > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(edge), stopLoss, "Expected a finite stop loss above 0, or none.");
        }
    }

    private static void CheckShare(decimal share, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1m, name);
    }

    private static string Percent(double share) => (share * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %";
}
