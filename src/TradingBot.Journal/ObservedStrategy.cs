using TradingBot.Strategies;

namespace TradingBot.Journal;

/// <summary>Lets a strategy decide from a bar on, and keeps what it decided and saw.</summary>
internal sealed class ObservedStrategy(IStrategy strategy, DateTimeOffset from) : IStrategy
{
    public Dictionary<DateTimeOffset, ObservedDecision> Decisions { get; } = [];

    public int Lookback => strategy.Lookback;

    public Decision Decide(in StrategyContext context)
    {
        if (context.BarOpenTime < from)
        {
            return Decision.None;
        }

        var decision = strategy.Decide(context);
        Decisions.Add(context.BarOpenTime, new ObservedDecision(decision, context.Position, context.Balance));
        return decision;
    }
}
