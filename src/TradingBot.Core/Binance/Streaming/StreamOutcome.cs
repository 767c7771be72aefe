namespace TradingBot.Binance.Streaming;

/// <summary>How a connection of a stream went.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="Served">Whether it brought anything, so that the next attempt need not wait long.</param>
internal readonly record struct StreamOutcome(string Reason, bool Served);
