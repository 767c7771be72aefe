namespace TradingBot.Binance;

/// <summary>The leverage of a contract was changed.</summary>
/// <param name="Time">The exchange's time of the change, in UTC.</param>
/// <param name="Symbol">The exchange's name of the contract.</param>
/// <param name="Leverage">The notional per margin from now on.</param>
public sealed record BinanceLeverageChange(DateTimeOffset Time, string Symbol, int Leverage) : BinanceUserEvent(Time);
