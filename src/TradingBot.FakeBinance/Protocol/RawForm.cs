using System.Net;
using System.Text;

namespace TradingBot.FakeBinance.Protocol;

/// <summary>A query string or form body as it was received, one character per byte.</summary>
internal sealed class RawForm
{
    private const string SignatureName = "signature";

    internal RawForm(string text)
    {
        var pairs = text.Split('&', StringSplitOptions.RemoveEmptyEntries);
        var values = Array.ConvertAll(pairs, Read);
        (Values, Signed) = (values, text);
        var signature = Array.FindIndex(values, pair => pair.Name == SignatureName);
        if (signature >= 0)
        {
            Signature = values[signature].Value;
            Signed = string.Join('&', pairs.Where((_, index) => index != signature));
            SignatureIsLast = signature == pairs.Length - 1;
        }
    }

    internal IReadOnlyList<(string Name, string Value)> Values { get; }

    /// <summary>Gets the text that the signature covers.</summary>
    internal string Signed { get; }

    internal string? Signature { get; }

    internal bool SignatureIsLast { get; } = true;

    private static (string Name, string Value) Read(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (Decode(pair), "") : (Decode(pair[..equals]), Decode(pair[(equals + 1)..]));
    }

    private static string Decode(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        return Encoding.UTF8.GetString(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length));
    }
}
