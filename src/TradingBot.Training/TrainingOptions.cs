namespace TradingBot.Training;

/// <summary>How a network is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>Gets the largest number of passes over the samples.</summary>
    /// <value>The default is 100. 1 or more.</value>
    public int Epochs { get; init; } = 100;

    /// <summary>Gets the number of samples that a step averages over.</summary>
    /// <value>The default is 32. 1 or more; the last batch of an epoch may have fewer.</value>
    public int BatchSize { get; init; } = 32;

    /// <summary>Gets the step size of Adam.</summary>
    /// <value>The default is 0.001. Above 0.</value>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Gets what is made small.</summary>
    /// <value>The default is <see cref="LossFunction.MeanSquaredError"/>.</value>
    public LossFunction Loss { get; init; } = LossFunction.MeanSquaredError;

    /// <summary>Gets the largest Euclidean norm of the gradient of a round; a longer one is shortened to it.</summary>
    /// <value>The default is 1. Above 0, or <see langword="null"/> for none.</value>
    public double? GradientNorm { get; init; } = 1;

    /// <summary>Gets the part of the samples, the latest ones, that is kept out of training to watch it.</summary>
    /// <value>The default is 0.1. 0 or more and below 1; with 0 training runs all epochs and keeps the last parameters.</value>
    public double ValidationPart { get; init; } = 0.1;

    /// <summary>Gets after how many epochs without a lower validation loss a round ends; it keeps the parameters of its lowest loss.</summary>
    /// <value>The default is 10. 1 or more.</value>
    public int Patience { get; init; } = 10;

    /// <summary>Gets how many networks are trained side by side, which differ in their first parameters, the order of samples and dropout.</summary>
    /// <value>The default is 1. 1 or more. Together they take less time than one after another.</value>
    public int Rounds { get; init; } = 1;

    /// <summary>Gets the seed of everything random. The same seed, data and options give the same networks.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Gets the clock by which progress tells the time that is left. It changes nothing that is trained.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Throws for a value outside its range.</summary>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Rounds, 1);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        if (!(LearningRate > 0) || !double.IsFinite(LearningRate))
        {
            throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "Expected a finite number above 0.");
        }

        if (GradientNorm is { } norm && (!(norm > 0) || !double.IsFinite(norm)))
        {
            throw new ArgumentOutOfRangeException(nameof(GradientNorm), norm, "Expected a finite number above 0, or null.");
        }

        if (!(ValidationPart >= 0) || ValidationPart >= 1)
        {
            throw new ArgumentOutOfRangeException(nameof(ValidationPart), ValidationPart, "Expected 0 or more and below 1.");
        }

        if (!Enum.IsDefined(Loss))
        {
            throw new ArgumentOutOfRangeException(nameof(Loss), Loss, "Expected MeanSquaredError, MeanAbsoluteError or Huber.");
        }
    }
}
