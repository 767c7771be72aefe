using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;

namespace TradingBot.Trading;

/// <summary>Decides a bar once: what an earlier attempt at it decided is recalled, otherwise model and strategy are asked.</summary>
internal sealed class BarDecision(IPredictor predictor, IStrategy strategy, TradeCycle rules, OrderDesk desk, PlanExecutor executor, Symbol symbol, TradingBotOptions options)
{
    /// <summary>Writes forecast and plan into the cycle.</summary>
    /// <param name="cycle">The cycle, with its bars and its account.</param>
    /// <param name="killed">What the kill switch says.</param>
    /// <returns>The first guard that bars an entry, or <see langword="null"/>; what takes a reading of the market is checked later.</returns>
    public GuardFinding? Decide(CycleRecord cycle, GuardFinding? killed)
    {
        var (bars, account) = (cycle.Bars!, cycle.Account!);
        var unusable = EntryGuards.Input(predictor.Card, bars, options.GapPolicy);
        cycle.Forecast = unusable is null ? predictor.Predict(bars) : null;
        var absurd = EntryGuards.Forecast(cycle.Forecast, bars.Closes[^1], options);
        if ((unusable ?? absurd) is { } withheld)
        {
            // Told even when nothing was to be entered: the strategy is not shown the forecast.
            executor.Bar(cycle, withheld);
        }

        cycle.ShownForecast = absurd is null ? cycle.Forecast : null;
        cycle.Plan = Recall(cycle) ?? rules.Plan(
            new StrategyContext(bars[^strategy.Lookback..], cycle.ShownForecast, account.Position, account.Balance), cycle.Memory);
        var foreign = EntryGuards.Balance(account, cycle.Memory.Expected, options);
        cycle.IsBalanceForeign = foreign is not null;
        return killed ?? Unresolved(cycle, account) ?? foreign ?? unusable ?? EntryGuards.Model(predictor.Card, symbol, options) ?? absurd;
    }

    private TradePlan? Recall(CycleRecord cycle)
    {
        var bar = cycle.BarOpenTime!.Value;
        if (cycle.Memory.Intent is not { } intent || intent.BarOpenTime < bar)
        {
            return null;
        }

        cycle.IsRecalled = true;
        if (intent.BarOpenTime == bar)
        {
            return intent.ToPlan(rules.Ids, symbol, cycle.Memory);
        }

        cycle.Finding = CycleMemory.Overtaken(bar, intent.BarOpenTime);
        return new TradePlan { Risk = cycle.Memory };
    }

    private GuardFinding? Unresolved(CycleRecord cycle, AccountSnapshot account)
    {
        var current = rules.Ids.For(cycle.BarOpenTime!.Value, OrderLeg.Entry);
        return desk.HasUnresolved ? new GuardFinding(Guard.UnresolvedOrder, "what became of an earlier order is not known yet")
            : EntryGuards.Waiting(account, rules.Ids, current);
    }
}
