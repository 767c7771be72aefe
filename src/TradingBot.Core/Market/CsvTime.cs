using System.Globalization;

namespace TradingBot.Market;

/// <summary>Reads the times that files of market data give: whole milliseconds or microseconds since 1970, or a UTC date and time.</summary>
internal static class CsvTime
{
    // As milliseconds it would be the year 5138, as microseconds it is 1973.
    private const long FirstMicroseconds = 100_000_000_000_000;

    private const string Day = "yyyy-MM-dd";

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", Day,
    ];

    /// <summary>Reads a time of the current row in milliseconds since 1970-01-01 UTC.</summary>
    public static long Get(CsvRows rows, int column, string name)
    {
        if (rows.TryGetInteger(column, out var number))
        {
            return number is < FirstMicroseconds and > -FirstMicroseconds ? number : FromMicroseconds(rows, number, name);
        }

        if (DateTimeOffset.TryParseExact(rows[column], Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time.Ticks % TimeSpan.TicksPerMillisecond == 0
                ? time.ToUnixTimeMilliseconds()
                : throw rows.Error($"column '{name}' is '{rows[column]}'; expected whole milliseconds");
        }

        throw rows.NotA("UTC time, as milliseconds or microseconds since 1970 or as 'yyyy-MM-dd HH:mm:ss'", column, name);
    }

    /// <summary>Tells whether a field is a day without a time.</summary>
    public static bool IsDay(CsvRows rows, int column) => DateOnly.TryParseExact(rows[column], Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>Makes a time of the current row an instant.</summary>
    public static DateTimeOffset ToInstant(CsvRows rows, long milliseconds, string name)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw rows.Error($"column '{name}' is {milliseconds} ms since 1970-01-01, which is outside the calendar");
        }
    }

    private static long FromMicroseconds(CsvRows rows, long number, string name) =>
        number % 1000 == 0 ? number / 1000 : throw rows.Error($"column '{name}' is {number} microseconds; expected whole milliseconds");
}
