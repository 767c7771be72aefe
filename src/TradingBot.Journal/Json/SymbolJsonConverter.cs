using System.Text.Json;
using System.Text.Json.Serialization;
using TradingBot.Market;

namespace TradingBot.Journal.Json;

internal sealed class SymbolJsonConverter : JsonConverter<Symbol>
{
    public override Symbol Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Symbol.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Symbol value, JsonSerializerOptions options) => writer.WriteStringValue(value.UnifiedName);
}
