using TradingBot.Market;

namespace TradingBot.Prediction;

/// <summary>Finds the column of a feature.</summary>
public static class BarColumn
{
    /// <summary>Gets the column that a feature names, one value per bar.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="feature">The feature.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="feature"/> is none of the columns.</exception>
    public static ReadOnlySpan<double> Column(this BarSeries bars, BarFeature feature)
    {
        ArgumentNullException.ThrowIfNull(bars);
        return feature switch
        {
            BarFeature.Open => bars.Opens,
            BarFeature.High => bars.Highs,
            BarFeature.Low => bars.Lows,
            BarFeature.Close => bars.Closes,
            BarFeature.Volume => bars.Volumes,
            _ => throw new ArgumentOutOfRangeException(nameof(feature), feature, $"Expected one of {string.Join(", ", Enum.GetNames<BarFeature>())}."),
        };
    }
}
