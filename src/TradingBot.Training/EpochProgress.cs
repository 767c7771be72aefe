namespace TradingBot.Training;

/// <summary>How far a training is.</summary>
/// <param name="Epoch">The epoch that ended, from 1.</param>
/// <param name="Epochs">The largest number of epochs; early stopping may end before.</param>
/// <param name="TrainingLosses">Each round's mean loss over the epoch's batches; rounds that ended early may keep their last.</param>
/// <param name="ValidationLosses">Each round's loss on the samples that were kept out; empty where none were.</param>
/// <param name="Elapsed">The time since the training began.</param>
public sealed record EpochProgress(int Epoch, int Epochs, IReadOnlyList<double> TrainingLosses, IReadOnlyList<double> ValidationLosses, TimeSpan Elapsed)
{
    /// <summary>Gets the time that is left if all epochs are run and each takes as long as those before it did.</summary>
    public TimeSpan TimeLeft => Elapsed / Epoch * (Epochs - Epoch);
}
