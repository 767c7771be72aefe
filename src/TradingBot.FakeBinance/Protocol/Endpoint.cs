using System.Text.Json;

namespace TradingBot.FakeBinance.Protocol;

/// <summary>One method and path: what it costs, what it asks of the caller, and what answers it.</summary>
internal sealed record Endpoint(string Method, string Path, Security Security, Func<ApiRequest, int> Weight, Action<ApiRequest, Utf8JsonWriter> Handle)
{
    /// <summary>Gets how many orders a call counts in the order limits of ten seconds and of a minute.</summary>
    internal Func<ApiRequest, (int TenSeconds, int Minute)> Orders { get; init; } = static _ => (0, 0);

    /// <summary>Gets a value indicating whether a call counts in the limit that funding has for itself.</summary>
    internal bool IsFunding { get; init; }
}
