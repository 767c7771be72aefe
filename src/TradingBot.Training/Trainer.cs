using System.Runtime.ExceptionServices;
using TradingBot.Training.Networks;
using TradingBot.Training.Optimization;

namespace TradingBot.Training;

/// <summary>Trains networks: mini-batches in random order, Adam, and the parameters of the lowest loss on the latest samples.</summary>
public static class Trainer
{
    private const int LargestGroup = 15;
    private const int ParametersPerGroup = 120_000;

    /// <summary>Trains a network, several rounds on all processors. The same data, options and seed give the same parameters on any number of them.</summary>
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
        var batch = Math.Min(options.BatchSize, Divide(data.Count, data.Steps, options.ValidationPart).TrainingCount);
        return Train(architecture, data, options, GroupSize(architecture, data, options.Rounds, batch), progress, cancellationToken);
    }

    /// <summary>Trains with so many rounds to a graph. A round's result does not depend on it beyond the last bits of its arithmetic.</summary>
    internal static TrainedNetwork Train(
        NetworkArchitecture architecture, TrainingData data, TrainingOptions options, int groupSize, IProgress<EpochProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var start = options.TimeProvider.GetTimestamp();
        var (trainingCount, validationStart) = Divide(data.Count, data.Steps, options.ValidationPart);
        var sessions = new Dictionary<int, GroupSessions>();
        var groups = new List<RoundGroup>();
        try
        {
            for (var first = 0; first < options.Rounds; first += groupSize)
            {
                groups.Add(new RoundGroup(SessionsFor(Math.Min(groupSize, options.Rounds - first)), data, first, trainingCount));
            }

            for (var epoch = 1; epoch <= options.Epochs && groups.Exists(group => !group.IsOver); epoch++)
            {
                RunEpoch(groups, cancellationToken);
                progress?.Report(new EpochProgress(
                    epoch,
                    options.Epochs,
                    [.. groups.SelectMany(group => group.Losses)],
                    [.. groups.SelectMany(group => group.ValidationLosses)],
                    options.TimeProvider.GetElapsedTime(start)));
            }

            return new TrainedNetwork(groups[0].Plan, [.. groups.SelectMany(group => group.Kept)]);
        }
        finally
        {
            groups.ForEach(group => group.Dispose());
            foreach (var one in sessions.Values)
            {
                one.Dispose();
            }
        }

        GroupSessions SessionsFor(int rounds)
        {
            if (!sessions.TryGetValue(rounds, out var found))
            {
                var shape = new NetworkShape(data.Window, data.Features, data.Steps);
                var plan = NetworkPlan.Create(architecture, shape, rounds, Math.Min(options.BatchSize, trainingCount));
                sessions.Add(rounds, found = new GroupSessions(plan, options with { Rounds = rounds }, data, trainingCount, validationStart));
            }

            return found;
        }
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

    // Rounds of one graph share the cost of calling operators, until their parameters leave the processor's cache. At least two groups, for more than one
    // processor. The size depends on nothing else, so that the number of processors changes the time alone.
    private static int GroupSize(NetworkArchitecture architecture, TrainingData data, int rounds, int batch)
    {
        var parameters = NetworkPlan.Create(architecture, new NetworkShape(data.Window, data.Features, data.Steps), 1, batch).ParameterCount;
        return Math.Clamp(ParametersPerGroup / parameters, 1, Math.Min(LargestGroup, (rounds + 1) / 2));
    }

    private static void RunEpoch(List<RoundGroup> groups, CancellationToken cancellationToken)
    {
        if (groups.Count == 1)
        {
            groups[0].RunEpoch(cancellationToken);
            return;
        }

        // A failure is told as itself, and always that of the first round that failed.
        var failures = new Exception?[groups.Count];
        Parallel.For(0, groups.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            try
            {
                groups[i].RunEpoch(cancellationToken);
            }
            catch (Exception e)
            {
                failures[i] = e;
            }
        });
        if (Array.Find(failures, failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
