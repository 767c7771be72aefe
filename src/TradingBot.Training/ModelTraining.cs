using TradingBot.Market;
using TradingBot.Training.Data;

namespace TradingBot.Training;

/// <summary>From bars to a judged model: trains on the first part, forecasts the rest, and writes the verdict into the model's card.</summary>
public static class ModelTraining
{
    /// <summary>Trains and judges a model.</summary>
    /// <param name="recipe">What to train.</param>
    /// <param name="bars">The bars, oldest first.</param>
    /// <param name="trainPart">The share of the bars, from the first on, that the model may see; above 0 and below 1. The rest judges it and serves no choice.</param>
    /// <param name="exogenous">The series that the recipe names; <see langword="null"/> for none.</param>
    /// <param name="progress">Is told of every epoch; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="ArgumentException">A setting is outside its range, a series is missing, or no forecast of the rest can be compared with what came.</exception>
    /// <exception cref="TrainingException">The bars are too few or do not determine the model, or the training failed.</exception>
    public static JudgedModel Train(
        ModelRecipe recipe,
        BarSeries bars,
        double trainPart = 0.7,
        IReadOnlyList<ExogenousSeries>? exogenous = null,
        IProgress<EpochProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(bars);
        var split = DatasetSplit.Chronological(bars.Count, trainPart);
        var model = recipe.Train(bars[..split.Train.End], exogenous, progress, cancellationToken);
        var report = model.Evaluate(bars, exogenous);
        return new JudgedModel(model.WithSkill(report.ToSkill()), report);
    }
}
