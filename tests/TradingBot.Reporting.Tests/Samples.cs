using TradingBot.Backtesting;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Prediction.Evaluation;
using TradingBot.Simulation;
using TradingBot.Strategies;
using TradingBot.Testing;
using TradingBot.Trading;

namespace TradingBot.Reporting.Tests;

/// <summary>Results to report on.</summary>
internal static class Samples
{
    public const string Hostile = "</script><img src=x onerror=\"alert('1')\"> & co";

    public static ModelCard Card(string name = "sample") => new()
    {
        Name = name,
        Features = [BarFeature.Close],
        Window = 3,
        Horizon = 1,
        Interval = Interval.OneDay,
        ContentHash = new string('a', 64),
        Skill = new ModelSkill(ForecastVerdict.Echo, 500) { TheilU = 1.013, DirectionalAccuracy = 0.49 },
    };

    public static BacktestOptions Options() => new() { Trade = new TradeSettings { SymbolInfo = SampleSymbols.BtcUsdt, PositionFraction = 0.5m } };

    /// <summary>Runs a threshold strategy on forecasts that half know what comes.</summary>
    public static BacktestResult Backtest(int bars = 800, ModelCard? card = null, Interval? interval = null)
    {
        var series = SampleBars.RandomWalk(bars, seed: 5, interval: interval ?? Interval.OneDay);
        var strategy = new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = 0.004, StopLoss = 0.05 });
        return new Backtester(Options()).Run(series, Forecasts(series), strategy, card ?? Card());
    }

    /// <summary>Runs the same with a stop order and dear funding, so that days hide whether a payment came before the stop.</summary>
    public static BacktestResult Ambiguous()
    {
        var series = SampleBars.RandomWalk(800, seed: 5, interval: Interval.OneDay);
        var options = Options() with { Funding = FundingSchedule.Fixed(0.002m), AllowThresholdBelowCosts = true };
        var strategy = new ThresholdStrategy(new ThresholdStrategyOptions { Threshold = 0.004 });
        return new Backtester(options with { Trade = options.Trade with { StopLoss = 0.004m } }).Run(series, Forecasts(series), strategy, Card());
    }

    /// <summary>Runs a strategy without forecasts.</summary>
    public static BacktestResult Backtest(BarSeries bars, IStrategy strategy, BacktestOptions? options = null) => new Backtester(options ?? Options()).Run(bars, strategy);

    public static ForecastSeries Forecasts(BarSeries bars)
    {
        var random = new Random(11);
        var prices = new double[bars.Count];
        for (var i = 0; i < prices.Length; i++)
        {
            var next = i + 1 < bars.Count ? bars.Closes[i + 1] / bars.Closes[i] : 1;
            prices[i] = i < 3 ? double.NaN : bars.Closes[i] * (1 + (0.2 * (next - 1)) + (0.01 * (random.NextDouble() - 0.5)));
        }

        return new ForecastSeries(bars, prices, horizon: 1);
    }

    public static IReadOnlyList<ForecastRound> Rounds(ForecastSeries forecasts, int count)
    {
        var report = ForecastReport.Evaluate(forecasts);
        return [.. Enumerable.Range(0, count).Select(round => new ForecastRound
        {
            TrainingLosses = [.. Enumerable.Range(1, 40).Select(epoch => 0.1 + (1d / (epoch + round)))],
            ValidationLosses = [.. Enumerable.Range(1, 40).Select(epoch => 0.15 + (0.9 / (epoch + round)))],
            KeptEpoch = 40 - round,
            Report = report,
        })];
    }
}
