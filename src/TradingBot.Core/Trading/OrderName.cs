using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TradingBot.Trading;

/// <summary>A client order id: a text, or what <see cref="ClientOrderIds"/> makes one of. A backtest names millions of orders and reads hardly any name.</summary>
/// <remarks>Two names are equal when their texts are, whichever way they came. Threads may share one: making the text changes nothing but which of the two is kept.</remarks>
[StructLayout(LayoutKind.Auto)]
internal struct OrderName : IEquatable<OrderName>
{
    private readonly long _key;

    // A string, or the ClientOrderIds that can make it; one field, so that it never lacks its other half.
    private object? _source;

    /// <summary>Takes a name from somebody.</summary>
    public OrderName(string? text) => _source = text;

    /// <summary>Takes a name that is to be made when somebody reads it.</summary>
    public OrderName(ClientOrderIds ids, long key) => (_source, _key) = (ids, key);

    /// <summary>Gets the text, which is made at the first call.</summary>
    /// <returns><see langword="null"/> only when that was given.</returns>
    public string? Read()
    {
        var source = _source;
        if (source is not ClientOrderIds ids)
        {
            return (string?)source;
        }

        var text = ids.TextOf(_key);
        _source = text;
        return text;
    }

    /// <summary>Gets what the text is to be made of.</summary>
    /// <returns><see langword="false"/> when there is a text.</returns>
    public readonly bool TryGetKey([NotNullWhen(true)] out ClientOrderIds? ids, out long key)
    {
        (ids, key) = (_source as ClientOrderIds, _key);
        return ids is not null;
    }

    /// <inheritdoc/>
    public readonly bool Equals(OrderName other)
    {
        var (mine, its) = (_source, other._source);
        return ReferenceEquals(mine, its) && mine is ClientOrderIds
            ? _key == other._key
            : string.Equals(TextOf(mine, _key), TextOf(its, other._key), StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is OrderName other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => TextOf(_source, _key)?.GetHashCode(StringComparison.Ordinal) ?? 0;

    /// <inheritdoc/>
    public override readonly string ToString() => TextOf(_source, _key) ?? "";

    private static string? TextOf(object? source, long key) => source is ClientOrderIds ids ? ids.TextOf(key) : (string?)source;
}
