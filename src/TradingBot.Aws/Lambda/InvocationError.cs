using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace TradingBot.Aws.Lambda;

/// <summary>An error in the form of the Runtime API.</summary>
/// <param name="Category">What the service's own records call it, such as <c>Function.ExchangeException</c>.</param>
/// <param name="Type">The kind of error, shown to callers and in the records of failed events.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="StackTrace">Where, one line each.</param>
internal sealed record InvocationError(string Category, string Type, string Message, IReadOnlyList<string> StackTrace)
{
    // The service keeps 256 KB of an error; nobody reads more of a trace than this.
    private const int MaxTraceLines = 100;

    public static InvocationError Of(Exception exception) =>
        new($"Function.{exception.GetType().Name}", exception.GetType().Name, exception.Message, LinesOf(exception));

    public static InvocationError DeadlineReached(Exception exception, TimeSpan margin) => new(
        "Function.DeadlineReached",
        "DeadlineReached",
        string.Create(CultureInfo.InvariantCulture, $"The invocation was ended {margin.TotalMilliseconds:0} ms before the deadline of the function; raise its timeout if it needs longer."),
        LinesOf(exception));

    public static InvocationError AnswerTooLarge(int bytes) => new(
        "Function.AnswerTooLarge", "AnswerTooLarge", string.Create(CultureInfo.InvariantCulture, $"The service refused the answer of {bytes} bytes as too large."), []);

    public ReadOnlyMemory<byte> ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("errorMessage", Message);
            json.WriteString("errorType", Type);
            json.WriteStartArray("stackTrace");
            foreach (var line in StackTrace)
            {
                json.WriteStringValue(line);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static string[] LinesOf(Exception exception) =>
        [.. exception.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(MaxTraceLines)];
}
