using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace TradingBot.Reporting;

/// <summary>A mean and its 95 % interval by Student's t, for values that are independent and about normal.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Lower">The lower end; <see langword="null"/> for a single value.</param>
/// <param name="Upper">The upper end; <see langword="null"/> for a single value.</param>
internal sealed record MeanInterval(double Mean, double? Lower, double? Upper)
{
    private const double Confidence = 0.95;

    /// <summary>Computes it.</summary>
    /// <returns><see langword="null"/> for no values.</returns>
    public static MeanInterval? Of(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var (mean, deviation) = values.MeanStandardDeviation();
        if (values.Count == 1)
        {
            return new MeanInterval(mean, null, null);
        }

        var half = StudentT.InvCDF(0, 1, values.Count - 1, (1 + Confidence) / 2) * deviation / Math.Sqrt(values.Count);
        return new MeanInterval(mean, mean - half, mean + half);
    }
}
