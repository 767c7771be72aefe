using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Core.Tests.Trading;

/// <summary>Contexts at the close of a bar with a given close, for tests of a single decision.</summary>
internal static class CycleBars
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly SymbolInfo Rules = new()
    {
        Symbol = Symbol.Parse("BTCUSDT"),
        TickSize = 0.1m,
        StepSize = 0.001m,
        MinQuantity = 0.001m,
        MaxQuantity = 1000m,
        MaxMarketQuantity = 120m,
        MinNotional = 50m,
    };

    public static BarSeries Of(Interval interval, params double[] closes) => BarSeries.Create(
        Rules.Symbol,
        interval,
        GapPolicy.Reject,
        closes.Select((close, i) => new Bar(Start + (i * interval.Length), interval.Length, close, close, close, close, 1)));

    public static TradePlan PlanAt(
        double close, IStrategy strategy, TradeSettings? settings = null, Position position = default, decimal balance = 10_000m, RiskState risk = default)
    {
        var cycle = new TradeCycle(strategy, settings ?? new TradeSettings { SymbolInfo = Rules });
        return cycle.Plan(new StrategyContext(Of(Interval.OneHour, close), null, position, balance), risk);
    }

    public static Forecast Expecting(double price, double now) => new(price, now, 1);

    public sealed class Always(Decision decision) : IStrategy
    {
        public Decision Decide(in StrategyContext context) => decision;
    }
}
