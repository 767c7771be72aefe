using System.Runtime.InteropServices;

namespace TradingBot.Trading;

/// <summary>What a bot remembers from cycle to cycle: its limits, what it decided last, and how it left the account. Amounts are in the settlement
/// asset. The exchange comes first: memory tells what was meant, never what is.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RiskState
{
    /// <summary>Gets the state before the first cycle.</summary>
    public static RiskState Initial => default;

    /// <summary>Gets the highest equity seen since the start or the last reset.</summary>
    public decimal PeakEquity { get; init; }

    /// <summary>Gets the equity at the start of <see cref="Day"/>.</summary>
    public decimal DayStartEquity { get; init; }

    /// <summary>Gets the equity last seen.</summary>
    public decimal LastEquity { get; init; }

    /// <summary>Gets the UTC day of the last bar seen, or <see langword="null"/> before the first.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Gets the limit that has stopped trading; it stays until <see cref="Reset"/>.</summary>
    public RiskLimit Tripped { get; init; }

    /// <summary>Gets the close time of the bar at which the limit tripped, or <see langword="null"/>.</summary>
    public DateTimeOffset? TrippedAt { get; init; }

    /// <summary>Gets what was decided on the last bar, or <see langword="null"/> before the first.</summary>
    public CycleIntent? Intent { get; init; }

    /// <summary>Gets how the last cycle left the account, or <see langword="null"/> where it ended too early to know.</summary>
    public AccountExpectation? Expected { get; init; }

    /// <summary>Gets a value indicating whether a limit has stopped trading.</summary>
    public bool IsTripped => Tripped != RiskLimit.None;

    /// <summary>Takes in the equity at a bar's close and trips a limit that is passed.</summary>
    /// <param name="equity">The equity at the bar's close.</param>
    /// <param name="barOpenTime">The bar's open time; a bar belongs to the UTC day in which it opens.</param>
    /// <param name="barCloseTime">The bar's close time.</param>
    /// <param name="settings">The limits.</param>
    public RiskState Observe(decimal equity, DateTimeOffset barOpenTime, DateTimeOffset barCloseTime, TradeSettings settings)
    {
        var day = DateOnly.FromDateTime(barOpenTime.UtcDateTime);
        var isFirst = Day is null;
        var next = this with
        {
            Day = day,
            LastEquity = equity,
            PeakEquity = isFirst ? equity : Math.Max(PeakEquity, equity),
            // The day starts with what the last bar of the day before left.
            DayStartEquity = isFirst ? equity : day == Day ? DayStartEquity : LastEquity,
        };
        if (next.IsTripped)
        {
            return next;
        }

        var tripped =
            HasFallen(next.DayStartEquity, equity, settings.MaxDailyLoss) ? RiskLimit.DailyLoss
            : HasFallen(next.PeakEquity, equity, settings.MaxDrawdown) ? RiskLimit.Drawdown
            : RiskLimit.None;
        return tripped == RiskLimit.None ? next : next with { Tripped = tripped, TrippedAt = barCloseTime };
    }

    /// <summary>Lets trading go on after a limit has tripped, measures the limits anew from the equity last seen, and takes the account as it is found.</summary>
    public RiskState Reset() => this with
    {
        Intent = null,
        Expected = null,
        Tripped = RiskLimit.None,
        TrippedAt = null,
        PeakEquity = LastEquity,
        DayStartEquity = LastEquity,
    };

    /// <summary>Lays this state onto what another host has stored since it was read: memory never goes back to an earlier bar, and what has tripped
    /// stays tripped.</summary>
    internal RiskState Onto(in RiskState stored)
    {
        var newer = stored.Intent?.BarOpenTime > Intent?.BarOpenTime ? stored : this;
        var tripped = stored.IsTripped ? stored : this;
        return newer.IsTripped ? newer : newer with { Tripped = tripped.Tripped, TrippedAt = tripped.TrippedAt };
    }

    private static bool HasFallen(decimal from, decimal to, decimal? share) => share is { } limit && from - to >= from * limit;
}
