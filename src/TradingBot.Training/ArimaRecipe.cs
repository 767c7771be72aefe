using System.Globalization;
using TradingBot.Market;
using TradingBot.Training.Models;

namespace TradingBot.Training;

/// <summary>Fits an ARIMA to the logarithms of the closes; see <see cref="ArimaPredictor"/>.</summary>
/// <param name="order">The order; d is 1 or 2.</param>
/// <param name="horizon">How many bars ahead the forecast close lies; 1 or more.</param>
/// <param name="window">How many bars a forecast reads; <see langword="null"/> for as many as matter.</param>
public sealed class ArimaRecipe(ArimaOrder order, int horizon = 1, int? window = null) : ModelRecipe
{
    /// <inheritdoc/>
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"arima-{order.P}-{order.D}-{order.Q}");

    /// <inheritdoc/>
    public override string Fingerprint => string.Create(CultureInfo.InvariantCulture, $"{Name} horizon {horizon} window {window}");

    /// <inheritdoc/>
    public override TrainedModel Train(
        BarSeries bars,
        IReadOnlyList<ExogenousSeries>? exogenous = null,
        IProgress<EpochProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new TrainedModel(ArimaPredictor.Fit(bars, order, horizon, window).ToOnnx());
    }
}
