using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TradingBot.FakeBinance.Streams;

/// <summary>One event of a stream.</summary>
internal sealed record StreamMessage(string Stream, StreamGroup Group, string Event, byte[] Json)
{
    internal static StreamMessage Create(string stream, StreamGroup group, string name, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return new StreamMessage(stream, group, name, buffer.WrittenSpan.ToArray());
    }

    /// <summary>Gets the event in the wrapper of combined streams.</summary>
    internal byte[] Wrapped(string stream) => [.. Encoding.UTF8.GetBytes($"{{\"stream\":\"{stream}\",\"data\":"), .. Json, (byte)'}'];
}
