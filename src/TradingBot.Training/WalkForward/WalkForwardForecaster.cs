using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training.Data;

namespace TradingBot.Training.WalkForward;

/// <summary>Forecasts a series as a bot that retrains would have done: every so many bars a model is trained on the bars before, and forecasts the bars that follow.</summary>
/// <remarks>A forecast comes from a model that was given no bar of its own test part or later. Models are kept in a folder, one small file each, named by a
/// hash of the recipe and of the bars and values that it was trained on, so that a second run trains nothing.</remarks>
public sealed class WalkForwardForecaster
{
    private readonly WalkForwardOptions _options;
    private readonly CachedTraining _training;

    /// <summary>Initializes the forecaster.</summary>
    /// <param name="recipe">What to train.</param>
    /// <param name="options">How many bars to train on and how often.</param>
    /// <param name="cacheFolder">The folder that models are kept in, made where it does not exist; <see langword="null"/> to keep none.</param>
    public WalkForwardForecaster(ModelRecipe recipe, WalkForwardOptions options, string? cacheFolder = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(options);
        (_options, _training) = (options, new CachedTraining(recipe, cacheFolder));
    }

    /// <summary>Forecasts a series.</summary>
    /// <param name="bars">The bars, oldest first.</param>
    /// <param name="exogenous">The series that the recipe names; <see langword="null"/> for none.</param>
    /// <param name="progress">Is told of every fold; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Ends the run; models that were finished stay in the folder.</param>
    /// <exception cref="ArgumentException">A setting is outside its range, or a series is missing.</exception>
    /// <exception cref="TrainingException">The bars are too few for one fold, or a training failed.</exception>
    public async Task<WalkForwardForecasts> RunAsync(
        BarSeries bars,
        IReadOnlyList<ExogenousSeries>? exogenous = null,
        IProgress<WalkForwardProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bars);
        var folds = WalkForwardFolds.Create(bars.Count, _options);
        var prices = new double[bars.Count];
        prices.AsSpan().Fill(double.NaN);
        var (horizon, trained) = (1, 0);
        for (var i = 0; i < folds.Count; i++)
        {
            var (train, test) = (folds[i].Train, folds[i].Test);
            var (model, isNew) = await _training.TrainAsync(bars[train.Start..train.End], exogenous, cancellationToken).ConfigureAwait(false);
            trained += isNew ? 1 : 0;
            horizon = model.Card.Horizon;
            using var predictor = model.CreatePredictor(exogenous);
            var start = Math.Max(0, test.Start - model.Card.RequiredBars + 1);
            predictor.PredictSeries(bars[start..test.End]).Prices[(test.Start - start)..].CopyTo(prices.AsSpan(test.Start));
            progress?.Report(new WalkForwardProgress(i + 1, folds.Count, isNew));
        }

        return new WalkForwardForecasts(new ForecastSeries(bars, prices, horizon), folds, trained);
    }
}
