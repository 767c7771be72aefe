namespace TradingBot.Training.Data;

/// <summary>Cuts a series into training and test parts that follow each other.</summary>
/// <remarks>
/// <para>Purged: a sample belongs to a training part only with all its targets (<see cref="Dataset.Samples"/>), so none shares a target with a test.
/// Embargoed: as many bars as wanted lie between the two. Test parts do not overlap and leave no bar out, so that their forecasts can be joined.</para>
/// <para>After López de Prado (2018), Advances in Financial Machine Learning, chapter 7; training parts lie before their test only, as a model in use has nothing else.</para>
/// </remarks>
public static class WalkForwardFolds
{
    /// <summary>Cuts a series.</summary>
    /// <param name="bars">The number of bars.</param>
    /// <param name="options">The sizes of the parts.</param>
    /// <returns>The folds in the order of time, at least one.</returns>
    /// <exception cref="TrainingException">The bars are too few for one fold.</exception>
    public static IReadOnlyList<Fold> Create(int bars, WalkForwardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TrainBars, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.TestBars, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.EmbargoBars);
        List<Fold> folds = [];
        for (var trainEnd = options.TrainBars; trainEnd + options.EmbargoBars < bars; trainEnd += options.TestBars)
        {
            var test = trainEnd + options.EmbargoBars;
            folds.Add(new Fold(
                new BarRange(options.Expanding ? 0 : trainEnd - options.TrainBars, trainEnd),
                new BarRange(test, Math.Min(bars, test + options.TestBars))));
        }

        return folds.Count > 0
            ? folds
            : throw new TrainingException(
                $"{bars} bars are too few to walk forward: {options.TrainBars} to train on, {options.EmbargoBars} of embargo and one to test need {options.TrainBars + options.EmbargoBars + 1}.");
    }
}
