using System.Globalization;
using System.Text.Json;

namespace TradingBot.Binance.Protocol;

/// <summary>The rows of one answer, read without a document in between. Reading anew forgets the rows before.</summary>
internal sealed class KlinePage
{
    internal const int MaxRows = 1500;
    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    private Kline[] _rows = [];

    public int Count { get; private set; }

    public ReadOnlySpan<Kline> Rows => _rows.AsSpan(0, Count);

    /// <summary>Reads the exchange's array of arrays: open time, open, high, low, close, volume, and values that are not used here.</summary>
    /// <exception cref="JsonException">The text has another form.</exception>
    public int Read(ReadOnlySpan<byte> json)
    {
        Count = 0;
        var reader = new Utf8JsonReader(json);
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            Expect(ref reader, JsonTokenType.Number);
            var openTime = reader.GetInt64();
            var row = new Kline(openTime, Number(ref reader), Number(ref reader), Number(ref reader), Number(ref reader), Number(ref reader));
            while (reader.Read() && reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
            {
            }

            if (reader.TokenType != JsonTokenType.EndArray)
            {
                throw Unexpected(reader);
            }

            Append(row);
        }

        return reader.TokenType == JsonTokenType.EndArray ? Count : throw Unexpected(reader);
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw Unexpected(reader);
        }
    }

    private static JsonException Unexpected(in Utf8JsonReader reader) =>
        new("Expected rows of open time, prices and volume.", $"byte {reader.TokenStartIndex}", null, null);

    private static double Number(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return TryParse(reader.ValueSpan, out var value) ? value : throw Unexpected(reader);
    }

    /// <summary>Reads a decimal. Up to 15 digits both parts of the quotient are exact, so the division gives the nearest double (Clinger 1990).</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        if (text.Length is > 0 and <= 16)
        {
            var mantissa = 0L;
            var point = -1;
            var i = 0;
            for (; i < text.Length; i++)
            {
                var digit = text[i] - '0';
                if (digit is >= 0 and <= 9)
                {
                    mantissa = (mantissa * 10) + digit;
                }
                else if (text[i] == '.' && point < 0 && text.Length > 1)
                {
                    point = i;
                }
                else
                {
                    break;
                }
            }

            var digits = text.Length - (point < 0 ? 0 : 1);
            if (i == text.Length && digits <= 15)
            {
                value = point < 0 ? mantissa : mantissa / PowersOfTen[text.Length - point - 1];
                return true;
            }
        }

        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }

    private void Append(in Kline row)
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Count == 0 ? MaxRows : Count * 2);
        }

        _rows[Count++] = row;
    }
}
