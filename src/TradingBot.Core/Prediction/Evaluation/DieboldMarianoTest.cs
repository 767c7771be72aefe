using MathNet.Numerics.Distributions;

namespace TradingBot.Prediction.Evaluation;

/// <summary>The test of Diebold and Mariano whether a forecast is more accurate than a benchmark, with the small-sample correction of Harvey, Leybourne and Newbold.</summary>
/// <remarks>
/// <para>With d[t] the benchmark's squared error less the forecast's, the statistic is mean(d) / sqrt(V / n), where V is the variance of d plus twice its
/// autocovariances up to lag h - 1, as the errors of forecasts h bars ahead overlap. It is multiplied by sqrt((n + 1 - 2h + h (h - 1) / n) / n) and compared with
/// Student's t with n - 1 degrees of freedom. Autocovariances that lower the variance are weighted by 1 - k / h (Bartlett): of
/// few errors they are mostly chance, the sum may even fall below 0, and a variance too small finds skill where there is none.</para>
/// <para>Diebold and Mariano (1995), Comparing predictive accuracy, Journal of Business and Economic Statistics 13:253-263. Harvey, Leybourne and Newbold (1997),
/// Testing the equality of prediction mean squared errors, International Journal of Forecasting 13:281-291.</para>
/// </remarks>
/// <param name="Statistic">The corrected statistic; above 0 when the forecast was the more accurate one.</param>
/// <param name="PValue">The probability of such a statistic or a higher one if the forecast is no more accurate than the benchmark; one-sided.</param>
/// <param name="Count">The number of errors compared, n.</param>
public sealed record DieboldMarianoTest(double Statistic, double PValue, int Count)
{
    /// <summary>Runs the test on squared errors.</summary>
    /// <param name="errors">The errors of the forecast, oldest first.</param>
    /// <param name="benchmarkErrors">The errors of the benchmark for the same instants.</param>
    /// <param name="horizon">How many bars ahead the forecasts were, h; 1 or more.</param>
    /// <returns>The test, or <see langword="null"/> when it cannot be computed: not more errors than the horizon has bars, fewer than two, or a difference that never varied.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static DieboldMarianoTest? Compute(ReadOnlySpan<double> errors, ReadOnlySpan<double> benchmarkErrors, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (errors.Length != benchmarkErrors.Length)
        {
            throw new ArgumentException($"Expected one error of the benchmark per error of the forecast, {errors.Length}, found {benchmarkErrors.Length}.", nameof(benchmarkErrors));
        }

        var count = errors.Length;
        if (count < 2 || count <= horizon)
        {
            return null;
        }

        var differences = new double[count];
        var mean = 0d;
        for (var t = 0; t < count; t++)
        {
            differences[t] = (benchmarkErrors[t] * benchmarkErrors[t]) - (errors[t] * errors[t]);
            mean += differences[t] / count;
        }

        if (!Array.Exists(differences, difference => difference != differences[0]))
        {
            return null;
        }

        var variance = LongRunVariance(differences, mean, horizon);
        if (!(variance > 0))
        {
            return null;
        }

        var correction = (count + 1 - (2d * horizon) + (horizon * (horizon - 1d) / count)) / count;
        var statistic = mean / Math.Sqrt(variance / count) * Math.Sqrt(correction);
        // The lower tail at the negative keeps the digits of a small probability.
        return new DieboldMarianoTest(statistic, StudentT.CDF(0, 1, count - 1, -statistic), count);
    }

    private static double LongRunVariance(double[] differences, double mean, int horizon)
    {
        var own = Autocovariance(differences, mean, 0);
        var (plain, weighted) = (own, own);
        for (var lag = 1; lag < horizon; lag++)
        {
            var covariance = 2 * Autocovariance(differences, mean, lag);
            plain += covariance;
            weighted += covariance * (1 - ((double)lag / horizon));
        }

        return Math.Max(plain, weighted);
    }

    private static double Autocovariance(double[] values, double mean, int lag)
    {
        var sum = 0d;
        for (var t = lag; t < values.Length; t++)
        {
            sum += (values[t] - mean) * (values[t - lag] - mean);
        }

        return sum / values.Length;
    }
}
