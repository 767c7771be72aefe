namespace TradingBot.Binance;

/// <summary>Something that happened on the account.</summary>
/// <param name="Time">The exchange's time of the event, in UTC.</param>
public abstract record BinanceUserEvent(DateTimeOffset Time);
