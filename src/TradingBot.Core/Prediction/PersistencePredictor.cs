using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>Expects every close to be the last one: "the next close is this close". The baseline that a model has to beat.</summary>
public sealed class PersistencePredictor : IPredictor
{
    /// <summary>Initializes the baseline.</summary>
    /// <param name="interval">The length of the bars.</param>
    /// <param name="horizon">How many bars ahead the forecast close lies; 1 or more.</param>
    public PersistencePredictor(Interval interval, int horizon = 1)
    {
        ArgumentNullException.ThrowIfNull(interval);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        Card = new ModelCard { Name = "persistence", Features = [BarFeature.Close], Window = 1, Horizon = horizon, Interval = interval };
    }

    /// <inheritdoc/>
    public ModelCard Card { get; }

    /// <inheritdoc/>
    public Forecast? Predict(BarSeries bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        Card.RequireInterval(bars);
        return bars.Count == 0 ? null : new Forecast(bars.Closes[^1], bars.Closes[^1], Card.Horizon);
    }

    /// <inheritdoc/>
    public ForecastSeries PredictSeries(BarSeries bars)
    {
        ArgumentNullException.ThrowIfNull(bars);
        Card.RequireInterval(bars);
        return new ForecastSeries(bars, bars.Closes.ToArray(), Card.Horizon);
    }
}
