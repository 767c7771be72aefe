using TradingBot.Strategies;

namespace CustomStrategy;

// <strategy>
/// <summary>Buys when the close rises above the highest high of the twenty bars before it, and sells when it falls below the lowest low.</summary>
public sealed class BreakoutStrategy : IStrategy
{
    private const int Channel = 20;

    public int Lookback => Channel + 1;

    public Decision Decide(in StrategyContext context)
    {
        var (highest, lowest) = (double.MinValue, double.MaxValue);
        for (var i = 0; i < Channel; i++)
        {
            highest = Math.Max(highest, context.Bars.Highs[i]);
            lowest = Math.Min(lowest, context.Bars.Lows[i]);
        }

        return context.Price > highest && context.Position.IsFlat ? Decision.Long.Because("broke out upwards")
            : context.Price < lowest && context.Position.IsLong ? Decision.Close.Because("broke out downwards")
            : Decision.None;
    }
}
// </strategy>
