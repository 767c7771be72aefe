using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Tests.Simulation.Worlds;

/// <summary>Expects the price to rise a little, always: what the bot does is the strategy's.</summary>
internal sealed class FixedPredictor : IPredictor
{
    public ModelCard Card { get; } = new() { Name = "fixed", Features = [BarFeature.Close], Window = 1, Horizon = 1, Interval = Interval.OneMinute };

    public Forecast? Predict(BarSeries bars) => new Forecast(bars.Closes[^1] * 1.001, bars.Closes[^1], 1);

    public ForecastSeries PredictSeries(BarSeries bars) => throw new NotSupportedException("A live trader forecasts one bar at a time.");
}
