using TradingBot.Market;

namespace TradingBot.FakeBinance.Venue;

/// <summary>What the exchange derives from a position.</summary>
internal static class PositionFigures
{
    /// <summary>Computes the price at which closing pays for the fee of opening.</summary>
    internal static decimal BreakEven(Position position, decimal feeRate) =>
        position.EntryPrice * (position.IsShort ? 1 - feeRate : 1 + feeRate);
}
