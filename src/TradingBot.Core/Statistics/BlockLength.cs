namespace TradingBot.Statistics;

/// <summary>Chooses how long the blocks of a bootstrap should be, from how far the values remember their past.</summary>
/// <remarks>D. N. Politis and H. White, "Automatic Block-Length Selection for the Dependent Bootstrap", Econometric Reviews 23 (1), 2004, with the
/// correction of A. Patton, D. N. Politis and H. White, Econometric Reviews 28 (4), 2009. As in the programs in use, Patton's opt_block_length_REV_dec07 and
/// the library arch, the bandwidth is twice the first lag from which on max(5, log10 n) autocorrelations lie within 2 sqrt(log10 n / n), one lag more than
/// the paper's text asks for, and the length is at most min(3 sqrt n, n / 3).</remarks>
public static class BlockLength
{
    /// <summary>Computes the average block length that is best for the stationary bootstrap.</summary>
    /// <param name="values">The values, oldest first, such as returns; finite.</param>
    /// <returns>1 or more; <see langword="null"/> when there are fewer than ten values, or they never vary.</returns>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static double? ForStationaryBootstrap(ReadOnlySpan<double> values)
    {
        var moments = ReturnMoments.Of(values);
        var count = values.Length;
        if (count < 10 || moments.Sharpe is null)
        {
            return null;
        }

        var distances = new double[count];
        for (var i = 0; i < count; i++)
        {
            distances[i] = values[i] - moments.Mean;
        }

        var needed = Math.Max(5, (int)Math.Log10(count));
        var covariances = Autocovariances(distances, Math.Min(count - 1, (int)Math.Ceiling(Math.Sqrt(count)) + needed));
        var bandwidth = BandwidthOf(covariances, needed, 2 * Math.Sqrt(Math.Log10(count) / count));
        var (curvature, spectrum) = (0d, covariances[0]);
        for (var lag = 1; lag <= bandwidth; lag++)
        {
            var ratio = (double)lag / bandwidth;
            var weight = ratio <= 0.5 ? 1 : 2 * (1 - ratio);
            curvature += 2 * weight * lag * covariances[lag];
            spectrum += 2 * weight * covariances[lag];
        }

        var length = Math.Cbrt(curvature * curvature / (spectrum * spectrum) * count);
        var longest = Math.Ceiling(Math.Min(3 * Math.Sqrt(count), count / 3d));
        return double.IsNaN(length) ? 1 : Math.Clamp(length, 1, longest);
    }

    private static double[] Autocovariances(double[] distances, int maxLag)
    {
        var covariances = new double[maxLag + 1];
        for (var lag = 0; lag <= maxLag; lag++)
        {
            var sum = 0d;
            for (var i = lag; i < distances.Length; i++)
            {
                sum += distances[i] * distances[i - lag];
            }

            covariances[lag] = sum / distances.Length;
        }

        return covariances;
    }

    private static int BandwidthOf(double[] covariances, int needed, double limit)
    {
        var maxLag = covariances.Length - 1;
        var run = 0;
        for (var lag = 1; lag <= maxLag; lag++)
        {
            run = Math.Abs(covariances[lag] / covariances[0]) < limit ? run + 1 : 0;
            if (run == needed)
            {
                return Math.Min(2 * (lag - needed + 1), maxLag);
            }
        }

        return maxLag;
    }
}
