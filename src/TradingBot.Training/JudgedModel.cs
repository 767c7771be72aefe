using TradingBot.Prediction.Evaluation;

namespace TradingBot.Training;

/// <summary>A model and what it is worth.</summary>
/// <param name="Model">The model, with the verdict in its card.</param>
/// <param name="Report">The evaluation on bars that the model has not seen.</param>
public sealed record JudgedModel(TrainedModel Model, ForecastReport Report);
