using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TradingBot.Market;

namespace TradingBot.Trading;

/// <summary>Names the orders of one bot in one symbol: an id is a pure function of bot, symbol, bar and leg, so the same intent always has the same id.</summary>
/// <remarks>An id looks like <c>tb4f1c09a6d2e8-1795003200-e</c>: 12 hexadecimal digits of the SHA-256 of bot and symbol, the
/// bar's open time in seconds since 1970-01-01 UTC, and the leg. It fits the exchange's 36 characters. Orders that a bar may need more than
/// once, such as a stop that somebody canceled, are numbered: <c>-s</c>, <c>-s1</c>, <c>-s2</c>.</remarks>
public sealed class ClientOrderIds
{
    private const int NumberBits = 7;
    private const int LegBits = 3;
    private readonly string _prefix;

    /// <summary>Initializes the names.</summary>
    /// <param name="botId">The bot's name; two bots on one account need two names.</param>
    /// <param name="symbol">The market.</param>
    public ClientOrderIds(string botId, Symbol symbol)
    {
        ArgumentException.ThrowIfNullOrEmpty(botId);
        ArgumentNullException.ThrowIfNull(symbol);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{botId}\n{symbol.UnifiedName}"));
        _prefix = $"tb{Convert.ToHexStringLower(hash.AsSpan(0, 6))}-";
    }

    /// <summary>Gets the id of an order.</summary>
    /// <param name="barOpenTime">The open time of the bar that the order was decided on.</param>
    /// <param name="leg">The part that the order plays.</param>
    public string For(DateTimeOffset barOpenTime, OrderLeg leg) => For(barOpenTime, leg, 0);

    /// <summary>Gets the id of an order that a bar may need more than once.</summary>
    /// <param name="barOpenTime">The open time of the bar that the order was decided on.</param>
    /// <param name="leg">The part that the order plays.</param>
    /// <param name="number">How many orders of the bar and leg there were before; 0 to 99.</param>
    public string For(DateTimeOffset barOpenTime, OrderLeg leg, int number) => TextOf(KeyOf(barOpenTime, leg, number));

    /// <summary>Names an order as <see cref="For(DateTimeOffset, OrderLeg, int)"/> does, the text to be made when somebody reads it.</summary>
    internal OrderName NameOf(DateTimeOffset barOpenTime, OrderLeg leg, int number = 0) => new(this, KeyOf(barOpenTime, leg, number));

    /// <summary>Makes the text of a name of <see cref="NameOf"/>.</summary>
    internal string TextOf(long key)
    {
        var number = (int)(key & ((1 << NumberBits) - 1));
        var leg = (OrderLeg)((key >> NumberBits) & ((1 << LegBits) - 1));
        Span<char> id = stackalloc char[48];
        _prefix.CopyTo(id);
        (key >> (NumberBits + LegBits)).TryFormat(id[_prefix.Length..], out var digits, default, CultureInfo.InvariantCulture);
        var length = _prefix.Length + digits;
        (id[length], id[length + 1]) = ('-', Letter(leg));
        length += 2;
        if (number > 0)
        {
            number.TryFormat(id[length..], out digits, default, CultureInfo.InvariantCulture);
            length += digits;
        }

        return new string(id[..length]);
    }

    /// <summary>Tells whether an order was named here, for whichever bar and leg.</summary>
    public bool Owns(string clientOrderId) => clientOrderId.StartsWith(_prefix, StringComparison.Ordinal);

    /// <summary>Reads the bar out of an id that was made here.</summary>
    internal DateTimeOffset? BarOf(string clientOrderId)
    {
        if (!Owns(clientOrderId))
        {
            return null;
        }

        var rest = clientOrderId.AsSpan(_prefix.Length);
        var end = rest.IndexOf('-');
        return end > 0 && long.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }

    // Seconds of every date, leg and number take 50 bits together.
    private static long KeyOf(DateTimeOffset barOpenTime, OrderLeg leg, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 99);
        _ = Letter(leg);
        return (((barOpenTime.ToUnixTimeSeconds() << LegBits) | (long)leg) << NumberBits) | (long)number;
    }

    private static char Letter(OrderLeg leg) => leg switch
    {
        OrderLeg.Exit => 'x',
        OrderLeg.Entry => 'e',
        OrderLeg.Stop => 's',
        OrderLeg.EntryRest => 'f',
        OrderLeg.Undo => 'u',
        OrderLeg.Trim => 't',
        OrderLeg.Close => 'c',
        _ => throw new ArgumentOutOfRangeException(nameof(leg), leg, "Expected a defined leg."),
    };
}
