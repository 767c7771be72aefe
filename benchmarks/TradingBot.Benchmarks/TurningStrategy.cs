using TradingBot.Strategies;

namespace TradingBot.Benchmarks;

/// <summary>Sends one order a bar: opens a position, and closes it at the next.</summary>
internal sealed class TurningStrategy : IStrategy
{
    public int Lookback => 1;

    public Decision Decide(in StrategyContext context) =>
        context.Forecast is null ? Decision.None : context.Position.IsFlat ? Decision.Long : Decision.Close;
}
