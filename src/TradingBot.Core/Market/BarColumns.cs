namespace TradingBot.Market;

/// <summary>The storage that a series and its slices share.</summary>
internal sealed record BarColumns(
    long[] OpenTimes,
    double[] Opens,
    double[] Highs,
    double[] Lows,
    double[] Closes,
    double[] Volumes,
    Gap[] Gaps);
