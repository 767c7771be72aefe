namespace TradingBot.Binance;

/// <summary>Positions come near their liquidation.</summary>
/// <param name="Time">The exchange's time of the call, in UTC.</param>
/// <param name="Positions">The positions in danger.</param>
public sealed record BinanceMarginCall(DateTimeOffset Time, IReadOnlyList<BinanceMarginCallPosition> Positions) : BinanceUserEvent(Time);
