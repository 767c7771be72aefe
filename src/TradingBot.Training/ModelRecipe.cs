using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Training;

/// <summary>A kind of model with all its settings: given bars, it makes a model's file. The same bars and settings give the same file.</summary>
/// <remarks>A recipe sees no bars but those that it is given, so a model cannot have seen what it is judged on.</remarks>
public abstract class ModelRecipe
{
    /// <summary>Gets the name that its models carry.</summary>
    public abstract string Name { get; }

    /// <summary>Gets a text that differs wherever the settings differ in anything that changes the model, by which models are kept and found again.</summary>
    public abstract string Fingerprint { get; }

    /// <summary>Gets the values from outside the market that its models read.</summary>
    public virtual IReadOnlyList<ExogenousFeature> Exogenous => [];

    /// <summary>Trains a model.</summary>
    /// <param name="bars">All that the model may see, oldest first.</param>
    /// <param name="exogenous">The series that <see cref="Exogenous"/> names; others are ignored. A bar has what was published by its close.</param>
    /// <param name="progress">Is told of every epoch, where there are such; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <exception cref="ArgumentException">A setting is outside its range, or a series is missing.</exception>
    /// <exception cref="TrainingException">The bars are too few or do not determine the model, or the training failed.</exception>
    /// <exception cref="OperationCanceledException">The training was canceled.</exception>
    public abstract TrainedModel Train(
        BarSeries bars,
        IReadOnlyList<ExogenousSeries>? exogenous = null,
        IProgress<EpochProgress>? progress = null,
        CancellationToken cancellationToken = default);
}
