namespace TradingBot.Binance;

/// <summary>The stream of account events is connected, for the first time or again. What happened before is not told by it:
/// read orders, position and balance from the exchange now.</summary>
/// <param name="Time">The exchange's time of the connection, in UTC.</param>
public sealed record BinanceStreamConnected(DateTimeOffset Time) : BinanceUserEvent(Time);
