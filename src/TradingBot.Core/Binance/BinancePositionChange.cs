using TradingBot.Market;

namespace TradingBot.Binance;

/// <summary>A position after a change.</summary>
/// <param name="Symbol">The exchange's name of the contract.</param>
/// <param name="PositionSide">"BOTH" in one-way mode, "LONG" or "SHORT" in hedge mode.</param>
/// <param name="Position">The position.</param>
public sealed record BinancePositionChange(string Symbol, string PositionSide, Position Position);
