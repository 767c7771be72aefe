using System.Globalization;
using TradingBot.Aws.S3;
using TradingBot.Journal;

namespace LambdaHost.Journals;

/// <summary>Copies a bot's journal from S3 into a SQLite file.</summary>
internal static class JournalCopy
{
    /// <summary>Copies what is newer than the newest entry of the file.</summary>
    /// <returns>What was done, for a person.</returns>
    public static async Task<string> RunAsync(S3Location location, string bot, string file, CancellationToken cancellationToken)
    {
        using var copy = new SqliteTradeJournal(file);
        var last = copy.Read(bot) is [.., var newest] ? newest.Time : (DateTimeOffset?)null;
        var found = await new S3TradeJournal(location.Bucket, location.Prefix).ReadAsync(bot, last, null, cancellationToken);

        // The entries of the newest time may have been copied in part.
        var held = last is null ? [] : copy.Read(bot, last).Select(JournalText.Write).ToHashSet(StringComparer.Ordinal);
        var missing = found.Where(entry => !held.Contains(JournalText.Write(entry))).ToArray();
        foreach (var entry in missing)
        {
            await copy.AppendAsync(entry, cancellationToken);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{missing.Length} entries of '{bot}' copied from {location} to {file}.");
    }
}
