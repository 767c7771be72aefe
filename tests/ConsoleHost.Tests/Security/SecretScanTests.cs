using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;
using TradingBot.Tests.Shared;

namespace ConsoleHost.Tests.Security;

/// <summary>The scans find what is planted, so that finding nothing means something.</summary>
public sealed class SecretScanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // Not in the tests' data, which are printed.
    private static readonly Dictionary<string, string> Planted = new(StringComparer.Ordinal)
    {
        ["key"] = TestKeys.Key,
        ["secret"] = TestKeys.Secret,
        ["signature"] = "timestamp=1&signature=" + new string('a', 64),
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("key")]
    [InlineData("secret")]
    [InlineData("signature")]
    public void Files_PlantedInATextOrAnArchive_AreNamed(string what)
    {
        File.WriteAllText(_folder.File("clean.txt"), "The key is missing, the signature= too.");
        File.WriteAllText(_folder.File("log.txt"), $"before {Planted[what]} after");
        using (var archive = ZipFile.Open(_folder.File("workbook.xlsx"), ZipArchiveMode.Create))
        {
            using var part = new StreamWriter(archive.CreateEntry("sheet.xml").Open());
            part.Write($"<c>{Planted[what]}</c>");
        }

        SecretScan.Files(_folder.File(".")).Should().Equal("log.txt", "workbook.xlsx");
        SecretScan.IsIn(Planted[what]).Should().BeTrue();
    }

    [Fact]
    public void Files_PlantedAsUtf16_AreNamed()
    {
        File.WriteAllText(_folder.File("wide.txt"), TestKeys.Secret, Encoding.Unicode);
        SecretScan.Files(_folder.File(".")).Should().Equal("wide.txt");
    }

    [Fact]
    public void Files_PlantedInADatabase_AreNamed_TheWriteAheadLogIncluded()
    {
        using (var connection = new SqliteConnection($"Data Source={_folder.File("journal.db")};Pooling=False"))
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode=WAL");
            Execute(connection, "CREATE TABLE entries (content TEXT)");
            Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            SecretScan.Files(_folder.File(".")).Should().BeEmpty();
            Execute(connection, $"INSERT INTO entries VALUES ('{TestKeys.Key}')");
            SecretScan.Files(_folder.File(".")).Should().Equal("journal.db-wal");
        }

        SecretScan.Files(_folder.File(".")).Should().Equal("journal.db");
    }

    [Theory]
    [InlineData("key")]
    [InlineData("secret")]
    [InlineData("signature")]
    public async Task ScanKeys_OfTheBuild_PlantedInAResult_FailsNamingTheFile(string what)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // the build's scripts are for bash
        }

        Directory.CreateDirectory(_folder.File("test-results"));
        var file = _folder.File("test-results/run.trx");
        await File.WriteAllTextAsync(file, "<StdOut>nothing here, no signature=</StdOut>");
        (await ScanKeysAsync()).Should().Be((0, ""));

        await File.WriteAllTextAsync(file, $"<StdOut>{Planted[what]}</StdOut>");
        (await ScanKeysAsync()).Should().Be((1, $"A key, a secret or a signature is in:\n{file}\n"));
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts are this file's own
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private async Task<(int ExitCode, string Output)> ScanKeysAsync()
    {
        var script = Path.Combine(Repository.Root, ".ci", "scan-keys");
        using var process = Process.Start(new ProcessStartInfo("bash", [script, Path.GetDirectoryName(_folder.File("x"))!]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
