namespace TradingBot.Strategies;

/// <summary>The settings of <see cref="ThresholdStrategy"/>.</summary>
public sealed record ThresholdStrategyOptions
{
    /// <summary>Gets or sets the forecast return beyond which a position is entered: 0.01 is one per cent.</summary>
    /// <value>The default is 0.01. Above 0 and below 1: at 0 every forecast, however small, would trade on noise.</value>
    public double Threshold { get; set; } = 0.01;

    /// <summary>Gets or sets the loss at which a position is closed, as a share of its entry price: 0.05 is five per cent.</summary>
    /// <value>The default is <see langword="null"/>, no stop loss. Above 0 and below 1: at 0 any loss would close.</value>
    public double? StopLoss { get; set; }

    /// <summary>Says what is wrong with the settings, one sentence each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Threshold is not (> 0 and < 1))
        {
            yield return $"{nameof(Threshold)} must be above 0 and below 1, found {Threshold}.";
        }

        if (StopLoss is not (null or (> 0 and < 1)))
        {
            yield return $"{nameof(StopLoss)} must be above 0 and below 1, or left out for none, found {StopLoss}.";
        }
    }
}
