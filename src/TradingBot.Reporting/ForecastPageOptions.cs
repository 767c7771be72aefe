using TradingBot.Prediction;

namespace TradingBot.Reporting;

/// <summary>What a forecast page says beyond the forecasts.</summary>
public sealed record ForecastPageOptions
{
    /// <summary>Gets the heading.</summary>
    /// <value>The default is <see langword="null"/>: "Forecasts of", the symbol and the interval.</value>
    public string? Title { get; init; }

    /// <summary>Gets the description of the model, or <see langword="null"/> if there is none. Forecasts made before the end of its training part are left out.</summary>
    public ModelCard? Model { get; init; }

    /// <summary>Gets the rounds of the training, for the loss curve and the table of rounds.</summary>
    /// <value>The default is none; the page then has neither.</value>
    public IReadOnlyList<ForecastRound> Rounds { get; init; } = [];
}
