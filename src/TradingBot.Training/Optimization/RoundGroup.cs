using TradingBot.Training.Networks;

namespace TradingBot.Training.Optimization;

/// <summary>Rounds that are trained side by side in one graph. Groups know nothing of each other, so that they can run on several threads.</summary>
internal sealed class RoundGroup : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly TrainingSession _session;
    private readonly ValidationSession? _validation;
    private readonly Batches _batches;
    private readonly EarlyStopping _watch;
    private readonly double[] _losses;
    private readonly double[] _validationLosses;
    private readonly int _trainingCount;
    private int _epoch;
    private int _step;

    /// <param name="architecture">The network.</param>
    /// <param name="data">The samples.</param>
    /// <param name="options">How to train, with the number of all rounds.</param>
    /// <param name="rounds">The rounds of this group.</param>
    /// <param name="trainingCount">The number of samples to train on.</param>
    /// <param name="validationStart">The first sample that is kept out.</param>
    public RoundGroup(NetworkArchitecture architecture, TrainingData data, TrainingOptions options, Range rounds, int trainingCount, int validationStart)
    {
        var (first, count) = rounds.GetOffsetAndLength(options.Rounds);
        _options = options with { Rounds = count };
        _trainingCount = trainingCount;
        var batch = Math.Min(options.BatchSize, trainingCount);
        Plan = NetworkPlan.Create(architecture, new NetworkShape(data.Window, data.Features, data.Steps), count, batch);
        _session = new TrainingSession(Plan, _options, batch);
        _validation = validationStart < data.Count ? new ValidationSession(Plan, _options, data, validationStart) : null;
        _batches = new Batches(data, trainingCount, Plan, batch, _options, first);
        _watch = new EarlyStopping(count, _validation is null ? null : options.Patience, first);
        (_losses, _validationLosses) = (new double[count], _validation is null ? [] : new double[count]);
        for (var round = 0; round < count; round++)
        {
            Plan.Initialize(
                _session.Parameters.Span.Slice(round * Plan.ParameterCount, Plan.ParameterCount),
                RandomStreams.Create(options.Seed, first + round, RandomStreams.Purpose.Initialization));
        }
    }

    public NetworkPlan Plan { get; }

    /// <summary>Gets whether no round gets better any more.</summary>
    public bool IsOver => _watch.IsOver;

    /// <summary>Gets each round's mean loss over the batches of the last epoch that it trained.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>Gets each round's loss on the samples that are kept out; empty where none are.</summary>
    public IReadOnlyList<double> ValidationLosses => _validationLosses;

    /// <summary>Gets the outcome of every round.</summary>
    public IReadOnlyList<TrainedRound> Kept => _watch.Kept;

    /// <summary>Trains one epoch, unless all rounds are over.</summary>
    public void RunEpoch(CancellationToken cancellationToken)
    {
        if (IsOver)
        {
            return;
        }

        _epoch++;
        _batches.Shuffle();
        Array.Clear(_losses);
        for (var i = 0; i < _batches.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var filled = _batches.Fill(_session, i);
            _session.Step(Adam.Rate(_options.LearningRate, ++_step));
            for (var round = 0; round < _losses.Length; round++)
            {
                _losses[round] += (double)_session.Loss[round] * filled / _trainingCount;
            }
        }

        if (_validation is not null)
        {
            var losses = _validation.Run(_session.Parameters);
            for (var round = 0; round < losses.Length; round++)
            {
                _validationLosses[round] = losses[round];
            }
        }

        _watch.Record(_epoch, _losses, _validationLosses, _session.Parameters.Span);
    }

    public void Dispose()
    {
        _session.Dispose();
        _validation?.Dispose();
    }
}
