using System.Runtime.InteropServices;

namespace TradingBot.Prediction;

/// <summary>What a model expects a future close to be.</summary>
/// <param name="Price">The expected close, in the quote asset; finite and above 0.</param>
/// <param name="BasePrice">The last close that the model saw, in the quote asset.</param>
/// <param name="Horizon">How many bars ahead the expected close lies; 1 or more.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Forecast(double Price, double BasePrice, int Horizon)
{
    /// <summary>Gets the expected simple return over the horizon: 0.01 is one per cent up.</summary>
    public double Return => (Price / BasePrice) - 1;
}
