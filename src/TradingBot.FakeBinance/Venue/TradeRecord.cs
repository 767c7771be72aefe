using TradingBot.Simulation;

namespace TradingBot.FakeBinance.Venue;

/// <summary>A trade with the order that it belongs to.</summary>
internal sealed record TradeRecord(long Id, OrderRecord Order, Fill Fill)
{
    internal long Time => Fill.Time.ToUnixTimeMilliseconds();
}
