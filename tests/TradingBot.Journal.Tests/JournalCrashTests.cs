using System.Diagnostics;
using System.Globalization;

namespace TradingBot.Journal.Tests;

public sealed class JournalCrashTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("journal-crash");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task AppendAsync_ProcessKilledAgainAndAgain_KeepsEveryEntryItToldOf()
    {
        const int Kills = 4;
        var path = Path.Combine(_folder.FullName, "journal.db");
        var told = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            told = await AppendAndKillAsync(path, from: told + 1, entries: 5 * kill);

            using var journal = new SqliteTradeJournal(path);
            var kept = journal.Read("bot-1").Select(entry => (entry.Time - DateTimeOffset.UnixEpoch).Days).ToList();

            // The entry that was being written when the process died may be there or not.
            kept.Should().BeEquivalentTo(Enumerable.Range(1, kept.Count), options => options.WithStrictOrdering());
            kept.Count.Should().BeInRange(told, told + 1);
            told = kept.Count;
        }
    }

    private static async Task<int> AppendAndKillAsync(string path, int from, int entries)
    {
        using var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            ["exec", typeof(AppendUntilKilled).Assembly.Location, path, from.ToString(CultureInfo.InvariantCulture)])
        { RedirectStandardOutput = true, UseShellExecute = false })!;
        var last = 0;
        for (var i = 0; i < entries; i++)
        {
            last = int.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        }

        process.Kill();
        // What it told of between the last line read and its death counts as well.
        while (await process.StandardOutput.ReadLineAsync() is { Length: > 0 } line && int.TryParse(line, CultureInfo.InvariantCulture, out var number))
        {
            last = number;
        }

        await process.WaitForExitAsync();
        return last;
    }
}
