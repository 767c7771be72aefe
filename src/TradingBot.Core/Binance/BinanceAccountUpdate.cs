namespace TradingBot.Binance;

/// <summary>Balances or positions changed.</summary>
/// <param name="Time">The exchange's time of the change, in UTC.</param>
/// <param name="Reason">Why, in the exchange's words, such as "ORDER" or "FUNDING_FEE". An open set.</param>
/// <param name="Balances">The changed balances.</param>
/// <param name="Positions">The changed positions; none when funding is paid from the whole balance.</param>
public sealed record BinanceAccountUpdate(
    DateTimeOffset Time, string Reason, IReadOnlyList<BinanceBalanceChange> Balances, IReadOnlyList<BinancePositionChange> Positions) : BinanceUserEvent(Time);
