namespace TradingBot.FakeBinance.Streams;

/// <summary>What the URL of a stream connection asks for.</summary>
internal sealed record StreamPath(StreamGroup Group, bool IsCombined, IReadOnlyList<string> Names, IReadOnlyList<string> Events)
{
    private static readonly char[] Slash = ['/'];

    /// <summary>Reads <c>[/public|/market|/private]/ws[/NAMES]</c> or <c>.../stream</c>, with the query's <c>streams</c>, <c>listenKey</c> and <c>events</c>.</summary>
    /// <returns>What is asked for, or <see langword="null"/> when the path is none of these.</returns>
    internal static StreamPath? Read(string path, Func<string, string?> query)
    {
        var parts = path.Split(Slash, StringSplitOptions.RemoveEmptyEntries);
        StreamGroup? named = parts.Length == 0 ? null : parts[0] switch
        {
            "public" => StreamGroup.Public,
            "market" => StreamGroup.Market,
            "private" => StreamGroup.Private,
            _ => null,
        };
        var rest = named is null ? parts : parts[1..];
        if (rest.Length == 0 || rest[0] is not ("ws" or "stream"))
        {
            return null;
        }

        string[] names = [.. rest[1..], .. Split(query("streams")), .. Split(query("listenKey"))];
        return new StreamPath(named ?? StreamGroup.Public, rest[0] == "stream", names, Split(query("events")));
    }

    private static string[] Split(string? list) => list?.Split(Slash, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
