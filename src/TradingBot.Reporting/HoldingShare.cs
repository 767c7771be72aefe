using MathNet.Numerics.LinearRegression;
using MathNet.Numerics.Statistics;
using TradingBot.Backtesting;

namespace TradingBot.Reporting;

/// <summary>How much of a backtest's return is that of holding the asset: the least-squares line of the equity's returns over the asset's, bar by bar.</summary>
/// <remarks>M. C. Jensen, "The Performance of Mutual Funds in the Period 1945-1964", The Journal of Finance 23 (2), 1968, with a risk-free rate of 0.</remarks>
/// <param name="Beta">The slope: the position, in times the account, that the returns move with.</param>
/// <param name="RSquared">The share of the returns' variance that the line explains, from 0 to 1.</param>
/// <param name="Share">The share of the mean return that <paramref name="Beta"/> times the asset's mean return is; <see langword="null"/> unless both are above 0.</param>
/// <param name="AnnualAlpha">The mean return that is left, times the bars of a year.</param>
/// <param name="AlphaT">Student's t of what is left; <see langword="null"/> when the line fits without error.</param>
internal sealed record HoldingShare(double Beta, double RSquared, double? Share, double AnnualAlpha, double? AlphaT)
{
    private const int FewestReturns = 30;
    private const double RoundingNoise = 1e-14;

    /// <summary>Computes the line.</summary>
    /// <returns><see langword="null"/> for fewer than 30 bars, an equity that fell to 0, or returns that never varied.</returns>
    public static HoldingShare? Of(BacktestResult result)
    {
        var bars = result.Bars;
        if (bars.Count < FewestReturns)
        {
            return null;
        }

        var (own, asset) = (new double[bars.Count], new double[bars.Count]);
        var (equityBefore, closeBefore) = ((double)result.Options.InitialBalance, bars.Opens[0]);
        for (var i = 0; i < bars.Count; i++)
        {
            if (equityBefore <= 0)
            {
                return null;
            }

            own[i] = (result.Equity.Span[i] / equityBefore) - 1;
            asset[i] = (bars.Closes[i] / closeBefore) - 1;
            (equityBefore, closeBefore) = (result.Equity.Span[i], bars.Closes[i]);
        }

        var (mean, deviation) = own.MeanStandardDeviation();
        var (assetMean, assetDeviation) = asset.MeanStandardDeviation();
        if (!(deviation > RoundingNoise) || !(assetDeviation > RoundingNoise))
        {
            return null;
        }

        var (alpha, beta) = SimpleRegression.Fit(asset, own);
        var squares = 0d;
        for (var i = 0; i < own.Length; i++)
        {
            var left = own[i] - alpha - (beta * asset[i]);
            squares += left * left;
        }

        var (n, spread) = (own.Length, assetDeviation * assetDeviation * (own.Length - 1));
        var error = Math.Sqrt(squares / (n - 2) * ((1d / n) + (assetMean * assetMean / spread)));
        return new HoldingShare(
            beta,
            Math.Clamp(1 - (squares / (deviation * deviation * (n - 1))), 0, 1),
            mean > 0 && beta * assetMean > 0 ? beta * assetMean / mean : null,
            alpha * bars.Interval.BarsPerYear,
            error > RoundingNoise ? alpha / error : null);
    }
}
