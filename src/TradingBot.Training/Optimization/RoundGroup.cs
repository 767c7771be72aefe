using TradingBot.Training.Networks;

namespace TradingBot.Training.Optimization;

/// <summary>Rounds that are trained side by side in one graph. Groups know nothing of each other, so that they can run on several threads.</summary>
internal sealed class RoundGroup : IDisposable
{
    private readonly GroupSessions _sessions;
    private readonly TrainingState _state;
    private readonly Batches _batches;
    private readonly EarlyStopping _watch;
    private readonly double[] _losses;
    private readonly double[] _validationLosses;
    private readonly int _trainingCount;
    private int _epoch;
    private int _step;

    /// <param name="sessions">The sessions of groups of this size.</param>
    /// <param name="data">The samples.</param>
    /// <param name="firstRound">The first of all rounds that is of this group.</param>
    /// <param name="trainingCount">The number of samples to train on.</param>
    public RoundGroup(GroupSessions sessions, TrainingData data, int firstRound, int trainingCount)
    {
        (_sessions, _trainingCount) = (sessions, trainingCount);
        var (plan, options, count) = (sessions.Plan, sessions.Options, sessions.Options.Rounds);
        _state = new TrainingState(count, plan.ParameterCount);
        _batches = new Batches(data, trainingCount, plan, sessions.Batch, options, firstRound);
        _watch = new EarlyStopping(count, sessions.HasValidation ? options.Patience : null, firstRound);
        (_losses, _validationLosses) = (new double[count], sessions.HasValidation ? new double[count] : []);
        for (var round = 0; round < count; round++)
        {
            plan.Initialize(
                _state.Parameters.Span.Slice(round * plan.ParameterCount, plan.ParameterCount),
                RandomStreams.Create(options.Seed, firstRound + round, RandomStreams.Purpose.Initialization));
        }
    }

    public NetworkPlan Plan => _sessions.Plan;

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

        var sessions = _sessions.Rent();
        try
        {
            sessions.Training.Attach(_state);
            _epoch++;
            Train(sessions.Training, cancellationToken);
            sessions.Validation?.Run(_state.Parameters, _validationLosses);
        }
        finally
        {
            _sessions.Return(sessions);
        }

        _watch.Record(_epoch, _losses, _validationLosses, _state.Parameters.Span);
    }

    public void Dispose() => _state.Dispose();

    private void Train(TrainingSession session, CancellationToken cancellationToken)
    {
        _batches.Shuffle();
        Array.Clear(_losses);
        for (var i = 0; i < _batches.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var filled = _batches.Fill(session, i);
            session.Step(Adam.Rate(_sessions.Options.LearningRate, ++_step));
            for (var round = 0; round < _losses.Length; round++)
            {
                _losses[round] += (double)session.Loss[round] * filled / _trainingCount;
            }
        }
    }
}
