using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>Forecasts a close from closed bars. Implementations are thread-safe and keep no memory between calls.</summary>
public interface IPredictor
{
    /// <summary>Gets the description of the model: what it reads, how far it looks ahead, what it was trained on.</summary>
    ModelCard Card { get; }

    /// <summary>Forecasts from the end of a series.</summary>
    /// <param name="bars">Closed bars, oldest first; the model reads the last <see cref="ModelCard.RequiredBars"/> of them.</param>
    /// <returns>The forecast, or <see langword="null"/> when the window is not whole: too few bars, or bars missing inside it.</returns>
    /// <exception cref="ArgumentException">The bars are not of the interval that the model was made for.</exception>
    /// <exception cref="ModelException">The model failed, or gave something that is not a price.</exception>
    Forecast? Predict(BarSeries bars);

    /// <summary>Forecasts at every bar of a series, each from that bar and those before it, with the same numbers as <see cref="Predict"/>.</summary>
    /// <param name="bars">Closed bars, oldest first.</param>
    /// <exception cref="ArgumentException">The bars are not of the interval that the model was made for.</exception>
    /// <exception cref="ModelException">The model failed, or gave something that is not a price.</exception>
    ForecastSeries PredictSeries(BarSeries bars);
}
