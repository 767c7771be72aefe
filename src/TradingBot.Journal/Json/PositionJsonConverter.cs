using System.Text.Json;
using System.Text.Json.Serialization;
using TradingBot.Market;

namespace TradingBot.Journal.Json;

/// <summary>Writes quantity and entry price; the rest follows from them.</summary>
internal sealed class PositionJsonConverter : JsonConverter<Position>
{
    public override Position Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var (quantity, entryPrice) = (0m, 0m);
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read() || !reader.TryGetDecimal(out quantity)
            || !reader.Read() || !reader.TryGetDecimal(out entryPrice) || !reader.Read() || reader.TokenType != JsonTokenType.EndArray)
        {
            throw new JsonException("Expected a position as [quantity, entryPrice].");
        }

        return new Position(quantity, entryPrice);
    }

    public override void Write(Utf8JsonWriter writer, Position value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Quantity);
        writer.WriteNumberValue(value.EntryPrice);
        writer.WriteEndArray();
    }
}
