using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Benchmarks;

/// <summary>Tells how long each forecast took.</summary>
internal sealed class WatchedPredictor(OnnxPredictor inner, ReactionWatch watch) : IPredictor, IDisposable
{
    public ModelCard Card => inner.Card;

    public Forecast? Predict(BarSeries bars)
    {
        var started = TimeProvider.System.GetTimestamp();
        var forecast = inner.Predict(bars);
        watch.Forecast(TimeProvider.System.GetElapsedTime(started));
        return forecast;
    }

    public ForecastSeries PredictSeries(BarSeries bars) => inner.PredictSeries(bars);

    public void Dispose() => inner.Dispose();
}
