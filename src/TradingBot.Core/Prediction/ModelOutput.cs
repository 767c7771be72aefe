namespace TradingBot.Prediction;

/// <summary>What the number that a model puts out means.</summary>
public enum ModelOutput
{
    /// <summary>The expected close, in the quote asset.</summary>
    Price = 1,

    /// <summary>The expected close in the scale of the model's inputs.</summary>
    ScaledPrice = 2,

    /// <summary>The expected simple return: 0.01 is one per cent up.</summary>
    Return = 3,

    /// <summary>The expected natural logarithm of the price ratio.</summary>
    LogReturn = 4,

    /// <summary>The expected direction: above 0 up, below 0 down, from -1 to 1. A probability p of a rise is not one; 2p - 1 is.</summary>
    Direction = 5,
}
