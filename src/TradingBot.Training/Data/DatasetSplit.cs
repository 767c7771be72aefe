namespace TradingBot.Training.Data;

/// <summary>The three parts of a series in the order of time: to learn from, to choose by, and to judge by.</summary>
/// <remarks>Samples to learn from lie in their part with all their targets, so that no target of one part is one of another. Windows of the later parts may
/// begin in the earlier ones, as they do live.</remarks>
/// <param name="Train">The training part.</param>
/// <param name="Validation">The tail of what may be seen before the test, for early stopping and the choice of a round; empty for none.</param>
/// <param name="Test">The part that nothing may be chosen by.</param>
public sealed record DatasetSplit(BarRange Train, BarRange Validation, BarRange Test)
{
    /// <summary>Gets all that a model has seen before it is judged: training and validation part.</summary>
    public BarRange Seen => new(Train.Start, Validation.End);

    /// <summary>Cuts a series.</summary>
    /// <param name="bars">The number of bars.</param>
    /// <param name="trainPart">The share of the training part; above 0.</param>
    /// <param name="validationPart">The share of the validation part; 0 or more, and below 1 together with the training part.</param>
    /// <exception cref="TrainingException">The bars are too few for one bar in each part.</exception>
    public static DatasetSplit Chronological(int bars, double trainPart, double validationPart = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bars);
        if (!(trainPart > 0) || !(validationPart >= 0) || !(trainPart + validationPart < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(trainPart), trainPart, $"Expected a training part above 0 and a validation part of 0 or more, together below 1, found {trainPart} and {validationPart}.");
        }

        var (train, seen) = ((int)(bars * trainPart), (int)(bars * (trainPart + validationPart)));
        return train >= 1 && seen < bars && (validationPart == 0 || seen > train)
            ? new DatasetSplit(new BarRange(0, train), new BarRange(train, seen), new BarRange(seen, bars))
            : throw new TrainingException($"{bars} bars are too few to be cut into {trainPart:P0} for training, {validationPart:P0} for validation and the rest for the test.");
    }
}
