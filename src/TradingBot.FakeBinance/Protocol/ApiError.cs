using System.Text.Json;

namespace TradingBot.FakeBinance.Protocol;

/// <summary>A refusal in the exchange's own terms.</summary>
internal sealed class ApiError(int code, string message, int status = 400) : Exception(message)
{
    internal int Code => code;

    internal int Status => status;

    internal int? RetryAfter { get; init; }

    internal string Body => Text(code, Message);

    internal static ApiError Missing(string name) => new(-1102, $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");

    internal static ApiError NotRequired(string name) => new(-1106, $"Parameter '{name}' sent when not required.");

    internal static ApiError Malformed(string name) => new(-1130, $"Data sent for parameter '{name}' is not valid.");

    internal static ApiError InvalidSymbol() => new(-1121, "Invalid symbol.");

    internal static ApiError InvalidInterval() => new(-1120, "Invalid interval.");

    internal static ApiError UnknownOrder() => new(-2011, "Unknown order sent.");

    internal static ApiError NoSuchOrder() => new(-2013, "Order does not exist.");

    internal static ApiError NotSupported() => new(-1020, "This operation is not supported.");

    internal static string Text(int code, string message) =>
        $"{{\"code\":{code},\"msg\":\"{JsonEncodedText.Encode(message, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"}}";
}
