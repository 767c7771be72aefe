namespace TradingBot.Training;

/// <summary>The outcome of one round of a training.</summary>
/// <param name="Epoch">The epoch whose parameters were kept, from 1.</param>
/// <param name="TrainingLoss">The mean loss over the batches of that epoch.</param>
/// <param name="ValidationLoss">The loss on the samples that were kept out, after that epoch; <see langword="null"/> where none were.</param>
public sealed record TrainedRound(int Epoch, double TrainingLoss, double? ValidationLoss)
{
    internal float[] Parameters { get; init; } = [];
}
