namespace TradingBot.Binance.Streaming;

/// <summary>What reading from a stream brought: a message, nothing in time, or the stream's end.</summary>
internal readonly record struct StreamRead(byte[]? Message, string? EndReason);
