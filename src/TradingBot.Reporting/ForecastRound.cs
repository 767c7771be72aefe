using TradingBot.Prediction.Evaluation;

namespace TradingBot.Reporting;

/// <summary>What is shown of one round of a training: one of several independent repetitions.</summary>
public sealed record ForecastRound
{
    /// <summary>Gets the mean training loss after each epoch, first epoch first.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<double> TrainingLosses { get; init; } = [];

    /// <summary>Gets the loss on the samples that were kept out, after each epoch.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<double> ValidationLosses { get; init; } = [];

    /// <summary>Gets the epoch whose parameters were kept, from 1, or <see langword="null"/> if it is not known.</summary>
    public int? KeptEpoch { get; init; }

    /// <summary>Gets what the round's model was found to be worth, or <see langword="null"/> if it was not evaluated.</summary>
    public ForecastReport? Report { get; init; }
}
