using MathNet.Numerics.Distributions;

namespace TradingBot.Prediction.Evaluation;

/// <summary>A share of hits and the 95 % interval of E. B. Wilson around it.</summary>
/// <param name="Hits">The number of hits.</param>
/// <param name="Count">The number of tries; 1 or more.</param>
/// <param name="Lower">The lower end of the interval, from 0 to 1.</param>
/// <param name="Upper">The upper end of the interval, from 0 to 1.</param>
public sealed record ProportionInterval(int Hits, int Count, double Lower, double Upper)
{
    /// <summary>The probability with which the interval holds the true share.</summary>
    public const double Confidence = 0.95;

    /// <summary>Gets the share of hits, from 0 to 1.</summary>
    public double Share => (double)Hits / Count;

    /// <summary>Computes the interval: the shares p that a test with the normal approximation at p does not reject.</summary>
    /// <remarks>Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of the American Statistical Association 22:209-212.</remarks>
    /// <param name="hits">The number of hits; from 0 to <paramref name="count"/>.</param>
    /// <param name="count">The number of tries; 1 or more.</param>
    /// <param name="overlap">How many neighbouring tries share what they look at. The interval is that of <paramref name="count"/> / <paramref name="overlap"/>
    /// independent tries; 1 where each stands for itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public static ProportionInterval Wilson(int hits, int count, int overlap = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, count);
        ArgumentOutOfRangeException.ThrowIfLessThan(overlap, 1);
        var share = (double)hits / count;
        var tries = (double)count / overlap;
        var z = Normal.InvCDF(0, 1, (1 + Confidence) / 2);
        var shrink = 1 + (z * z / tries);
        var centre = (share + (z * z / (2 * tries))) / shrink;
        var half = z * Math.Sqrt((share * (1 - share) / tries) + (z * z / (4 * tries * tries))) / shrink;
        return new ProportionInterval(hits, count, hits == 0 ? 0 : centre - half, hits == count ? 1 : centre + half);
    }
}
