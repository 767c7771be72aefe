using System.Text;

namespace TradingBot.Binance;

/// <summary>An API key and its secret. Neither can be printed, or read back but for <see cref="Create"/>.</summary>
public sealed class BinanceCredentials
{
    /// <summary>Initializes the credentials.</summary>
    /// <param name="apiKey">The key, printable ASCII without blanks.</param>
    /// <param name="apiSecret">The secret of an HMAC key.</param>
    /// <exception cref="ArgumentException">One of them is empty or has a character that no key has; its text is not repeated.</exception>
    public BinanceCredentials(string apiKey, string apiSecret)
    {
        ApiKey = IsKey(apiKey) ? apiKey : throw new ArgumentException("Expected a key of printable ASCII characters without blanks.", nameof(apiKey));
        Secret = IsKey(apiSecret)
            ? Encoding.ASCII.GetBytes(apiSecret)
            : throw new ArgumentException("Expected a secret of printable ASCII characters without blanks.", nameof(apiSecret));
    }

    internal string ApiKey { get; }

    internal byte[] Secret { get; }

    /// <summary>Makes the credentials of another client library from these. It is the one way in which the two leave this type.</summary>
    /// <typeparam name="T">The other library's credentials.</typeparam>
    /// <param name="create">Takes the key and the secret.</param>
    public T Create<T>(Func<string, string, T> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        return create(ApiKey, Encoding.ASCII.GetString(Secret));
    }

    /// <summary>Returns a text without the key and the secret.</summary>
    public override string ToString() => "BinanceCredentials (set)";

    // A key goes into a header: a line break would be a second header.
    private static bool IsKey(string? text) => !string.IsNullOrEmpty(text) && text.All(character => character is > ' ' and < '\x7f');
}
