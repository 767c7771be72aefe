using TradingBot.Prediction;
using TradingBot.Training.Data;

namespace TradingBot.Training.WalkForward;

/// <summary>The forecasts of a walk forward, joined.</summary>
/// <param name="Forecasts">The forecasts along all bars, none before the first test part; for <see cref="Backtesting.Backtester"/>, and for
/// <see cref="Prediction.Evaluation.ForecastReport"/> without a card.</param>
/// <param name="Folds">The parts, oldest first.</param>
/// <param name="Trained">How many models were trained; those of the other folds were found in the folder.</param>
public sealed record WalkForwardForecasts(ForecastSeries Forecasts, IReadOnlyList<Fold> Folds, int Trained);
