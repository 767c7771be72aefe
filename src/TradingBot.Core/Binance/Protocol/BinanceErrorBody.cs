using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TradingBot.Binance.Protocol;

/// <summary>The body of a refusal: the exchange's JSON, or whatever a gateway before it answered.</summary>
internal sealed record BinanceErrorBody
{
    internal const string ServiceUnavailable = "Service Unavailable.";
    private const string BannedUntil = "banned until ";

    [JsonPropertyName("code")]
    public int? Code { get; init; }

    [JsonPropertyName("msg")]
    public string? Message { get; init; }

    /// <summary>Reads a body; a text that is not the exchange's JSON is not repeated, as a gateway may echo the signed address.</summary>
    internal static BinanceErrorBody Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, BinanceJson.Default.BinanceErrorBody) ?? new BinanceErrorBody();
        }
        catch (JsonException)
        {
            return new BinanceErrorBody
            {
                Message = Encoding.UTF8.GetString(body).Trim().TrimEnd('.') == "Service Unavailable" ? ServiceUnavailable : null,
            };
        }
    }

    /// <summary>Gets the instant that the message of a ban names, or <see langword="null"/>.</summary>
    internal DateTimeOffset? BanEnd()
    {
        var start = Message?.IndexOf(BannedUntil, StringComparison.Ordinal) ?? -1;
        if (start < 0)
        {
            return null;
        }

        var digits = Message.AsSpan(start + BannedUntil.Length);
        var length = digits.IndexOfAnyExceptInRange('0', '9');
        return long.TryParse(length < 0 ? digits : digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is > 0 and < 253402300799000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
    }
}
