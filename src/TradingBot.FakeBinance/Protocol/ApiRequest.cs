using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TradingBot.FakeBinance.Protocol;

/// <summary>A request with its parameters, from the query and the body, and what signs it.</summary>
internal sealed class ApiRequest
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly RawForm _query;
    private readonly RawForm _body;

    internal ApiRequest(string method, string path, string? apiKey, string query, string body)
    {
        (Method, Path, ApiKey) = (method, path, apiKey);
        (_query, _body) = (new RawForm(query), new RawForm(body));
        foreach (var (name, value) in _query.Values.Concat(_body.Values))
        {
            // A name that is in both counts as it stands in the query.
            _values.TryAdd(name, value);
        }
    }

    /// <summary>Initializes the parameters of one element of a batch.</summary>
    internal ApiRequest(ApiRequest batch, JsonElement element)
    {
        (Method, Path, ApiKey) = (batch.Method, batch.Path, batch.ApiKey);
        (_query, _body) = (new RawForm(""), new RawForm(""));
        foreach (var property in element.EnumerateObject())
        {
            _values[property.Name] = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText();
        }
    }

    internal string Method { get; }

    internal string Path { get; }

    internal string? ApiKey { get; }

    /// <summary>Gets or sets how many of the latest closed bars a fault hides.</summary>
    internal int HiddenBars { get; set; }

    /// <summary>Gets or sets a value indicating whether a fault hides the order that is looked up.</summary>
    internal bool HidesOrder { get; set; }

    internal string? Signature => _query.Signature ?? _body.Signature;

    internal static async Task<ApiRequest> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return new ApiRequest(
            context.Request.Method,
            context.Request.Path.Value ?? "",
            context.Request.Headers["X-MBX-APIKEY"].FirstOrDefault(),
            question < 0 ? "" : target[(question + 1)..],
            Encoding.Latin1.GetString(body.GetBuffer(), 0, (int)body.Length));
    }

    /// <summary>Tells whether the signature is the HMAC of the query and the body as they were received.</summary>
    internal bool IsSignedWith(string secret)
    {
        if (!_query.SignatureIsLast || !_body.SignatureIsLast || Signature is not { } signature)
        {
            return false;
        }

        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.Latin1.GetBytes(_query.Signed + _body.Signed));
        return string.Equals(Convert.ToHexString(expected), signature, StringComparison.OrdinalIgnoreCase);
    }

    internal string? Text(string name) => _values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    internal string Required(string name) => Text(name) ?? throw ApiError.Missing(name);

    internal long? Whole(string name) => Text(name) switch
    {
        null => null,
        { } text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        _ => throw ApiError.Missing(name),
    };

    internal decimal? Number(string name) => Text(name) switch
    {
        null => null,
        { } text when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) => value,
        _ => throw ApiError.Missing(name),
    };

    internal bool Flag(string name) => Text(name) switch
    {
        null => false,
        { } text when bool.TryParse(text, out var value) => value,
        _ => throw ApiError.Malformed(name),
    };

    internal int Limit(int usual, int most) => Whole("limit") switch
    {
        null => usual,
        < 1 => throw ApiError.Malformed("limit"),
        var limit => (int)Math.Min(limit.Value, most),
    };
}
