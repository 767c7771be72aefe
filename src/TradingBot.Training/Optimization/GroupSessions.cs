using System.Collections.Concurrent;
using TradingBot.Training.Networks;

namespace TradingBot.Training.Optimization;

/// <summary>The sessions that groups of one size take in turns: as many as run at once, so that memory grows with the processors and not with the rounds.</summary>
/// <param name="plan">The network, for the rounds of a group.</param>
/// <param name="options">How it is trained, with the number of rounds of a group.</param>
/// <param name="data">The samples.</param>
/// <param name="trainingCount">The number of samples to train on.</param>
/// <param name="validationStart">The first sample that is kept out.</param>
internal sealed class GroupSessions(NetworkPlan plan, TrainingOptions options, TrainingData data, int trainingCount, int validationStart) : IDisposable
{
    private readonly ConcurrentBag<(TrainingSession Training, ValidationSession? Validation)> _idle = [];

    public NetworkPlan Plan => plan;

    public TrainingOptions Options => options;

    /// <summary>Gets the number of samples of a step.</summary>
    public int Batch { get; } = Math.Min(options.BatchSize, trainingCount);

    public bool HasValidation => validationStart < data.Count;

    /// <summary>Takes a pair of sessions, to be given back by <see cref="Return"/>.</summary>
    public (TrainingSession Training, ValidationSession? Validation) Rent() => _idle.TryTake(out var sessions)
        ? sessions
        : (new TrainingSession(plan, options, Batch), HasValidation ? new ValidationSession(plan, options, data, validationStart) : null);

    public void Return((TrainingSession Training, ValidationSession? Validation) sessions) => _idle.Add(sessions);

    public void Dispose()
    {
        while (_idle.TryTake(out var sessions))
        {
            sessions.Training.Dispose();
            sessions.Validation?.Dispose();
        }
    }
}
