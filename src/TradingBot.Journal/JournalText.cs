using System.Text.Json;
using TradingBot.Journal.Json;

namespace TradingBot.Journal;

/// <summary>Writes entries as text that reads back to the same bits, for journals that are kept elsewhere than in a SQLite file.</summary>
public static class JournalText
{
    private const string Kind = "kind";
    private const string Entry = "entry";

    /// <summary>Writes an entry as one line of JSON.</summary>
    /// <exception cref="ArgumentException">The entry is of a type that the library does not know.</exception>
    public static string Write(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var (kind, text) = JournalJson.Write(entry);
        return $$"""{"{{Kind}}":"{{kind}}","{{Entry}}":{{text}}}""";
    }

    /// <summary>Reads an entry.</summary>
    /// <exception cref="InvalidDataException">The text is not what <see cref="Write"/> makes.</exception>
    public static JournalEntry Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var document = JsonDocument.Parse(text);
            return JournalJson.Read(document.RootElement.GetProperty(Kind).GetString()!, document.RootElement.GetProperty(Entry).GetRawText());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"Expected an object with {Kind} and {Entry}: {e.Message}", e);
        }
    }
}
