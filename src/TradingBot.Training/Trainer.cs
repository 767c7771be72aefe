using TradingBot.Training.Networks;
using TradingBot.Training.Optimization;

namespace TradingBot.Training;

/// <summary>Trains networks: mini-batches in random order, Adam, and the parameters of the lowest loss on the latest samples.</summary>
public static class Trainer
{
    /// <summary>Trains a network. The same data, options and seed give the same parameters.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="data">The training part and nothing else, scaled; its latest samples are kept out to watch the training.</param>
    /// <param name="options">How to train.</param>
    /// <param name="progress">Is told every epoch's losses; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Ends the training after the running step.</param>
    /// <exception cref="ArgumentException">An option is outside its range, or the network does not fit the data.</exception>
    /// <exception cref="TrainingException">There are too few samples, or a round's loss is not a number any more.</exception>
    public static TrainedNetwork Train(
        NetworkArchitecture architecture,
        TrainingData data,
        TrainingOptions options,
        IProgress<EpochProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var (trainingCount, validationStart) = Divide(data.Count, data.Steps, options.ValidationPart);
        var batch = Math.Min(options.BatchSize, trainingCount);
        var plan = NetworkPlan.Create(architecture, new NetworkShape(data.Window, data.Features, data.Steps), options.Rounds, batch);
        using var session = new TrainingSession(plan, options, batch);
        using var validation = validationStart < data.Count ? new ValidationSession(plan, options, data, validationStart) : null;
        for (var round = 0; round < options.Rounds; round++)
        {
            plan.Initialize(
                session.Parameters.Span.Slice(round * plan.ParameterCount, plan.ParameterCount),
                RandomStreams.Create(options.Seed, round, RandomStreams.Purpose.Initialization));
        }

        var batches = new Batches(data, trainingCount, plan, batch, options);
        var watch = new EarlyStopping(options.Rounds, validation is null ? null : options.Patience);
        for (var (epoch, step) = (1, 0); epoch <= options.Epochs && !watch.IsOver; epoch++)
        {
            batches.Shuffle();
            var losses = new double[options.Rounds];
            for (var i = 0; i < batches.Count; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var filled = batches.Fill(session, i);
                session.Step(Adam.Rate(options.LearningRate, ++step));
                for (var round = 0; round < losses.Length; round++)
                {
                    losses[round] += (double)session.Loss[round] * filled / trainingCount;
                }
            }

            var validationLosses = validation is null ? [] : Array.ConvertAll(validation.Run(session.Parameters).ToArray(), loss => (double)loss);
            watch.Record(epoch, losses, validationLosses, session.Parameters.Span);
            progress?.Report(new EpochProgress(epoch, losses, validationLosses));
        }

        return new TrainedNetwork(plan, watch.Kept);
    }

    /// <summary>Divides samples into those to train on and, from a place on, those that are kept out.</summary>
    /// <remarks>Targets of the samples just before the validation part lie inside it, so those samples belong to neither.</remarks>
    internal static (int TrainingCount, int ValidationStart) Divide(int count, int steps, double validationPart)
    {
        var validationCount = (int)Math.Ceiling(count * validationPart);
        if (validationCount == 0)
        {
            return (count, count);
        }

        var start = count - validationCount;
        var trainingCount = start - (steps - 1);
        return trainingCount >= 1
            ? (trainingCount, start)
            : throw new TrainingException(
                $"{count} samples are too few: {validationCount} are kept out for validation and {steps - 1} share targets with them, which leaves none to train on.");
    }
}
