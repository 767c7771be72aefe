namespace TradingBot.Binance.Protocol;

/// <summary>Reads the body of a success.</summary>
internal delegate T BodyReader<out T>(ReadOnlySpan<byte> body);
