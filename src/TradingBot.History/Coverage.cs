using Microsoft.Data.Sqlite;

namespace TradingBot.History;

/// <summary>The spans that the source was asked for, kept apart from one another: those that touch are one.</summary>
internal static class Coverage
{
    public static void Add(SqliteConnection connection, long series, BarSpan span)
    {
        var (start, stop) = (span.From.ToUnixTimeMilliseconds(), span.To.ToUnixTimeMilliseconds());
        if (start >= stop)
        {
            return;
        }

        using (var touching = connection.Command(
            "SELECT min(start), max(stop) FROM covered WHERE series = $series AND start <= $stop AND stop >= $start", ("$series", series), ("$start", start), ("$stop", stop)))
        {
            using var row = touching.ExecuteReader();
            if (row.Read() && !row.IsDBNull(0))
            {
                (start, stop) = (Math.Min(start, row.GetInt64(0)), Math.Max(stop, row.GetInt64(1)));
            }
        }

        using (var delete = connection.Command(
            "DELETE FROM covered WHERE series = $series AND start >= $start AND stop <= $stop", ("$series", series), ("$start", start), ("$stop", stop)))
        {
            delete.ExecuteNonQuery();
        }

        using var insert = connection.Command(
            "INSERT INTO covered (series, start, stop) VALUES ($series, $start, $stop)", ("$series", series), ("$start", start), ("$stop", stop));
        insert.ExecuteNonQuery();
    }

    public static List<BarSpan> Missing(SqliteConnection connection, long series, BarSpan span)
    {
        var (next, end) = (span.From.ToUnixTimeMilliseconds(), span.To.ToUnixTimeMilliseconds());
        var missing = new List<BarSpan>();
        using var select = connection.Command(
            "SELECT start, stop FROM covered WHERE series = $series AND start < $end AND stop > $next ORDER BY start", ("$series", series), ("$next", next), ("$end", end));
        using var row = select.ExecuteReader();
        while (row.Read())
        {
            if (row.GetInt64(0) > next)
            {
                missing.Add(Span(next, row.GetInt64(0)));
            }

            next = row.GetInt64(1);
        }

        if (next < end)
        {
            missing.Add(Span(next, end));
        }

        return missing;
    }

    private static BarSpan Span(long start, long stop) =>
        new(DateTimeOffset.FromUnixTimeMilliseconds(start), DateTimeOffset.FromUnixTimeMilliseconds(stop));
}
