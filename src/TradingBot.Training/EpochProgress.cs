namespace TradingBot.Training;

/// <summary>How far a training is.</summary>
/// <param name="Epoch">The epoch that ended, from 1.</param>
/// <param name="TrainingLosses">Each round's mean loss over the epoch's batches; rounds that ended early may keep their last.</param>
/// <param name="ValidationLosses">Each round's loss on the samples that were kept out; empty where none were.</param>
public sealed record EpochProgress(int Epoch, IReadOnlyList<double> TrainingLosses, IReadOnlyList<double> ValidationLosses);
