using System.Diagnostics.CodeAnalysis;

namespace TradingBot.Market;

/// <summary>The length of a bar, one of the exchange's fixed set from one minute to one week.</summary>
/// <remarks>Bars of every interval lie on a fixed UTC grid: days start at midnight, weeks on Monday, and the
/// three-day bars count from 1970-01-01. There is one instance per interval, so reference equality is equality.</remarks>
public sealed class Interval
{
    // 1970-01-01 was a Thursday; the Monday after it starts the grid of the weeks.
    private static readonly DateTimeOffset WeekOrigin = new(1970, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private Interval(string text, TimeSpan length, DateTimeOffset origin) =>
        (Text, Length, Milliseconds, Origin) = (text, length, length.Ticks / TimeSpan.TicksPerMillisecond, origin);

    /// <summary>Gets the interval of one minute, "1m".</summary>
    public static Interval OneMinute { get; } = Minutes(1);

    /// <summary>Gets the interval of three minutes, "3m".</summary>
    public static Interval ThreeMinutes { get; } = Minutes(3);

    /// <summary>Gets the interval of five minutes, "5m".</summary>
    public static Interval FiveMinutes { get; } = Minutes(5);

    /// <summary>Gets the interval of fifteen minutes, "15m".</summary>
    public static Interval FifteenMinutes { get; } = Minutes(15);

    /// <summary>Gets the interval of thirty minutes, "30m".</summary>
    public static Interval ThirtyMinutes { get; } = Minutes(30);

    /// <summary>Gets the interval of one hour, "1h".</summary>
    public static Interval OneHour { get; } = Hours(1);

    /// <summary>Gets the interval of two hours, "2h".</summary>
    public static Interval TwoHours { get; } = Hours(2);

    /// <summary>Gets the interval of four hours, "4h".</summary>
    public static Interval FourHours { get; } = Hours(4);

    /// <summary>Gets the interval of six hours, "6h".</summary>
    public static Interval SixHours { get; } = Hours(6);

    /// <summary>Gets the interval of eight hours, "8h".</summary>
    public static Interval EightHours { get; } = Hours(8);

    /// <summary>Gets the interval of twelve hours, "12h".</summary>
    public static Interval TwelveHours { get; } = Hours(12);

    /// <summary>Gets the interval of one day, "1d".</summary>
    public static Interval OneDay { get; } = new("1d", TimeSpan.FromDays(1), DateTimeOffset.UnixEpoch);

    /// <summary>Gets the interval of three days, "3d".</summary>
    public static Interval ThreeDays { get; } = new("3d", TimeSpan.FromDays(3), DateTimeOffset.UnixEpoch);

    /// <summary>Gets the interval of one week, "1w".</summary>
    public static Interval OneWeek { get; } = new("1w", TimeSpan.FromDays(7), WeekOrigin);

    /// <summary>Gets every interval, shortest first.</summary>
    public static IReadOnlyList<Interval> All { get; } =
    [
        OneMinute, ThreeMinutes, FiveMinutes, FifteenMinutes, ThirtyMinutes, OneHour, TwoHours, FourHours,
        SixHours, EightHours, TwelveHours, OneDay, ThreeDays, OneWeek,
    ];

    /// <summary>Gets the length of a bar.</summary>
    public TimeSpan Length { get; }

    /// <summary>Gets the number of bars in a year of 365 days, as crypto markets never close.</summary>
    public double BarsPerYear => TimeSpan.FromDays(365) / Length;

    /// <summary>Gets the length of a bar in milliseconds.</summary>
    internal long Milliseconds { get; }

    private string Text { get; }

    private DateTimeOffset Origin { get; }

    /// <summary>Reads an interval in the exchange's notation: "1m", "4h", "1d", "1w".</summary>
    /// <param name="text">The notation, in the exchange's letter case.</param>
    /// <exception cref="FormatException"><paramref name="text"/> is none of <see cref="All"/>.</exception>
    public static Interval Parse(string text) =>
        TryParse(text, out var interval)
            ? interval
            : throw new FormatException($"'{text}' is not an interval; expected one of {string.Join(", ", All)}.");

    /// <summary>Reads an interval in the exchange's notation: "1m", "4h", "1d", "1w".</summary>
    /// <param name="text">The notation, in the exchange's letter case.</param>
    /// <param name="interval">The interval, or <see langword="null"/>.</param>
    /// <returns><see langword="false"/> when the text is none of <see cref="All"/>.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Interval? interval)
    {
        interval = All.FirstOrDefault(candidate => candidate.Text == text);
        return interval is not null;
    }

    /// <summary>Finds the interval of a given length.</summary>
    /// <param name="length">The length of a bar.</param>
    /// <returns>The interval, or <see langword="null"/> when no interval is so long.</returns>
    public static Interval? FromLength(TimeSpan length) => All.FirstOrDefault(candidate => candidate.Length == length);

    /// <summary>Gets the open time of the bar that contains an instant.</summary>
    /// <param name="instant">The instant, of any offset.</param>
    /// <returns>The largest grid point that is not after <paramref name="instant"/>, in UTC.</returns>
    /// <exception cref="ArgumentOutOfRangeException">That grid point lies before the year 1.</exception>
    public DateTimeOffset OpenTimeAt(DateTimeOffset instant)
    {
        var sinceOrigin = (instant - Origin).Ticks;
        var remainder = sinceOrigin % Length.Ticks;
        return Origin + TimeSpan.FromTicks(sinceOrigin - (remainder < 0 ? remainder + Length.Ticks : remainder));
    }

    /// <summary>Tells whether an instant is the open time of a bar of this interval.</summary>
    /// <param name="instant">The instant, of any offset.</param>
    public bool IsOpenTime(DateTimeOffset instant) => (instant - Origin).Ticks % Length.Ticks == 0;

    /// <summary>Returns the exchange's notation, such as "1d".</summary>
    public override string ToString() => Text;

    private static Interval Minutes(int count) => new($"{count}m", TimeSpan.FromMinutes(count), DateTimeOffset.UnixEpoch);

    private static Interval Hours(int count) => new($"{count}h", TimeSpan.FromHours(count), DateTimeOffset.UnixEpoch);
}
