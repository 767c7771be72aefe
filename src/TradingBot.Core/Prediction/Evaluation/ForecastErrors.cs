namespace TradingBot.Prediction.Evaluation;

/// <summary>How far forecasts lay from the closes that came.</summary>
/// <param name="Rmse">The root of the mean squared error, in the quote asset.</param>
/// <param name="Mae">The mean absolute error, in the quote asset.</param>
/// <param name="Mape">The mean of the absolute error as a share of the close that came: 0.01 is one per cent.</param>
/// <param name="MinMaxRmse">The root of the mean squared error with forecasts and closes on one scale, on which the lowest close that came is 0 and the
/// highest 1; <see langword="null"/> when all closes are alike. See <see cref="Evaluation.MinMaxRmse.OnOneScale"/>.</param>
/// <param name="LogReturnRmse">The root of the mean squared natural logarithm of forecast / close, in which early low prices count as much as late high ones.</param>
public sealed record ForecastErrors(double Rmse, double Mae, double Mape, double? MinMaxRmse, double LogReturnRmse)
{
    /// <summary>Measures forecasts.</summary>
    internal static ForecastErrors Of(ReadOnlySpan<double> forecasts, ReadOnlySpan<double> actuals)
    {
        var (squares, absolutes, shares, logSquares) = (0d, 0d, 0d, 0d);
        for (var i = 0; i < actuals.Length; i++)
        {
            var error = forecasts[i] - actuals[i];
            var logError = Math.Log(forecasts[i] / actuals[i]);
            squares += error * error;
            absolutes += Math.Abs(error);
            shares += Math.Abs(error) / actuals[i];
            logSquares += logError * logError;
        }

        var count = actuals.Length;
        return new ForecastErrors(
            Math.Sqrt(squares / count),
            absolutes / count,
            shares / count,
            Evaluation.MinMaxRmse.OnOneScale(forecasts, actuals),
            Math.Sqrt(logSquares / count));
    }
}
