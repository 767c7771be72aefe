using TradingBot.Market;
using static System.FormattableString;

namespace TradingBot.Simulation;

/// <summary>When a perpetual contract pays funding, and at what rate.</summary>
public abstract class FundingSchedule
{
    private FundingSchedule()
    {
    }

    /// <summary>Gets the schedule of a contract that pays no funding.</summary>
    public static FundingSchedule None { get; } = new History([], []);

    /// <summary>Makes the schedule of one rate at every multiple of an interval counted from midnight UTC.</summary>
    /// <param name="rate">The share of the notional value: above 0 longs pay shorts; the customary resting rate is 0.0001 per eight hours.</param>
    /// <param name="interval">The time between payments; eight hours unless given. It must divide a day.</param>
    public static FundingSchedule Fixed(decimal rate, TimeSpan? interval = null)
    {
        var length = interval ?? TimeSpan.FromHours(8);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, TimeSpan.FromMinutes(1), nameof(interval));
        if (TimeSpan.TicksPerDay % length.Ticks != 0 || length.Ticks % TimeSpan.TicksPerMillisecond != 0)
        {
            throw new ArgumentException(Invariant($"Expected a funding interval in whole milliseconds that divides a day, found {length}."), nameof(interval));
        }

        return new Periodic(rate, length.Ticks / TimeSpan.TicksPerMillisecond);
    }

    /// <summary>Makes the schedule of rates that were really paid. There is no funding outside of them.</summary>
    /// <param name="rates">The payments, in any order, one per instant. Instants are rounded to the nearest minute, since exchanges
    /// record them some milliseconds late.</param>
    /// <exception cref="ArgumentException">Two payments fall on one instant.</exception>
    public static FundingSchedule FromHistory(IEnumerable<FundingRate> rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        var sorted = rates.Select(rate => (Time: ToMinute(rate.Time), rate.Rate)).OrderBy(rate => rate.Time).ToArray();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Time == sorted[i - 1].Time)
            {
                throw new ArgumentException(
                    Invariant($"Two funding rates fall on {DateTimeOffset.FromUnixTimeMilliseconds(sorted[i].Time):u}; expected one per instant."), nameof(rates));
            }
        }

        return new History(Array.ConvertAll(sorted, rate => rate.Time), Array.ConvertAll(sorted, rate => rate.Rate));
    }

    /// <summary>Finds the next payment.</summary>
    /// <param name="instant">The instant to look after.</param>
    /// <returns>The first payment strictly after <paramref name="instant"/>, or <see langword="null"/> where there is none.</returns>
    public FundingRate? NextAfter(DateTimeOffset instant)
    {
        var next = NextAfter(instant.ToUnixTimeMilliseconds(), out var rate);
        return next == long.MaxValue ? null : new FundingRate(DateTimeOffset.FromUnixTimeMilliseconds(next), rate);
    }

    // In milliseconds since 1970-01-01 UTC; long.MaxValue for never.
    internal abstract long NextAfter(long time, out FastDecimal rate);

    private static long ToMinute(DateTimeOffset time)
    {
        const long Minute = 60_000;
        return (time.ToUnixTimeMilliseconds() + (Minute / 2)) / Minute * Minute;
    }

    private sealed class Periodic(decimal rate, long length) : FundingSchedule
    {
        internal override long NextAfter(long time, out FastDecimal nextRate)
        {
            nextRate = rate;
            var remainder = time % length;
            return time - (remainder < 0 ? remainder + length : remainder) + length;
        }
    }

    private sealed class History(long[] times, decimal[] rates) : FundingSchedule
    {
        internal override long NextAfter(long time, out FastDecimal nextRate)
        {
            var found = Array.BinarySearch(times, time);
            var index = found >= 0 ? found + 1 : ~found;
            nextRate = index < rates.Length ? rates[index] : 0;
            return index < times.Length ? times[index] : long.MaxValue;
        }
    }
}
