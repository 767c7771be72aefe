using System.Security.Cryptography;
using System.Text;

namespace TradingBot.Binance.Protocol;

/// <summary>Signs parameters as the exchange asks: HMAC-SHA256 of exactly the text that is sent, in lower-case hexadecimal.</summary>
internal static class RequestSigner
{
    internal static string Sign(byte[] secret, string parameters)
    {
        var length = Encoding.ASCII.GetByteCount(parameters);
        Span<byte> text = length <= 1024 ? stackalloc byte[length] : new byte[length];
        Encoding.ASCII.GetBytes(parameters, text);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, text, hash);
        return Convert.ToHexStringLower(hash);
    }
}
