using Microsoft.Data.Sqlite;
using TradingBot.Market;

namespace TradingBot.History;

/// <summary>Reads and writes the rows of bars and of their revisions.</summary>
internal static class BarRows
{
    public static IEnumerable<Bar> Read(SqliteConnection connection, long series, Interval interval, DateTimeOffset? from, DateTimeOffset? to)
    {
        using var select = connection.Command(
            "SELECT open_time, open, high, low, close, volume FROM bars WHERE series = $series AND open_time >= $from AND open_time < $to ORDER BY open_time",
            ("$series", series),
            ("$from", from?.ToUnixTimeMilliseconds() ?? long.MinValue),
            ("$to", to?.ToUnixTimeMilliseconds() ?? long.MaxValue));
        using var row = select.ExecuteReader();
        while (row.Read())
        {
            yield return BarOf(row, interval, row.GetInt64(0), 1);
        }
    }

    /// <summary>Writes what is new or different; reports what differs, and what is stored but did not come.</summary>
    public static SaveResult Merge(SqliteConnection connection, long series, BarSeries bars, BarSpan asked, DateTimeOffset now)
    {
        var stored = Read(connection, series, bars.Interval, asked.From, asked.To).ToDictionary(bar => bar.OpenTime);
        var revisions = new List<BarRevision>();
        var (added, unchanged) = (0, 0);
        using var write = connection.Command(
            "INSERT OR REPLACE INTO bars (series, open_time, open, high, low, close, volume) VALUES ($series, $time, $open, $high, $low, $close, $volume)", ("$series", series));
        foreach (var bar in bars)
        {
            if (stored.Remove(bar.OpenTime, out var known))
            {
                if (known == bar)
                {
                    unchanged++;
                    continue;
                }

                revisions.Add(new BarRevision(known, bar, now));
            }
            else
            {
                added++;
            }

            Bind(write, bar, "");
            write.ExecuteNonQuery();
        }

        revisions.AddRange(stored.Values.Select(bar => new BarRevision(bar, null, now)));
        revisions.Sort((first, second) => first.Stored.OpenTime.CompareTo(second.Stored.OpenTime));
        foreach (var revision in revisions)
        {
            Record(connection, series, revision);
        }

        return new SaveResult(added, unchanged, revisions);
    }

    public static List<Gap> Gaps(SqliteConnection connection, long series, Interval interval, BarSpan span)
    {
        var length = (long)interval.Length.TotalMilliseconds;
        using var select = connection.Command(
            """
            SELECT previous, open_time FROM (
                SELECT open_time, lag(open_time) OVER (ORDER BY open_time) AS previous FROM bars
                WHERE series = $series AND open_time >= $from AND open_time < $to)
            WHERE open_time - previous > $length ORDER BY open_time
            """,
            ("$series", series),
            ("$from", span.From.ToUnixTimeMilliseconds()),
            ("$to", span.To.ToUnixTimeMilliseconds()),
            ("$length", length));
        using var row = select.ExecuteReader();
        var gaps = new List<Gap>();
        while (row.Read())
        {
            var start = row.GetInt64(0) + length;
            gaps.Add(new Gap(DateTimeOffset.FromUnixTimeMilliseconds(start), checked((int)((row.GetInt64(1) - start) / length)), false));
        }

        return gaps;
    }

    public static List<BarRevision> Revisions(SqliteConnection connection, long series, Interval interval)
    {
        using var select = connection.Command(
            """
            SELECT open_time, seen_at, open, high, low, close, volume, new_open, new_high, new_low, new_close, new_volume
            FROM revisions WHERE series = $series ORDER BY id
            """,
            ("$series", series));
        using var row = select.ExecuteReader();
        var revisions = new List<BarRevision>();
        while (row.Read())
        {
            var time = row.GetInt64(0);
            revisions.Add(new BarRevision(
                BarOf(row, interval, time, 2), row.IsDBNull(7) ? null : BarOf(row, interval, time, 7), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))));
        }

        return revisions;
    }

    private static void Record(SqliteConnection connection, long series, BarRevision revision)
    {
        using var insert = connection.Command(
            """
            INSERT INTO revisions (series, open_time, seen_at, open, high, low, close, volume, new_open, new_high, new_low, new_close, new_volume)
            VALUES ($series, $time, $seen, $open, $high, $low, $close, $volume, $new_open, $new_high, $new_low, $new_close, $new_volume)
            """,
            ("$series", series),
            ("$seen", revision.SeenAt.ToUnixTimeMilliseconds()));
        Bind(insert, revision.Stored, "");
        if (revision.Received is { } received)
        {
            Bind(insert, received, "new_");
        }
        else
        {
            foreach (var name in (ReadOnlySpan<string>)["open", "high", "low", "close", "volume"])
            {
                insert.Parameters.AddWithValue($"$new_{name}", DBNull.Value);
            }
        }

        insert.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, in Bar bar, string prefix)
    {
        if (prefix.Length == 0)
        {
            Set(command, "$time", bar.OpenTime.ToUnixTimeMilliseconds());
        }

        Set(command, $"${prefix}open", bar.Open);
        Set(command, $"${prefix}high", bar.High);
        Set(command, $"${prefix}low", bar.Low);
        Set(command, $"${prefix}close", bar.Close);
        Set(command, $"${prefix}volume", bar.Volume);
    }

    private static void Set(SqliteCommand command, string name, object value)
    {
        if (command.Parameters.Contains(name))
        {
            command.Parameters[name].Value = value;
        }
        else
        {
            command.Parameters.AddWithValue(name, value);
        }
    }

    private static Bar BarOf(SqliteDataReader row, Interval interval, long openTime, int column) => new(
        DateTimeOffset.FromUnixTimeMilliseconds(openTime),
        interval.Length,
        row.GetDouble(column),
        row.GetDouble(column + 1),
        row.GetDouble(column + 2),
        row.GetDouble(column + 3),
        row.GetDouble(column + 4));
}
