using System.Text.Json;

namespace TradingBot.Binance.Protocol;

/// <summary>Picks one contract and the limits out of the exchange's list of some hundred contracts, without building the others.</summary>
internal sealed record SymbolScan(BinanceSymbol? Symbol, BinanceRateLimit[] RateLimits)
{
    public static SymbolScan Read(ReadOnlySpan<byte> json, string symbol)
    {
        BinanceSymbol? found = null;
        BinanceRateLimit[] limits = [];
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("expected an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("rateLimits"u8))
            {
                reader.Read();
                limits = JsonSerializer.Deserialize(ref reader, BinanceJson.Default.BinanceRateLimitArray) ?? [];
            }
            else if (reader.ValueTextEquals("symbols"u8))
            {
                found = Find(ref reader, symbol);
            }
            else
            {
                reader.Skip();
            }
        }

        return new SymbolScan(found, limits);
    }

    private static BinanceSymbol? Find(ref Utf8JsonReader reader, string symbol)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("expected 'symbols' to be an array");
        }

        BinanceSymbol? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (found is null && IsNamed(reader, symbol))
            {
                found = JsonSerializer.Deserialize(ref reader, BinanceJson.Default.BinanceSymbol);
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    // Looks ahead on a copy of the reader.
    private static bool IsNamed(Utf8JsonReader reader, string symbol)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("symbol"u8))
            {
                return reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(symbol);
            }

            reader.Skip();
        }

        return false;
    }
}
