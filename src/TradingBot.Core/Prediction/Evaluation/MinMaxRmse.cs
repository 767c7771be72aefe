using MathNet.Numerics.Statistics;

namespace TradingBot.Prediction.Evaluation;

/// <summary>The root of the mean squared error of forecasts after scaling to [0, 1], in the two ways in which it is published.</summary>
public static class MinMaxRmse
{
    /// <summary>Computes the error on one scale: the lowest actual value is 0 and the highest 1, for forecasts and actual values alike.</summary>
    /// <param name="forecasts">The forecasts, in the unit of the actual values.</param>
    /// <param name="actuals">What came; as many, at least one.</param>
    /// <returns>The error, or <see langword="null"/> when all actual values are alike.</returns>
    /// <exception cref="ArgumentException">The lengths differ or are 0.</exception>
    public static double? OnOneScale(ReadOnlySpan<double> forecasts, ReadOnlySpan<double> actuals)
    {
        Check(forecasts, actuals);
        var (minimum, range) = ScaleOf(actuals);
        return range > 0 ? Rmse(forecasts, minimum, range, actuals, minimum, range) : null;
    }

    /// <summary>Computes the error with forecasts and actual values each rescaled to [0, 1] by their own extremes, as Wu, Zhang, Huang, Zhou and Chandra do
    /// (2024, arXiv:2405.11431). A forecast that is always half the price has no error by this measure; it is for comparison with their tables alone.</summary>
    /// <param name="forecasts">The forecasts.</param>
    /// <param name="actuals">What came; as many, at least one.</param>
    /// <returns>The error, or <see langword="null"/> when all forecasts or all actual values are alike.</returns>
    /// <exception cref="ArgumentException">The lengths differ or are 0.</exception>
    public static double? OnSeparateScales(ReadOnlySpan<double> forecasts, ReadOnlySpan<double> actuals)
    {
        Check(forecasts, actuals);
        var (forecastMinimum, forecastRange) = ScaleOf(forecasts);
        var (minimum, range) = ScaleOf(actuals);
        return forecastRange > 0 && range > 0 ? Rmse(forecasts, forecastMinimum, forecastRange, actuals, minimum, range) : null;
    }

    private static void Check(ReadOnlySpan<double> forecasts, ReadOnlySpan<double> actuals)
    {
        if (forecasts.Length != actuals.Length || actuals.Length == 0)
        {
            throw new ArgumentException($"Expected as many forecasts as actual values, at least one, found {forecasts.Length} and {actuals.Length}.");
        }
    }

    private static (double Minimum, double Range) ScaleOf(ReadOnlySpan<double> values)
    {
        var copy = values.ToArray();
        var minimum = ArrayStatistics.Minimum(copy);
        return (minimum, ArrayStatistics.Maximum(copy) - minimum);
    }

    private static double Rmse(
        ReadOnlySpan<double> forecasts, double forecastMinimum, double forecastRange, ReadOnlySpan<double> actuals, double minimum, double range)
    {
        var squares = 0d;
        for (var i = 0; i < actuals.Length; i++)
        {
            var error = ((forecasts[i] - forecastMinimum) / forecastRange) - ((actuals[i] - minimum) / range);
            squares += error * error;
        }

        return Math.Sqrt(squares / actuals.Length);
    }
}
