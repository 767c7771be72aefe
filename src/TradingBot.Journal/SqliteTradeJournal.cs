using System.Globalization;
using Microsoft.Data.Sqlite;
using TradingBot.Journal.Json;

namespace TradingBot.Journal;

/// <summary>Keeps a journal in a SQLite file with a write-ahead log. Every entry is a transaction of its own, on disk before the call returns.</summary>
/// <remarks>Several bots may share a file, and other processes may read it meanwhile. The file refuses changes to what was written.</remarks>
public sealed class SqliteTradeJournal : ITradeJournal, IDisposable
{
    private const int SchemaVersion = 1;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly SqliteConnection _connection;

    /// <summary>Opens a journal; the file is made if there is none.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="InvalidDataException">The file is not a journal, or one of a later version.</exception>
    public SqliteTradeJournal(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SQLitePCL.Batteries_V2.Init();
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        try
        {
            _connection.Open();
            Prepare(path);
        }
        catch (SqliteException e)
        {
            _connection.Dispose();
            throw new InvalidDataException($"'{path}' is not a journal: {e.Message}", e);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task AppendAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var (kind, text) = JournalJson.Write(entry);
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "INSERT INTO entries (time, bot, kind, content) VALUES ($time, $bot, $kind, $content)";
            command.Parameters.AddWithValue("$time", entry.Time.ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue("$bot", entry.BotId);
            command.Parameters.AddWithValue("$kind", kind);
            command.Parameters.AddWithValue("$content", text);
            command.ExecuteNonQuery();
        }
        catch (SqliteException e)
        {
            throw new IOException($"The journal could not be written: {e.Message}", e);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Reads a bot's entries, oldest first.</summary>
    /// <param name="botId">The bot's name.</param>
    /// <param name="from">The earliest time, inclusive; <see langword="null"/> for the beginning.</param>
    /// <param name="to">The end of the times, exclusive; <see langword="null"/> for the end.</param>
    /// <exception cref="InvalidDataException">An entry is not what a journal writes; the message says which.</exception>
    public IReadOnlyList<JournalEntry> Read(string botId, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(botId);
        _oneAtATime.Wait();
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText =
                "SELECT sequence, kind, content FROM entries WHERE bot = $bot AND time >= $from AND time < $to ORDER BY sequence";
            command.Parameters.AddWithValue("$bot", botId);
            command.Parameters.AddWithValue("$from", from?.ToUnixTimeMilliseconds() ?? long.MinValue);
            command.Parameters.AddWithValue("$to", to?.ToUnixTimeMilliseconds() ?? long.MaxValue);
            using var rows = command.ExecuteReader();
            var entries = new List<JournalEntry>();
            while (rows.Read())
            {
                entries.Add(Entry(rows.GetInt64(0), rows.GetString(1), rows.GetString(2)));
            }

            return entries;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Lists the bots that have entries, by name.</summary>
    public IReadOnlyList<string> Bots()
    {
        _oneAtATime.Wait();
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT DISTINCT bot FROM entries ORDER BY bot";
            using var rows = command.ExecuteReader();
            var bots = new List<string>();
            while (rows.Read())
            {
                bots.Add(rows.GetString(0));
            }

            return bots;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _oneAtATime.Dispose();
    }

    private static JournalEntry Entry(long sequence, string kind, string content)
    {
        try
        {
            return JournalJson.Read(kind, content);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Entry {sequence} of the journal cannot be read. {e.Message}"), e);
        }
    }

    private void Prepare(string path)
    {
        Execute("PRAGMA journal_mode = WAL");
        // Every commit is forced to disk: an order must not be sent before its decision is safe.
        Execute("PRAGMA synchronous = FULL");
        Execute("PRAGMA busy_timeout = 5000");
        using var transaction = _connection.BeginTransaction();
        var version = (long)Scalar("PRAGMA user_version", transaction);
        if (version > SchemaVersion)
        {
            throw new InvalidDataException($"'{path}' is a journal of version {version}; this library reads up to version {SchemaVersion}.");
        }

        if (version == 0)
        {
            if ((long)Scalar("SELECT count(*) FROM sqlite_master", transaction) > 0)
            {
                throw new InvalidDataException($"'{path}' is a SQLite file of something else, not a journal.");
            }

            Execute(
                $"""
                CREATE TABLE entries (
                    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                    time INTEGER NOT NULL,
                    bot TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    content TEXT NOT NULL);
                CREATE INDEX entries_by_bot ON entries (bot, time);
                CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT raise(ABORT, 'a journal is not changed'); END;
                CREATE TRIGGER entries_remain BEFORE DELETE ON entries BEGIN SELECT raise(ABORT, 'a journal is not changed'); END;
                PRAGMA user_version = {SchemaVersion};
                """,
                transaction);
        }

        transaction.Commit();
    }

    private void Execute(string sql, SqliteTransaction? transaction = null)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    private object Scalar(string sql, SqliteTransaction transaction)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command.ExecuteScalar()!;
    }
}
