using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TradingBot.FakeBinance.Streams;

/// <summary>The key of the user stream: one at a time, alive for an hour after its last use.</summary>
/// <remarks>Its life is measured on the time provider, not on the market's time, which jumps from bar to bar.</remarks>
internal sealed class ListenKeys(TimeProvider time, string apiKey)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(60);
    private long _usedAt;
    private int _count;

    internal string? Current { get; private set; }

    /// <summary>Gets the live key, or makes one; either way it lives on for an hour.</summary>
    internal string Obtain()
    {
        Current ??= Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{apiKey}/{++_count}"))));
        _usedAt = time.GetTimestamp();
        return Current;
    }

    /// <summary>Lets the live key live on for an hour.</summary>
    /// <returns><see langword="false"/> when there is none.</returns>
    internal bool Extend()
    {
        _usedAt = time.GetTimestamp();
        return Current is not null;
    }

    internal void End() => Current = null;

    /// <summary>Ends the key when its time is over.</summary>
    /// <returns>The ended key, or <see langword="null"/>.</returns>
    internal string? TakeExpired() => Current is not null && time.GetElapsedTime(_usedAt) >= Life ? TakeNow() : null;

    /// <summary>Ends the key.</summary>
    /// <returns>The ended key, or <see langword="null"/> when there was none.</returns>
    internal string? TakeNow()
    {
        var ended = Current;
        Current = null;
        return ended;
    }
}
