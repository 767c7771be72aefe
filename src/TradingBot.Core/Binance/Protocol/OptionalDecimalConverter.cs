using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TradingBot.Binance.Protocol;

/// <summary>Reads a number that the exchange leaves empty (<c>""</c>) where there is none.</summary>
internal sealed class OptionalDecimalConverter : JsonConverter<decimal?>
{
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.GetDecimal();
        }

        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence)
        {
            throw new JsonException("Expected a decimal number, as number or text.");
        }

        if (reader.ValueSpan.IsEmpty)
        {
            return null;
        }

        return Utf8Parser.TryParse(reader.ValueSpan, out decimal value, out var read) && read == reader.ValueSpan.Length
            ? value
            : throw new JsonException("Expected a decimal number or an empty text.");
    }

    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options)
    {
        if (value is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue("");
        }
    }
}
