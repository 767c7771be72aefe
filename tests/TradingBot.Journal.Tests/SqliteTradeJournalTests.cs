using Microsoft.Data.Sqlite;
using TradingBot.Journal.Json;

namespace TradingBot.Journal.Tests;

public sealed class SqliteTradeJournalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("journal");

    private string JournalPath => Path.Combine(_folder.FullName, "journal.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Read_EveryKindAfterReopening_GivesBackWhatWasWritten()
    {
        JournalEntry[] written = [SampleEntries.Decision(), SampleEntries.Order(1), SampleEntries.Cycle(2)];
        using (var journal = new SqliteTradeJournal(JournalPath))
        {
            foreach (var entry in written)
            {
                await journal.AppendAsync(entry);
            }
        }

        using var reopened = new SqliteTradeJournal(JournalPath);

        reopened.Bots().Should().Equal("bot-1");
        var read = reopened.Read("bot-1");
        read.Select(JournalJson.Write).Should().Equal(written.Select(JournalJson.Write));
        read.Skip(1).Should().Equal(written[1..]);
        ((DecisionEntry)read[0]).Bars.Closes.ToArray().Should().Equal(((DecisionEntry)written[0]).Bars.Closes.ToArray());
        reopened.Read("bot-2").Should().BeEmpty();
    }

    [Fact]
    public async Task Read_SpanOfTime_IncludesItsStartAndNotItsEnd()
    {
        using var journal = new SqliteTradeJournal(JournalPath);
        foreach (var number in Enumerable.Range(1, 4))
        {
            await journal.AppendAsync(SampleEntries.Cycle(number));
        }

        journal.Read("bot-1", DateTimeOffset.UnixEpoch.AddDays(2), DateTimeOffset.UnixEpoch.AddDays(4))
            .Select(entry => entry.Time).Should().Equal(DateTimeOffset.UnixEpoch.AddDays(2), DateTimeOffset.UnixEpoch.AddDays(3));
    }

    [Theory]
    [InlineData("DELETE FROM entries")]
    [InlineData("UPDATE entries SET content = ''")]
    public async Task File_AskedToForget_Refuses(string sql)
    {
        using var journal = new SqliteTradeJournal(JournalPath);
        await journal.AppendAsync(SampleEntries.Cycle(1));
        using var other = new SqliteConnection($"Data Source={JournalPath};Pooling=False");
        other.Open();
        using var command = other.CreateCommand();
        command.CommandText = sql;

        var change = () => command.ExecuteNonQuery();

        change.Should().Throw<SqliteException>().WithMessage("*a journal is not changed*");
        journal.Read("bot-1").Should().ContainSingle();
    }

    [Fact]
    public async Task Open_LogCutOffAnywhere_LosesAtMostTheEntryBeingWritten()
    {
        const int Entries = 3;
        var sizes = new List<long>();
        using (var journal = new SqliteTradeJournal(JournalPath))
        {
            foreach (var number in Enumerable.Range(1, Entries))
            {
                await journal.AppendAsync(number % 2 == 0 ? SampleEntries.Order(number) : SampleEntries.Cycle(number));
                sizes.Add(new FileInfo(JournalPath + "-wal").Length);
            }

            File.Copy(JournalPath, JournalPath + ".kept");
            File.Copy(JournalPath + "-wal", JournalPath + "-wal.kept");
        }

        var log = File.ReadAllBytes(JournalPath + "-wal.kept");
        var crashed = Path.Combine(_folder.FullName, "crashed.db");
        var lost = new List<string>();
        // Every byte around the edges of the log's frames, and every 61st inside a page, where one is like another.
        for (var length = sizes[^2]; length <= log.Length; length += IsNearEdge(length - sizes[^2]) ? 1 : 61)
        {
            File.Copy(JournalPath + ".kept", crashed, overwrite: true);
            File.WriteAllBytes(crashed + "-wal", log[..(int)length]);
            File.Delete(crashed + "-shm");
            var expected = sizes.Count(size => size <= length);
            var found = CountWithoutWaitingForTheDisk(crashed);
            if (found != expected)
            {
                lost.Add($"{found} entries instead of {expected} after {length} bytes");
            }
        }

        lost.Should().BeEmpty();
        (log.Length - sizes[^2]).Should().BeGreaterThan(4096, "the last entry takes more than a page of the log");
        // As the journal itself opens what a crash has left.
        File.Copy(JournalPath + ".kept", crashed, overwrite: true);
        File.WriteAllBytes(crashed + "-wal", log[..^1]);
        using var reopened = new SqliteTradeJournal(crashed);
        reopened.Read("bot-1").Should().HaveCount(Entries - 1);
        await reopened.AppendAsync(SampleEntries.Cycle(Entries));
        reopened.Read("bot-1").Should().HaveCount(Entries);
    }

    [Fact]
    public void Open_NoJournal_SaysWhatItIs()
    {
        File.WriteAllText(JournalPath, new string('x', 4096));

        var open = () => new SqliteTradeJournal(JournalPath);

        open.Should().Throw<InvalidDataException>().WithMessage($"'{JournalPath}' is not a journal: *");
    }

    [Theory]
    [InlineData("CREATE TABLE other (id INTEGER)", "*is a SQLite file of something else, not a journal.")]
    [InlineData("PRAGMA user_version = 9", "*is a journal of version 9; this library reads up to version 1.")]
    public void Open_OtherSqliteFile_SaysWhatItIs(string sql, string message)
    {
        using (var connection = new SqliteConnection($"Data Source={JournalPath};Pooling=False"))
        {
            SQLitePCL.Batteries_V2.Init();
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        var open = () => new SqliteTradeJournal(JournalPath);

        open.Should().Throw<InvalidDataException>().WithMessage(message);
    }

    private static bool IsNearEdge(long offset) => offset % (24 + 4096) is < 32 or > 4096;

    private static long CountWithoutWaitingForTheDisk(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = OFF; SELECT count(*) FROM entries";
        return (long)command.ExecuteScalar()!;
    }
}
