using System.Text.Json;

namespace TradingBot.FakeBinance.Streams;

/// <summary>Carries out what a client sends over a stream connection.</summary>
internal sealed class StreamCommands(StreamHub hub, StreamConnection connection)
{
    private const int MostStreams = 1_024;

    internal void Receive(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            Answer(document.RootElement);
        }
        catch (JsonException)
        {
            connection.Answer("""{"code":3,"msg":"Invalid JSON: expected value at line 1 column 1"}""");
        }
    }

    private static string[] Texts(JsonElement root) =>
        root.TryGetProperty("params", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];

    private void Answer(JsonElement root)
    {
        // Echoed as it came, number or text.
        var id = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("id", out var found) ? found.GetRawText() : "null";
        var method = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("method", out var name) ? name.ToString() : "";
        switch (method)
        {
            case "SUBSCRIBE":
                Subscribe(Texts(root), id);
                break;
            case "UNSUBSCRIBE":
                foreach (var stream in Texts(root))
                {
                    connection.Unsubscribe(stream);
                }

                Result("null", id);
                break;
            case "LIST_SUBSCRIPTIONS":
                Result($"[{string.Join(',', connection.Names().Select(stream => $"\"{JsonEncodedText.Encode(stream)}\""))}]", id);
                break;
            case "SET_PROPERTY":
                connection.IsCombined = root.TryGetProperty("params", out var pair) && pair.ValueKind == JsonValueKind.Array
                    && pair.GetArrayLength() == 2 && pair[1].ValueKind == JsonValueKind.True;
                Result("null", id);
                break;
            case "GET_PROPERTY":
                Result(connection.IsCombined ? "true" : "false", id);
                break;
            default:
                Error($"Invalid request: unknown variant `{method}`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`", id);
                break;
        }
    }

    private void Subscribe(string[] names, string id)
    {
        if (names.Length == 0)
        {
            Error("Invalid request: missing field `params`", id);
            return;
        }

        if (connection.Names().Concat(names).Distinct(StringComparer.Ordinal).Count() > MostStreams)
        {
            Error($"Invalid request: at most {MostStreams} streams per connection", id);
            return;
        }

        foreach (var name in names)
        {
            connection.Subscribe(name);
        }

        Result("null", id);
        foreach (var name in names)
        {
            hub.Greet(connection, name);
        }
    }

    private void Result(string result, string id) => connection.Answer($"{{\"result\":{result},\"id\":{id}}}");

    private void Error(string message, string id) =>
        connection.Answer($"{{\"code\":2,\"msg\":\"{JsonEncodedText.Encode(message)}\",\"id\":{id}}}");
}
