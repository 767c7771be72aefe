namespace TradingBot.Prediction;

/// <summary>A column of the bars that a model reads.</summary>
public enum BarFeature
{
    /// <summary>The first price.</summary>
    Open = 1,

    /// <summary>The highest price.</summary>
    High = 2,

    /// <summary>The lowest price.</summary>
    Low = 3,

    /// <summary>The last price.</summary>
    Close = 4,

    /// <summary>The traded amount of the base asset.</summary>
    Volume = 5,
}
