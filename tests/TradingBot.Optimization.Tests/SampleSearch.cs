using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Optimization.Ledger;
using TradingBot.Optimization.Parameters;
using TradingBot.Prediction;
using TradingBot.Strategies;
using TradingBot.Trading;

namespace TradingBot.Optimization.Tests;

/// <summary>A market made from a seed, and a search over a crossover of two averages on it.</summary>
internal static class SampleSearch
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly SymbolInfo Rules = new()
    {
        Symbol = Symbol.Parse("BTCUSDT"),
        TickSize = 0.1m,
        StepSize = 0.001m,
        MinQuantity = 0.001m,
        MaxQuantity = 1000m,
        MinNotional = 5m,
    };

    public static readonly BacktestOptions Backtest = new() { Trade = new TradeSettings { SymbolInfo = Rules, PositionFraction = 0.5m } };

    public static ParameterSpace Space { get; } = new ParameterSpace(Parameter.Integer("fast", 2, 10, 2), Parameter.Integer("slow", 5, 30, 5))
        .Where(set => set.Integer("fast") < set.Integer("slow"));

    public static BarSeries Bars(int count, int seed = 1) => Series(Values(count, new Random(seed)));

    public static (double Open, double High, double Low, double Close, double Volume)[] Values(int count, Random random)
    {
        var last = 20_000d;
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var open = last;
            last = Math.Round(last * (1 + ((random.NextDouble() - 0.5) * 0.04)), 1);
            var (high, low) = (Math.Max(open, last) * (1 + (random.NextDouble() * 0.01)), Math.Min(open, last) * (1 - (random.NextDouble() * 0.01)));
            return (open, high, low, last, random.NextDouble() * 100);
        })];
    }

    public static BarSeries Series(IEnumerable<(double Open, double High, double Low, double Close, double Volume)> values) => BarSeries.Create(
        Rules.Symbol,
        Interval.OneHour,
        GapPolicy.Reject,
        values.Select((bar, i) => new Bar(Start.AddHours(i), TimeSpan.FromHours(1), bar.Open, bar.High, bar.Low, bar.Close, bar.Volume)));

    /// <summary>Forecasts that the last return goes on by half.</summary>
    public static ForecastSeries Forecasts(BarSeries bars) => new(
        bars,
        [.. Enumerable.Range(0, bars.Count).Select(i => i == 0 ? double.NaN : bars.Closes[i] * (1 + (0.5 * ((bars.Closes[i] / bars.Closes[i - 1]) - 1))))],
        1);

    public static SweepOptions Options(BarSeries bars, TrialLedger ledger, Action<ParameterSet>? onTrial = null) => new()
    {
        StrategyName = "crossover",
        CreateStrategy = set =>
        {
            onTrial?.Invoke(set);
            return new Crossover(set.Integer("fast"), set.Integer("slow"));
        },
        Backtest = Backtest,
        Bars = bars,
        Ledger = ledger,
    };

    /// <summary>Gets outcomes value by value; a deep comparison of thousands of moments would take most of a test's time.</summary>
    public static IEnumerable<string> Texts(IEnumerable<TrialOutcome> outcomes) =>
        outcomes.Select(outcome => $"{outcome with { Blocks = null }} {string.Join(' ', outcome.Blocks ?? [])}");

    public sealed class Crossover(int fast, int slow) : IStrategy
    {
        public int Lookback => slow;

        public Decision Decide(in StrategyContext context) =>
            Average(context.Bars.Closes[^fast..]) > Average(context.Bars.Closes) ? Decision.Long : Decision.Short;

        private static double Average(ReadOnlySpan<double> values)
        {
            var sum = 0d;
            foreach (var value in values)
            {
                sum += value;
            }

            return sum / values.Length;
        }
    }
}
