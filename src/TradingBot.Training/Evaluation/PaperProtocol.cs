using TradingBot.Prediction.Evaluation;

namespace TradingBot.Training.Evaluation;

/// <summary>The protocol by which Wu, Zhang, Huang, Zhou and Chandra compare models of the Bitcoin price (2024, arXiv:2405.11431).</summary>
/// <remarks>The first <see cref="TrainPart"/> of the rows is for training. The rest is cut into windows of <see cref="Window"/> rows and <see cref="Steps"/> rows after them, all inside it,
/// and each step is scored over all windows. Two of its choices flatter: forecasts and closes are rescaled apart, so that a forecast of half the price
/// is perfect, and the scaler saw the test part. The scores here give the honest measure beside the paper's.</remarks>
public sealed record PaperProtocol
{
    /// <summary>Gets how many rows a model reads.</summary>
    /// <value>The default is 6. 1 or more.</value>
    public int Window { get; init; } = 6;

    /// <summary>Gets how many rows ahead a model forecasts.</summary>
    /// <value>The default is 5. 1 or more.</value>
    public int Steps { get; init; } = 5;

    /// <summary>Gets the share of the rows to train on.</summary>
    /// <value>The default is 0.7. Above 0 and below 1.</value>
    public double TrainPart { get; init; } = 0.7;

    /// <summary>Gets the number of rows to train on.</summary>
    /// <param name="rows">The number of all rows.</param>
    public int TrainRows(int rows) => (int)(rows * TrainPart);

    /// <summary>Gets the last row of each window of the test part, oldest first.</summary>
    /// <param name="rows">The number of all rows.</param>
    /// <exception cref="TrainingException">The test part is shorter than a window and the rows after it.</exception>
    public IReadOnlyList<int> TestWindowEnds(int rows)
    {
        Check();
        var first = TrainRows(rows) + Window - 1;
        return rows - Steps > first
            ? [.. Enumerable.Range(first, rows - Steps - first)]
            : throw new TrainingException($"The test part of {rows} rows has {rows - TrainRows(rows)}; expected {Window + Steps} or more, for a window of {Window} and {Steps} after it.");
    }

    /// <summary>Scores a forecaster on the test part.</summary>
    /// <param name="closes">The closes of all rows, oldest first.</param>
    /// <param name="forecast">Forecasts at a row, given its place: <see cref="Steps"/> closes, the next one first.</param>
    /// <returns>One score per step.</returns>
    /// <exception cref="ArgumentException">A forecast has another number of closes.</exception>
    /// <exception cref="TrainingException">The test part is shorter than a window and the rows after it.</exception>
    public IReadOnlyList<PaperScore> Score(IReadOnlyList<double> closes, Func<int, IReadOnlyList<double>> forecast)
    {
        ArgumentNullException.ThrowIfNull(closes);
        ArgumentNullException.ThrowIfNull(forecast);
        var ends = TestWindowEnds(closes.Count);
        var forecasts = ends.Select(forecast).ToArray();
        if (Array.Find(forecasts, one => one.Count != Steps) is { } odd)
        {
            throw new ArgumentException($"Expected {Steps} closes per forecast, found {odd.Count}.", nameof(forecast));
        }

        return [.. Enumerable.Range(1, Steps).Select(step => Score(
            step,
            [.. forecasts.Select(one => one[step - 1])],
            [.. ends.Select(end => closes[end + step])],
            [.. ends.Select(end => closes[end])]))];
    }

    /// <summary>Scores "the price stays as it is" on the test part.</summary>
    /// <param name="closes">The closes of all rows, oldest first.</param>
    /// <returns>One score per step.</returns>
    public IReadOnlyList<PaperScore> ScorePersistence(IReadOnlyList<double> closes)
    {
        ArgumentNullException.ThrowIfNull(closes);
        return Score(closes, end => [.. Enumerable.Repeat(closes[end], Steps)]);
    }

    private void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        if (!(TrainPart > 0) || !(TrainPart < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(TrainPart), TrainPart, "Expected a share above 0 and below 1.");
        }
    }

    private static PaperScore Score(int step, double[] forecasts, double[] actuals, double[] bases)
    {
        var oneScale = MinMaxRmse.OnOneScale(forecasts, actuals);
        var persistence = MinMaxRmse.OnOneScale(bases, actuals);
        return new PaperScore(step, MinMaxRmse.OnSeparateScales(forecasts, actuals), oneScale, persistence > 0 ? oneScale / persistence : null);
    }
}
