using System.Text.Json;
using System.Text.Json.Serialization;
using TradingBot.Market;

namespace TradingBot.Journal.Json;

/// <summary>Writes a series as one array per bar: open time in milliseconds, open, high, low, close, volume.</summary>
/// <remarks>Bars that stood for missing ones are read back as ordinary bars: what a strategy saw is the same.</remarks>
internal sealed class BarSeriesJsonConverter : JsonConverter<BarSeries>
{
    private const int Columns = 6;

    public override BarSeries Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        try
        {
            var symbol = Symbol.Parse(root.GetProperty("symbol").GetString()!);
            var interval = Interval.Parse(root.GetProperty("interval").GetString()!);
            var bars = new List<Bar>(root.GetProperty("bars").GetArrayLength());
            foreach (var bar in root.GetProperty("bars").EnumerateArray())
            {
                if (bar.GetArrayLength() != Columns)
                {
                    throw new JsonException($"Expected {Columns} numbers a bar, found {bar.GetArrayLength()}.");
                }

                bars.Add(new Bar(
                    DateTimeOffset.FromUnixTimeMilliseconds(bar[0].GetInt64()),
                    interval.Length,
                    bar[1].GetDouble(),
                    bar[2].GetDouble(),
                    bar[3].GetDouble(),
                    bar[4].GetDouble(),
                    bar[5].GetDouble()));
            }

            return BarSeries.Create(symbol, interval, GapPolicy.Flag, bars);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException or BarDataException)
        {
            throw new JsonException($"Expected bars with symbol and interval: {e.Message}", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, BarSeries value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("symbol", value.Symbol.UnifiedName);
        writer.WriteString("interval", value.Interval.ToString());
        writer.WriteStartArray("bars");
        for (var i = 0; i < value.Count; i++)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.OpenTimes[i]);
            writer.WriteNumberValue(value.Opens[i]);
            writer.WriteNumberValue(value.Highs[i]);
            writer.WriteNumberValue(value.Lows[i]);
            writer.WriteNumberValue(value.Closes[i]);
            writer.WriteNumberValue(value.Volumes[i]);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
