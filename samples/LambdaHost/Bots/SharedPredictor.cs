using TradingBot.Market;
using TradingBot.Prediction;

namespace LambdaHost.Bots;

/// <summary>A model that is being loaded, for all who use it; whoever asks it first has waited for it. It outlives them: it cannot be disposed.</summary>
internal sealed class SharedPredictor(Task<OnnxPredictor> model) : IPredictor
{
    public ModelCard Card => Loaded.Card;

    private OnnxPredictor Loaded => model.IsCompletedSuccessfully ? model.Result : throw new InvalidOperationException("The model was asked before it was loaded.");

    public Forecast? Predict(BarSeries bars) => Loaded.Predict(bars);

    public ForecastSeries PredictSeries(BarSeries bars) => Loaded.PredictSeries(bars);
}
