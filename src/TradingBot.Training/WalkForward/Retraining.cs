using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Prediction.Evaluation;
using TradingBot.Training.Data;

namespace TradingBot.Training.WalkForward;

/// <summary>Retrains a model for a live host, as <see cref="WalkForwardForecaster"/> does along past bars: the new model goes live only through the verdict.</summary>
/// <remarks>The recipe is judged by walking forward through the bars, each forecast made by a model that had not seen what came. Only where that shows
/// <see cref="ForecastVerdict.Skill"/> does a model trained on the latest bars replace the file that is live. Its card carries the verdict on the recipe,
/// as the model itself has yet to forecast anything. A folder for models makes the next retraining a matter of one or two trainings.</remarks>
public sealed class Retraining
{
    private readonly WalkForwardOptions _options;
    private readonly WalkForwardForecaster _forecaster;
    private readonly CachedTraining _training;

    /// <summary>Initializes the retraining.</summary>
    /// <param name="recipe">What to train.</param>
    /// <param name="options">How many bars to train on and how often.</param>
    /// <param name="cacheFolder">The folder that models are kept in, made where it does not exist; <see langword="null"/> to keep none.</param>
    public Retraining(ModelRecipe recipe, WalkForwardOptions options, string? cacheFolder = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(options);
        (_options, _forecaster, _training) = (options, new WalkForwardForecaster(recipe, options, cacheFolder), new CachedTraining(recipe, cacheFolder));
    }

    /// <summary>Judges the recipe and, if it shows skill, replaces the live model by one trained on the latest bars.</summary>
    /// <param name="bars">Closed bars, oldest first, up to now.</param>
    /// <param name="livePath">The file of the live model. It is replaced whole or not at all; a host that runs it loads it again.</param>
    /// <param name="exogenous">The series that the recipe names; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Ends the retraining; the live model stays.</param>
    /// <exception cref="ArgumentException">A setting is outside its range, a series is missing, or no forecast can be compared with what came.</exception>
    /// <exception cref="TrainingException">The bars are too few for one fold, or a training failed.</exception>
    /// <exception cref="IOException">The file could not be written; the live model stays.</exception>
    public async Task<RetrainingResult> RunAsync(
        BarSeries bars, string livePath, IReadOnlyList<ExogenousSeries>? exogenous = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bars);
        ArgumentException.ThrowIfNullOrEmpty(livePath);
        var walk = await _forecaster.RunAsync(bars, exogenous, progress: null, cancellationToken).ConfigureAwait(false);
        var report = ForecastReport.Evaluate(walk.Forecasts);
        if (report.Verdict != ForecastVerdict.Skill)
        {
            return new RetrainingResult(report, null);
        }

        var latest = _options.Expanding ? bars : bars[^_options.TrainBars..];
        var (model, _) = await _training.TrainAsync(latest, exogenous, cancellationToken).ConfigureAwait(false);
        var judged = model.WithSkill(report.ToSkill());
        await judged.SaveAsync(livePath, cancellationToken).ConfigureAwait(false);
        return new RetrainingResult(report, judged);
    }
}
