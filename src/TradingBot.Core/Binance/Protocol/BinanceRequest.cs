using System.Globalization;
using System.Text;

namespace TradingBot.Binance.Protocol;

/// <summary>One request to the exchange: method, path, parameters and what it costs.</summary>
internal sealed class BinanceRequest(HttpMethod method, string path, int weight)
{
    private readonly StringBuilder _parameters = new();

    public HttpMethod Method { get; } = method;

    public string Path { get; } = path;

    /// <summary>Gets what the request counts against the limit of all requests.</summary>
    public int Weight { get; } = weight;

    /// <summary>Gets what the request counts against the limits of orders.</summary>
    public int Orders { get; init; }

    /// <summary>Gets what the request counts against the limit that the history of funding has for itself.</summary>
    public int FundingReads { get; init; }

    /// <summary>Gets the system that is asked, or <see langword="null"/> for the one of futures. Another's limits are not counted here.</summary>
    public Uri? Address { get; init; }

    public RequestKind Kind { get; init; }

    public RequestSecurity Security { get; init; }

    /// <summary>Gets the parameters as they are sent and signed, percent-encoded.</summary>
    public string Parameters => _parameters.ToString();

    public static BinanceRequest Get(string path, int weight) => new(HttpMethod.Get, path, weight);

    public static BinanceRequest SignedGet(string path, int weight) =>
        new(HttpMethod.Get, path, weight) { Security = RequestSecurity.Signed };

    public static BinanceRequest SignedPost(string path, int weight) =>
        new(HttpMethod.Post, path, weight) { Security = RequestSecurity.Signed };

    /// <summary>Adds a parameter; none when the value is <see langword="null"/>.</summary>
    public BinanceRequest With(string name, string? value)
    {
        if (value is not null)
        {
            _parameters.Append(_parameters.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public BinanceRequest With(string name, long? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a plain decimal without trailing zeros, which the exchange would count as precision.</summary>
    public BinanceRequest With(string name, decimal? value) =>
        With(name, value?.ToString("0.############################", CultureInfo.InvariantCulture));

    /// <summary>Adds a switch; none when it is off.</summary>
    public BinanceRequest WithSwitch(string name, bool value) => With(name, value ? "true" : null);

    public BinanceRequest With(string name, DateTimeOffset? value) => With(name, value?.ToUnixTimeMilliseconds());

    /// <summary>Returns method and path, without parameters.</summary>
    public override string ToString() => $"{Method} {Path}";
}
