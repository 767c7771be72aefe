namespace TradingBot.Core.Tests.Binance;

/// <summary>A request as the stub received it.</summary>
internal sealed record StubRequest(string Method, string Path, string Parameters, string? ApiKey)
{
    public string? Host { get; init; }

    public string Route => $"{Method} {Path}";

    public IReadOnlyDictionary<string, string> Values { get; } = Parameters.Length == 0
        ? []
        : Parameters.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);

    public string? this[string name] => Values.GetValueOrDefault(name);

    public long Number(string name) => long.Parse(this[name]!, System.Globalization.CultureInfo.InvariantCulture);
}
