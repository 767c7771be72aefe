using System.Globalization;
using Microsoft.Data.Sqlite;
using TradingBot.Market;

namespace TradingBot.History;

/// <summary>Keeps bars in a SQLite file, with the spans of time that their source was asked for: what is missing there does not exist.</summary>
/// <remarks>One instance may be used by several threads; its calls run one after another. Every save is one transaction.</remarks>
public sealed class BarStore : IDisposable
{
    private const int SchemaVersion = 1;
    private readonly Lock _sync = new();
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;

    /// <summary>Opens a store; the file is made if there is none.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="timeProvider">The clock that dates revisions.</param>
    /// <exception cref="InvalidDataException">The file is not a store, or one of a later version.</exception>
    public BarStore(string path, TimeProvider timeProvider)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(timeProvider);
        SQLitePCL.Batteries_V2.Init();
        _time = timeProvider;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        try
        {
            _connection.Open();
            Prepare(path);
        }
        catch (SqliteException e)
        {
            _connection.Dispose();
            throw new InvalidDataException($"'{path}' is not a store of bars: {e.Message}", e);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Stores bars and remembers that the source has told everything about a span.</summary>
    /// <param name="bars">The bars, all of them within the span; none of them filled in for a missing one.</param>
    /// <param name="asked">The span that the source was asked for and has answered in full.</param>
    /// <returns>What changed. A bar that differs from the stored one replaces it and is reported.</returns>
    /// <exception cref="ArgumentException">A bar lies outside the span, or stands for a missing one.</exception>
    public SaveResult Save(BarSeries bars, BarSpan asked)
    {
        ArgumentNullException.ThrowIfNull(bars);
        if (bars.Gaps.Any(gap => gap.Filled))
        {
            throw new ArgumentException("Bars that stand for missing ones cannot be stored; read the series with the gap policy Flag.", nameof(bars));
        }

        if (bars.Count > 0 && (bars.OpenTimeAt(0) < asked.From || bars.OpenTimeAt(bars.Count - 1) >= asked.To))
        {
            throw new ArgumentException($"The bars ({bars}) reach beyond the span from {asked.From:u} to {asked.To:u}.", nameof(bars));
        }

        lock (_sync)
        {
            using var transaction = _connection.BeginTransaction();
            var series = SeriesOf(bars.Symbol, bars.Interval, create: true)!.Value;
            var result = BarRows.Merge(_connection, series, bars, asked, _time.GetUtcNow());
            Coverage.Add(_connection, series, asked);
            transaction.Commit();
            return result;
        }
    }

    /// <summary>Reads stored bars.</summary>
    /// <param name="symbol">The market.</param>
    /// <param name="interval">The length of the bars.</param>
    /// <param name="gapPolicy">What to do about missing bars.</param>
    /// <param name="from">The earliest open time, inclusive; <see langword="null"/> for no limit.</param>
    /// <param name="to">The end of the open times, exclusive; <see langword="null"/> for no limit.</param>
    /// <exception cref="BarDataException">A bar is missing under <see cref="GapPolicy.Reject"/>.</exception>
    public BarSeries Load(Symbol symbol, Interval interval, GapPolicy gapPolicy, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        ArgumentNullException.ThrowIfNull(interval);
        lock (_sync)
        {
            var builder = new BarSeriesBuilder(symbol, interval, gapPolicy);
            if (SeriesOf(symbol, interval, create: false) is { } series)
            {
                foreach (var bar in BarRows.Read(_connection, series, interval, from, to))
                {
                    builder.Add(bar);
                }
            }

            return builder.Build();
        }
    }

    /// <summary>Stores the bars of a file, such as one of Binance's archive, as the full truth about the time from its first bar to its last.</summary>
    /// <param name="path">The file's path, in a layout that <see cref="BarCsv"/> reads.</param>
    /// <param name="symbol">The market; the file is not asked.</param>
    /// <param name="interval">The length that its bars must have.</param>
    /// <exception cref="BarDataException">The file cannot be used; the message names it, the line, what was expected and what was found.</exception>
    public SaveResult ImportCsv(string path, Symbol symbol, Interval interval)
    {
        var bars = BarCsv.Read(path, new BarCsvOptions { Symbol = symbol, Interval = interval, GapPolicy = GapPolicy.Flag });
        return Save(bars, new BarSpan(bars.OpenTimeAt(0), bars.CloseTimeAt(bars.Count - 1)));
    }

    /// <summary>Finds the parts of a span that the source was never asked for, oldest first.</summary>
    public IReadOnlyList<BarSpan> FindMissing(Symbol symbol, Interval interval, BarSpan span)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        ArgumentNullException.ThrowIfNull(interval);
        lock (_sync)
        {
            return SeriesOf(symbol, interval, create: false) is { } series
                ? Coverage.Missing(_connection, series, span)
                : span.From < span.To ? [span] : [];
        }
    }

    /// <summary>Finds the runs of bars that are missing between stored ones, oldest first.</summary>
    public IReadOnlyList<Gap> FindGaps(Symbol symbol, Interval interval, BarSpan span)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        ArgumentNullException.ThrowIfNull(interval);
        lock (_sync)
        {
            return SeriesOf(symbol, interval, create: false) is { } series ? BarRows.Gaps(_connection, series, interval, span) : [];
        }
    }

    /// <summary>Gets every revision that was ever seen, in the order in which they were.</summary>
    public IReadOnlyList<BarRevision> GetRevisions(Symbol symbol, Interval interval)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        ArgumentNullException.ThrowIfNull(interval);
        lock (_sync)
        {
            return SeriesOf(symbol, interval, create: false) is { } series ? BarRows.Revisions(_connection, series, interval) : [];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Prepare(string path)
    {
        Execute("PRAGMA busy_timeout = 10000");
        var version = (long)Scalar("PRAGMA user_version")!;
        if (version > SchemaVersion)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"'{path}' is a store of version {version}; expected at most {SchemaVersion}."));
        }

        if (version == SchemaVersion)
        {
            return;
        }

        if ((long)Scalar("SELECT count(*) FROM sqlite_master")! > 0)
        {
            throw new InvalidDataException($"'{path}' is a database of something else; expected a store of bars.");
        }

        Execute("PRAGMA journal_mode = WAL");
        using var transaction = _connection.BeginTransaction();
        Execute(
            """
            CREATE TABLE series (id INTEGER PRIMARY KEY, symbol TEXT NOT NULL, interval TEXT NOT NULL, UNIQUE (symbol, interval));
            CREATE TABLE bars (
                series INTEGER NOT NULL REFERENCES series, open_time INTEGER NOT NULL, open REAL NOT NULL, high REAL NOT NULL,
                low REAL NOT NULL, close REAL NOT NULL, volume REAL NOT NULL, PRIMARY KEY (series, open_time)) WITHOUT ROWID;
            CREATE TABLE covered (series INTEGER NOT NULL REFERENCES series, start INTEGER NOT NULL, stop INTEGER NOT NULL, PRIMARY KEY (series, start)) WITHOUT ROWID;
            CREATE TABLE revisions (
                id INTEGER PRIMARY KEY, series INTEGER NOT NULL REFERENCES series, open_time INTEGER NOT NULL, seen_at INTEGER NOT NULL,
                open REAL NOT NULL, high REAL NOT NULL, low REAL NOT NULL, close REAL NOT NULL, volume REAL NOT NULL,
                new_open REAL, new_high REAL, new_low REAL, new_close REAL, new_volume REAL);
            """);
        Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {SchemaVersion}"));
        transaction.Commit();
    }

    private long? SeriesOf(Symbol symbol, Interval interval, bool create)
    {
        if (create)
        {
            using var insert = _connection.Command(
                "INSERT INTO series (symbol, interval) VALUES ($symbol, $interval) ON CONFLICT DO NOTHING", ("$symbol", symbol.UnifiedName), ("$interval", interval.ToString()));
            insert.ExecuteNonQuery();
        }

        using var select = _connection.Command(
            "SELECT id FROM series WHERE symbol = $symbol AND interval = $interval", ("$symbol", symbol.UnifiedName), ("$interval", interval.ToString()));
        return (long?)select.ExecuteScalar();
    }

    private void Execute(string sql)
    {
        using var command = _connection.Command(sql);
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        using var command = _connection.Command(sql);
        return command.ExecuteScalar();
    }
}
