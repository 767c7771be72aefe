namespace TradingBot.Training.Optimization;

/// <summary>Keeps every round's best parameters, and tells when no round gets better any more.</summary>
internal sealed class EarlyStopping(int rounds, int? patience, int firstRound)
{
    private readonly TrainedRound?[] _kept = new TrainedRound?[rounds];
    private readonly bool[] _ended = new bool[rounds];

    public bool IsOver => !_ended.Contains(false);

    public IReadOnlyList<TrainedRound> Kept => [.. _kept.Select(round => round!)];

    public void Record(int epoch, double[] losses, double[] validationLosses, ReadOnlySpan<float> parameters)
    {
        var length = parameters.Length / rounds;
        for (var round = 0; round < rounds; round++)
        {
            if (_ended[round])
            {
                continue;
            }

            double? validationLoss = patience is null ? null : validationLosses[round];
            if (!double.IsFinite(losses[round]) || validationLoss is { } found && !double.IsFinite(found))
            {
                throw new TrainingException(
                    $"The loss of round {firstRound + round} is not finite after epoch {epoch}: {losses[round]} in training. Expected a smaller learning rate, clipped gradients, or scaled data.");
            }

            if (_kept[round] is not { } best || validationLoss is null || validationLoss < best.ValidationLoss)
            {
                var kept = _kept[round]?.Parameters ?? new float[length];
                parameters.Slice(round * length, length).CopyTo(kept);
                _kept[round] = new TrainedRound(epoch, losses[round], validationLoss) { Parameters = kept };
            }
            else if (epoch - best.Epoch >= patience)
            {
                _ended[round] = true;
            }
        }
    }
}
