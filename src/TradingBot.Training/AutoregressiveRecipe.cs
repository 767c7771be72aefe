using System.Globalization;
using TradingBot.Market;
using TradingBot.Training.Models;

namespace TradingBot.Training;

/// <summary>Fits an autoregression to the log returns; see <see cref="AutoregressiveModel"/>.</summary>
/// <param name="order">How many log returns the model looks back on; 1 or more.</param>
public sealed class AutoregressiveRecipe(int order) : ModelRecipe
{
    /// <inheritdoc/>
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"ar-{order}");

    /// <inheritdoc/>
    public override string Fingerprint => Name;

    /// <inheritdoc/>
    public override TrainedModel Train(
        BarSeries bars,
        IReadOnlyList<ExogenousSeries>? exogenous = null,
        IProgress<EpochProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new TrainedModel(AutoregressiveModel.Fit(bars, order).ToOnnx());
    }
}
