using TradingBot.Market;

namespace TradingBot.Backtesting;

/// <summary>The instants of a run of values: each value stands at the close of bars, the start before them at the first open.</summary>
internal readonly ref struct CurveTimes
{
    private readonly ReadOnlySpan<long> _times;
    private readonly long _offset;
    private readonly long _start;

    /// <summary>Initializes the instants.</summary>
    /// <param name="start">The first open, in milliseconds since 1970-01-01 UTC.</param>
    /// <param name="times">One time per value, ascending, in the same unit; at least one.</param>
    /// <param name="offset">What lies between each of them and its value, in milliseconds.</param>
    /// <param name="pointsPerYear">How many values 365 days have.</param>
    public CurveTimes(long start, ReadOnlySpan<long> times, long offset, double pointsPerYear)
    {
        _start = start;
        _times = times;
        _offset = offset;
        PointsPerYear = pointsPerYear;
    }

    public double PointsPerYear { get; }

    public DateTimeOffset Start => DateTimeOffset.FromUnixTimeMilliseconds(_start);

    public DateTimeOffset End => At(_times.Length - 1);

    public static CurveTimes Of(BarSeries bars) => new(bars.OpenTimes[0], bars.OpenTimes, bars.Interval.Milliseconds, bars.Interval.BarsPerYear);

    public DateTimeOffset At(int index) => DateTimeOffset.FromUnixTimeMilliseconds(_times[index] + _offset);
}
