using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using TradingBot.Statistics;

namespace TradingBot.Optimization.Ledger;

/// <summary>Keeps every trial that was ever made, in a SQLite file, so that nobody forgets how often luck had a chance.</summary>
/// <remarks>Each trial is written by itself, as soon as it is done, in the write-ahead log: a process that dies loses only the trials it was in the
/// middle of. A trial is kept once, however often it is made. Safe for several threads, and for several processes on one file.</remarks>
public sealed class TrialLedger : IDisposable
{
    // Marks the file as a ledger, and the version of its tables: "TBtl", 1.
    private const int ApplicationId = 0x5442746C;
    private const int Version = 1;
    private const int NotADatabase = 26;

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _insert;
    private readonly TimeProvider _timeProvider;

    private TrialLedger(SqliteConnection connection, TimeProvider timeProvider)
    {
        (_connection, _timeProvider) = (connection, timeProvider);
        _find = Command("SELECT parameters, refusal, total_return, max_drawdown, sharpe, trade_count, blocks, recorded_at FROM trial WHERE id = $id", "$id");
        _insert = Command(
            "INSERT INTO trial (id, strategy, data, first, last, options, parameters, refusal, total_return, max_drawdown, sharpe, trade_count, blocks, recorded_at) "
            + "VALUES ($id, $strategy, $data, $first, $last, $options, $parameters, $refusal, $totalReturn, $maxDrawdown, $sharpe, $tradeCount, $blocks, $recordedAt) "
            + "ON CONFLICT (id) DO NOTHING",
            "$id", "$strategy", "$data", "$first", "$last", "$options", "$parameters", "$refusal", "$totalReturn", "$maxDrawdown", "$sharpe", "$tradeCount", "$blocks", "$recordedAt");
    }

    /// <summary>Opens a ledger, or begins one.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="timeProvider">Tells when a trial was recorded; the system's clock unless given.</param>
    /// <exception cref="InvalidDataException">The file is something else, or a ledger of a later version.</exception>
    public static TrialLedger Open(string path, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        return Open(path, SqliteOpenMode.ReadWriteCreate, timeProvider);
    }

    /// <summary>Begins a ledger that is forgotten with the process, for tests. A search whose trials are forgotten can deceive.</summary>
    /// <param name="timeProvider">Tells when a trial was recorded; the system's clock unless given.</param>
    public static TrialLedger InMemory(TimeProvider? timeProvider = null) => Open(":memory:", SqliteOpenMode.Memory, timeProvider);

    /// <summary>Finds a trial.</summary>
    /// <returns>The trial, or <see langword="null"/> when it has not been made.</returns>
    public TrialRecord? Find(TrialKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        lock (_lock)
        {
            _find.Parameters["$id"].Value = key.Id;
            using var reader = _find.ExecuteReader();
            return reader.Read() ? Read(reader) : null;
        }
    }

    /// <summary>Records a trial, unless it is recorded already.</summary>
    /// <returns><see langword="true"/> if it was new.</returns>
    public bool Record(TrialKey key, TrialOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(outcome);
        lock (_lock)
        {
            var values = _insert.Parameters;
            values["$id"].Value = key.Id;
            values["$strategy"].Value = key.Strategy;
            values["$data"].Value = key.DataHash;
            values["$first"].Value = key.From.ToUnixTimeMilliseconds();
            values["$last"].Value = key.To.ToUnixTimeMilliseconds();
            values["$options"].Value = key.OptionsHash;
            values["$parameters"].Value = key.Parameters.ToString();
            values["$refusal"].Value = (object?)outcome.Refusal ?? DBNull.Value;
            values["$totalReturn"].Value = outcome.TotalReturn;
            values["$maxDrawdown"].Value = outcome.MaxDrawdown;
            values["$sharpe"].Value = (object?)outcome.Sharpe ?? DBNull.Value;
            values["$tradeCount"].Value = outcome.TradeCount;
            values["$blocks"].Value = outcome.Blocks is { } blocks ? BytesOf(blocks) : DBNull.Value;
            values["$recordedAt"].Value = _timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            return _insert.ExecuteNonQuery() == 1;
        }
    }

    /// <summary>Counts the trials of a strategy on a data set, on any part of it and with any options; refused ones do not count.</summary>
    /// <param name="strategy">The strategy's name.</param>
    /// <param name="dataHash">The hash of the data set.</param>
    public long CountTrials(string strategy, string dataHash)
    {
        lock (_lock)
        {
            using var command = Command("SELECT count(*) FROM trial WHERE strategy = $strategy AND data = $data AND refusal IS NULL", "$strategy", "$data");
            command.Parameters["$strategy"].Value = strategy;
            command.Parameters["$data"].Value = dataHash;
            return (long)command.ExecuteScalar()!;
        }
    }

    /// <summary>Gets the trials of a strategy on one part of a data set, with any options, in the order of their names; refused ones too.</summary>
    /// <param name="strategy">The strategy's name.</param>
    /// <param name="dataHash">The hash of the data set.</param>
    /// <param name="from">The open time of the first bar.</param>
    /// <param name="to">The close time of the last bar.</param>
    public IReadOnlyList<TrialRecord> GetTrials(string strategy, string dataHash, DateTimeOffset from, DateTimeOffset to)
    {
        lock (_lock)
        {
            using var command = Command(
                "SELECT parameters, refusal, total_return, max_drawdown, sharpe, trade_count, blocks, recorded_at FROM trial "
                + "WHERE strategy = $strategy AND data = $data AND first = $first AND last = $last ORDER BY id",
                "$strategy", "$data", "$first", "$last");
            command.Parameters["$strategy"].Value = strategy;
            command.Parameters["$data"].Value = dataHash;
            command.Parameters["$first"].Value = from.ToUnixTimeMilliseconds();
            command.Parameters["$last"].Value = to.ToUnixTimeMilliseconds();
            using var reader = command.ExecuteReader();
            var trials = new List<TrialRecord>();
            while (reader.Read())
            {
                trials.Add(Read(reader));
            }

            return trials;
        }
    }

    /// <summary>Adds the trials of another ledger that this one does not have, such as those that another machine made. The other file stays as it is.</summary>
    /// <param name="path">The other ledger's file.</param>
    /// <returns>How many trials were new.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is something else, or a ledger of another version.</exception>
    public int Add(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The trial ledger {path} does not exist.", path);
        }

        Open(path, SqliteOpenMode.ReadWrite, null).Dispose();
        lock (_lock)
        {
            using var attach = Command("ATTACH DATABASE $path AS other", "$path");
            attach.Parameters["$path"].Value = path;
            attach.ExecuteNonQuery();
            try
            {
                using var copy = Command(
                    "INSERT OR IGNORE INTO main.trial (id, strategy, data, first, last, options, parameters, refusal, total_return, max_drawdown, sharpe, trade_count, blocks, recorded_at) "
                    + "SELECT id, strategy, data, first, last, options, parameters, refusal, total_return, max_drawdown, sharpe, trade_count, blocks, recorded_at FROM other.trial");
                return copy.ExecuteNonQuery();
            }
            finally
            {
                using var detach = Command("DETACH DATABASE other");
                detach.ExecuteNonQuery();
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _find.Dispose();
            _insert.Dispose();
            _connection.Dispose();
        }
    }

    private static TrialLedger Open(string path, SqliteOpenMode mode, TimeProvider? timeProvider)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Prepare(connection, path);
            return new TrialLedger(connection, timeProvider ?? TimeProvider.System);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == NotADatabase)
        {
            connection.Dispose();
            throw new InvalidDataException($"The file {path} is not a trial ledger.", exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        using var command = connection.CreateCommand();

        // In one statement, as another process may be making the tables just now.
        command.CommandText = "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master) FROM pragma_application_id, pragma_user_version";
        using (var reader = command.ExecuteReader())
        {
            reader.Read();
            var (application, version, tables) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
            if (application == ApplicationId ? version != Version : application != 0 || tables > 0)
            {
                throw new InvalidDataException(application == ApplicationId
                    ? $"The trial ledger {path} has version {version}; expected {Version}."
                    : $"The file {path} is a database, but not a trial ledger.");
            }
        }

        // In the write-ahead log a process that dies loses nothing that was committed; a machine that loses power may lose the last trials, which are then made again.
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL";
        command.ExecuteNonQuery();
        command.CommandText = $"""
            BEGIN IMMEDIATE;
            CREATE TABLE IF NOT EXISTS trial (
                id TEXT PRIMARY KEY,
                strategy TEXT NOT NULL,
                data TEXT NOT NULL,
                first INTEGER NOT NULL,
                last INTEGER NOT NULL,
                options TEXT NOT NULL,
                parameters TEXT NOT NULL,
                refusal TEXT,
                total_return REAL NOT NULL,
                max_drawdown REAL NOT NULL,
                sharpe REAL,
                trade_count INTEGER NOT NULL,
                blocks BLOB,
                recorded_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS trial_of ON trial (strategy, data, first, last);
            PRAGMA application_id = {ApplicationId};
            PRAGMA user_version = {Version};
            COMMIT
            """;
        command.ExecuteNonQuery();
    }

    private static TrialRecord Read(SqliteDataReader reader) => new(
        reader.GetString(0),
        new TrialOutcome
        {
            Refusal = reader.IsDBNull(1) ? null : reader.GetString(1),
            TotalReturn = reader.GetDouble(2),
            MaxDrawdown = reader.GetDouble(3),
            Sharpe = reader.IsDBNull(4) ? null : reader.GetDouble(4),
            TradeCount = reader.GetInt32(5),
            Blocks = reader.IsDBNull(6) ? null : BlocksOf(reader.GetFieldValue<byte[]>(6)),
        },
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(7)));

    private static byte[] BytesOf(IReadOnlyList<ReturnMoments> blocks)
    {
        var numbers = new List<double>(5 * blocks.Count);
        foreach (var block in blocks)
        {
            numbers.AddRange([block.Count, block.Mean, block.Square, block.Cube, block.Fourth]);
        }

        return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(numbers)).ToArray();
    }

    private static ReturnMoments[] BlocksOf(byte[] bytes)
    {
        var numbers = MemoryMarshal.Cast<byte, double>(bytes);
        var blocks = new ReturnMoments[numbers.Length / 5];
        for (var i = 0; i < blocks.Length; i++)
        {
            var of = numbers.Slice(5 * i, 5);
            blocks[i] = new ReturnMoments((int)of[0], of[1], of[2], of[3], of[4]);
        }

        return blocks;
    }

    private SqliteCommand Command(string text, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        }

        return command;
    }
}
