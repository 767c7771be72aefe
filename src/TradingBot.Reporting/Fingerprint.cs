using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TradingBot.Market;

namespace TradingBot.Reporting;

/// <summary>Hashes of what a result was computed from, to tell whether another computation had the same.</summary>
internal static class Fingerprint
{
    /// <summary>Describes <see cref="Of(BarSeries)"/>, for those who want to compute it.</summary>
    public const string Recipe =
        "SHA-256 of the text 'symbol interval' in UTF-8, then of each bar its open time (milliseconds since 1970, 64-bit integer) and open, high, low, close, volume (64-bit floats), little-endian";

    public static string Of(BarSeries bars)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{bars.Symbol} {bars.Interval}"));
        Span<byte> row = stackalloc byte[48];
        for (var i = 0; i < bars.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(row, bars.OpenTimes[i]);
            BinaryPrimitives.WriteDoubleLittleEndian(row[8..], bars.Opens[i]);
            BinaryPrimitives.WriteDoubleLittleEndian(row[16..], bars.Highs[i]);
            BinaryPrimitives.WriteDoubleLittleEndian(row[24..], bars.Lows[i]);
            BinaryPrimitives.WriteDoubleLittleEndian(row[32..], bars.Closes[i]);
            BinaryPrimitives.WriteDoubleLittleEndian(row[40..], bars.Volumes[i]);
            hash.AppendData(row);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Hashes numbers as 64-bit floats, little-endian.</summary>
    public static string Of(ReadOnlySpan<double> numbers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> row = stackalloc byte[8];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(row, number);
            hash.AppendData(row);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
