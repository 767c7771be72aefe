using TradingBot.Market;
using static System.FormattableString;

namespace TradingBot.Simulation;

/// <summary>The maintenance margin table of a symbol: how much margin a position needs, and how large it may be at a leverage.</summary>
public sealed class MarginTiers
{
    // Doubles reckon a price to some fifteen digits.
    private const double Rounding = 1e-9;

    private readonly MarginTier[] _tiers;

    // The tiers in doubles, for estimates; none where the margin jumps from step to step, so that what is nearly right may be far off.
    private readonly (double Rate, double Amount, double Cap)[] _estimates;

    /// <summary>Initializes a table.</summary>
    /// <param name="tiers">The steps, smallest first: adjoining, with rates that never fall and leverages that never rise.</param>
    /// <exception cref="ArgumentException">The steps do not fit together; the message says which.</exception>
    public MarginTiers(IEnumerable<MarginTier> tiers)
    {
        ArgumentNullException.ThrowIfNull(tiers);
        _tiers = [.. tiers];
        Check(_tiers);
        _estimates = AreAmountsContinuous(_tiers)
            ? Array.ConvertAll(_tiers, tier => ((double)tier.MaintenanceRate, (double)tier.MaintenanceAmount, (double)tier.NotionalCap))
            : [];
    }

    /// <summary>Gets a table that is typical of a liquid contract: 0.4 per cent at up to 125 times for small positions,
    /// half of the notional value at 1 times for the largest. Read the exchange's own table where it matters.</summary>
    public static MarginTiers Typical { get; } = FromRates(
        (100_000m, 0.004m, 125),
        (800_000m, 0.005m, 100),
        (3_000_000m, 0.0065m, 75),
        (12_000_000m, 0.01m, 50),
        (70_000_000m, 0.02m, 25),
        (100_000_000m, 0.025m, 20),
        (230_000_000m, 0.05m, 10),
        (480_000_000m, 0.1m, 5),
        (600_000_000m, 0.125m, 4),
        (800_000_000m, 0.15m, 3),
        (1_200_000_000m, 0.25m, 2),
        (1_800_000_000m, 0.5m, 1));

    /// <summary>Gets the steps, smallest first.</summary>
    public IReadOnlyList<MarginTier> Tiers => _tiers;

    /// <summary>Gets the highest leverage of the table.</summary>
    public int MaxLeverage => _tiers[0].MaxLeverage;

    /// <summary>Builds a table from the upper end, rate and leverage of each step; the amounts taken off follow from them
    /// (<c>amount = floor * (rate - previous rate) + previous amount</c>).</summary>
    public static MarginTiers FromRates(params (decimal NotionalCap, decimal MaintenanceRate, int MaxLeverage)[] steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var tiers = new MarginTier[steps.Length];
        var previous = default(MarginTier);
        for (var i = 0; i < steps.Length; i++)
        {
            var floor = previous.NotionalCap;
            var amount = i == 0 ? 0 : (floor * (steps[i].MaintenanceRate - previous.MaintenanceRate)) + previous.MaintenanceAmount;
            previous = new MarginTier(floor, steps[i].NotionalCap, steps[i].MaintenanceRate, amount, steps[i].MaxLeverage);
            tiers[i] = previous;
        }

        return new MarginTiers(tiers);
    }

    /// <summary>Gets the step that a notional value belongs to; the last one for values beyond the table.</summary>
    /// <param name="notional">Quantity times price, 0 or more, in the settlement asset.</param>
    public MarginTier TierOf(decimal notional)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(notional);
        var index = 0;
        while (index < _tiers.Length - 1 && notional > _tiers[index].NotionalCap)
        {
            index++;
        }

        return _tiers[index];
    }

    /// <summary>Computes the margin that must remain: notional value times rate, less the step's amount.</summary>
    /// <param name="notional">Quantity times price, 0 or more, in the settlement asset.</param>
    public decimal MaintenanceMargin(decimal notional)
    {
        var tier = TierOf(notional);
        return (notional * tier.MaintenanceRate) - tier.MaintenanceAmount;
    }

    /// <summary>Gets the largest notional value that may be held at a leverage; 0 when the leverage is above the table's highest.</summary>
    public decimal MaxNotional(int leverage)
    {
        // Leverages never rise from step to step, so the last step that allows this one is the largest.
        for (var i = _tiers.Length - 1; i >= 0; i--)
        {
            if (_tiers[i].MaxLeverage >= leverage)
            {
                return _tiers[i].NotionalCap;
            }
        }

        return 0;
    }

    /// <summary>Computes the price at which a position's margin is down to the maintenance margin.</summary>
    /// <param name="quantity">The signed quantity of the position: above 0 long, below 0 short.</param>
    /// <param name="entryPrice">The average entry price.</param>
    /// <param name="collateral">What stands behind the position apart from its own profit: its isolated wallet; or, in cross mode, the
    /// cross wallet, less the maintenance margin of the other positions, plus their unrealised profit.</param>
    /// <returns>The price, or <see langword="null"/> where no price above 0 liquidates the position.</returns>
    /// <remarks><c>(collateral + amount - quantity * entry) / (|quantity| * rate - quantity)</c>, with the rate and amount of the step that
    /// the position would be in at that price (Binance's documented formula for one-way mode).</remarks>
    public decimal? LiquidationPrice(decimal quantity, decimal entryPrice, decimal collateral)
    {
        if (quantity == 0)
        {
            return null;
        }

        var size = FastDecimal.Abs(quantity);
        FastDecimal price = default;
        for (var i = 0; i < _tiers.Length; i++)
        {
            ref readonly var tier = ref _tiers[i];
            var slope = (size * tier.MaintenanceRate) - quantity;
            if (slope.IsZero)
            {
                continue;
            }

            var margin = (FastDecimal)collateral + tier.MaintenanceAmount - ((FastDecimal)quantity * entryPrice);
            if (i == 0 && margin.Sign != slope.Sign)
            {
                return null;
            }

            price = margin / slope;
            var notional = size * price;
            if (notional <= tier.NotionalCap && (i == 0 || notional > tier.NotionalFloor))
            {
                break;
            }
        }

        return price.IsPositive ? price : null;
    }

    /// <summary>Reckons a price on the safe side of <see cref="LiquidationPrice"/>, which takes ten times as long: at it nothing is liquidated for certain.</summary>
    /// <inheritdoc cref="LiquidationPrice" path="/param"/>
    /// <returns>A price barely above that of a long position, or barely below that of a short one; <see langword="null"/> where no price above 0 liquidates the position.</returns>
    internal double? LiquidationBound(FastDecimal quantity, FastDecimal entryPrice, FastDecimal collateral)
    {
        if (_estimates.Length == 0)
        {
            return LiquidationPrice(quantity, entryPrice, collateral) is { } exact ? AsideOf((double)exact, quantity.Sign, 0) : null;
        }

        var (signed, entry) = ((double)quantity, (double)entryPrice);
        var (size, margin, price) = (Math.Abs(signed), (double)collateral - (signed * entry), 0d);
        foreach (var (rate, amount, cap) in _estimates)
        {
            price = (margin + amount) / ((size * rate) - signed);
            if (size * price <= cap)
            {
                break;
            }
        }

        return AsideOf(price, quantity.Sign, entry) is > 0 and var bound ? bound : null;
    }

    private static double AsideOf(double price, int side, double entryPrice) => price + (side * Rounding * (Math.Abs(price) + entryPrice));

    private static bool AreAmountsContinuous(MarginTier[] tiers)
    {
        for (var i = 1; i < tiers.Length; i++)
        {
            if (tiers[i].MaintenanceAmount - tiers[i - 1].MaintenanceAmount != tiers[i].NotionalFloor * (tiers[i].MaintenanceRate - tiers[i - 1].MaintenanceRate))
            {
                return false;
            }
        }

        return true;
    }

    private static void Check(MarginTier[] tiers)
    {
        if (tiers.Length == 0)
        {
            throw new ArgumentException("A margin table needs at least one step.");
        }

        var previous = new MarginTier(0, 0, 0, 0, int.MaxValue);
        foreach (var tier in tiers)
        {
            if (tier.NotionalFloor != previous.NotionalCap || tier.NotionalCap <= tier.NotionalFloor)
            {
                throw new ArgumentException(Invariant($"The margin step {tier} must begin at {previous.NotionalCap} and end above it."));
            }

            if (tier.MaintenanceRate <= 0 || tier.MaintenanceRate >= 1 || tier.MaintenanceRate < previous.MaintenanceRate)
            {
                throw new ArgumentException(Invariant($"The margin step {tier} must have a rate between 0 and 1 that is not below {previous.MaintenanceRate}."));
            }

            if (tier.MaxLeverage < 1 || tier.MaxLeverage > previous.MaxLeverage || tier.MaintenanceAmount < 0)
            {
                throw new ArgumentException(Invariant($"The margin step {tier} must have an amount of 0 or more, and a leverage from 1 to that of the step before."));
            }

            previous = tier;
        }
    }
}
