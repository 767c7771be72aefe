using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TradingBot.Journal.Json;

/// <summary>How entries are written: JSON with numbers that read back to the same bits.</summary>
/// <remarks>Doubles are written in their shortest form that reads back exactly, decimals with all their digits.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(SymbolJsonConverter), typeof(PositionJsonConverter), typeof(BarSeriesJsonConverter)])]
[JsonSerializable(typeof(DecisionEntry))]
[JsonSerializable(typeof(OrderEntry))]
[JsonSerializable(typeof(CycleEntry))]
[JsonSerializable(typeof(CapsuleFile))]
internal sealed partial class JournalJson : JsonSerializerContext
{
    /// <summary>Writes an entry.</summary>
    public static (string Kind, string Text) Write(JournalEntry entry) => entry switch
    {
        DecisionEntry decision => ("decision", JsonSerializer.Serialize(decision, Default.DecisionEntry)),
        OrderEntry order => ("order", JsonSerializer.Serialize(order, Default.OrderEntry)),
        CycleEntry cycle => ("cycle", JsonSerializer.Serialize(cycle, Default.CycleEntry)),
        _ => throw new ArgumentException($"A journal has no entries of type {entry.GetType().Name}.", nameof(entry)),
    };

    /// <summary>Reads an entry.</summary>
    /// <exception cref="InvalidDataException">The text is not an entry of the kind.</exception>
    public static JournalEntry Read(string kind, string text) => kind switch
    {
        "decision" => Read(text, Default.DecisionEntry),
        "order" => Read(text, Default.OrderEntry),
        "cycle" => Read(text, Default.CycleEntry),
        _ => throw new InvalidDataException($"Expected an entry of kind decision, order or cycle, found '{kind}'."),
    };

    internal static T Read<T>(string text, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) ?? throw new InvalidDataException("Expected a JSON object, found null.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException)
        {
            throw new InvalidDataException($"Not what a journal writes: {e.Message}", e);
        }
    }
}
