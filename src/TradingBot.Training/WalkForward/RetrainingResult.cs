using TradingBot.Prediction.Evaluation;

namespace TradingBot.Training.WalkForward;

/// <summary>The outcome of a retraining.</summary>
/// <param name="Report">What the recipe is worth, on forecasts of bars that their models had not seen.</param>
/// <param name="Model">The model that went live, or <see langword="null"/> where none did and the old one stays.</param>
public sealed record RetrainingResult(ForecastReport Report, TrainedModel? Model)
{
    /// <summary>Gets a value indicating whether a new model went live.</summary>
    public bool WentLive => Model is not null;
}
