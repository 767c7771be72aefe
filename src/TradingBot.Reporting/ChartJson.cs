using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TradingBot.Reporting;

/// <summary>Writes charts as the data that the page's script reads. The default encoder escapes what could end a script element.</summary>
internal static class ChartJson
{
    public static string Of(IEnumerable<Chart> charts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var chart in charts)
            {
                Write(json, chart);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, Chart chart)
    {
        json.WriteStartObject();
        json.WriteString("id", chart.Id);
        json.WriteBoolean("isTime", chart.IsTime);
        // Times need all their digits.
        json.WriteStartArray("x");
        foreach (var x in chart.X)
        {
            json.WriteNumberValue(x);
        }

        json.WriteEndArray();
        json.WriteStartArray("panes");
        foreach (var pane in chart.Panes)
        {
            json.WriteStartObject();
            json.WriteNumber("height", pane.Height);
            json.WriteStartArray("series");
            foreach (var series in pane.Series)
            {
                Write(json, series);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("marks");
        foreach (var mark in chart.Marks)
        {
            json.WriteStartObject();
            json.WriteNumber("x", mark.X);
            json.WriteBoolean("isEntry", mark.IsEntry);
            json.WriteBoolean("isLong", mark.IsLong);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ChartSeries series)
    {
        json.WriteStartObject();
        json.WriteString("kind", series.Kind);
        json.WriteString("color", series.Color);
        if (series.Decimals is { } decimals)
        {
            json.WriteNumber("decimals", decimals);
        }

        Write(json, "values", series.Values);
        if (series.Opens.Count > 0)
        {
            Write(json, "opens", series.Opens);
            Write(json, "highs", series.Highs);
            Write(json, "lows", series.Lows);
        }

        json.WriteEndObject();
    }

    // Eight digits are more than a screen shows, and halve the file.
    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                json.WriteRawValue(value.ToString("G8", CultureInfo.InvariantCulture));
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }
}
