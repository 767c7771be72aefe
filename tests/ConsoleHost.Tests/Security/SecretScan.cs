using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using TradingBot.Tests.Shared;

namespace ConsoleHost.Tests.Security;

/// <summary>Looks for the key, the secret and signatures in texts and in every byte of files, archives' contents included.</summary>
internal static partial class SecretScan
{
    private static readonly byte[][] Traces =
    [
        .. from secret in (string[])[TestKeys.Key, TestKeys.Secret]
           from encoding in (Encoding[])[Encoding.Latin1, Encoding.Unicode]
           select encoding.GetBytes(secret),
    ];

    /// <summary>Names the files below a folder that hold one; files that are being written are read as they are, those deleted meanwhile are left out.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsLeakedIn).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];

    /// <summary>Tells whether a text holds one.</summary>
    public static bool IsIn(string text) => IsIn(Encoding.UTF8.GetBytes(text));

    private static bool IsLeakedIn(string path)
    {
        if (TryRead(path) is not { } content)
        {
            return false;
        }

        if (!content.AsSpan().StartsWith("PK\u0003\u0004"u8))
        {
            return IsIn(content);
        }

        using var archive = new ZipArchive(new MemoryStream(content));
        return archive.Entries.Any(entry =>
        {
            using var part = entry.Open();
            return IsIn(Read(part));
        });
    }

    private static bool IsIn(byte[] content) =>
        Traces.Any(trace => content.AsSpan().IndexOf(trace) >= 0) || Signature().IsMatch(Encoding.Latin1.GetString(content));

    private static byte[]? TryRead(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Read(stream);
        }
        catch (FileNotFoundException)
        {
            // SQLite deletes a journal's -wal and -shm files when the last connection closes.
            return null;
        }
    }

    private static byte[] Read(Stream stream)
    {
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    [GeneratedRegex("signature=[0-9a-fA-F]{64}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Signature();
}
