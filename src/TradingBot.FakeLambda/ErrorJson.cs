using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TradingBot.FakeLambda;

/// <summary>Errors in the form of the Runtime API.</summary>
internal static class ErrorJson
{
    public static FakeLambdaError Read(string body, string? category)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return new FakeLambdaError
            {
                Type = root.TryGetProperty("errorType", out var type) ? type.GetString() ?? "" : "",
                Message = root.TryGetProperty("errorMessage", out var message) ? message.GetString() ?? "" : "",
                Category = category,
                StackTrace = root.TryGetProperty("stackTrace", out var trace) ? [.. trace.EnumerateArray().Select(line => line.GetString() ?? "")] : [],
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new FakeLambdaError { Type = "Runtime.Unknown", Message = body, Category = category };
        }
    }

    public static string Write(string type, string message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("errorMessage", message);
            json.WriteString("errorType", type);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
