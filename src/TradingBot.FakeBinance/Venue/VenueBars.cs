using TradingBot.Market;

namespace TradingBot.FakeBinance.Venue;

/// <summary>Finds the place in the bars at which the server starts and, for a real clock, moves the bars to the present.</summary>
internal static class VenueBars
{
    private const int UsualHistory = 500;

    internal static (BarSeries Bars, int Running) Prepare(FakeBinanceOptions options)
    {
        var bars = options.Bars;
        ArgumentNullException.ThrowIfNull(bars, nameof(options));
        if (bars.Count < 2)
        {
            throw new ArgumentException($"Expected at least two bars, found {bars.Count}.", nameof(options));
        }

        if (bars.Gaps.FirstOrDefault(gap => !gap.Filled) is { Count: > 0 } gap)
        {
            throw new ArgumentException($"Expected bars without unfilled gaps (read them with {nameof(GapPolicy)}.{nameof(GapPolicy.Fill)}), found {gap.Count} missing at {gap.Start:u}.", nameof(options));
        }

        var running = options.ClosedBars ?? Math.Min(UsualHistory, bars.Count / 2);
        if (running < 1 || running >= bars.Count)
        {
            throw new ArgumentException($"Expected {nameof(options.ClosedBars)} from 1 to {bars.Count - 1}, found {running}.", nameof(options));
        }

        return options.Clock == ClockMode.Real ? MoveToPresent(bars, running, options.TimeProvider.GetUtcNow()) : (bars, running);
    }

    // Whole days keep the time of day, by which funding is paid, and whole bars keep the grid.
    private static (BarSeries Bars, int Running) MoveToPresent(BarSeries bars, int running, DateTimeOffset now)
    {
        var length = bars.Interval.Length;
        var step = length < TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : length;
        var shift = TimeSpan.FromTicks((long)Math.Floor((double)(now - bars.OpenTimeAt(running)).Ticks / step.Ticks) * step.Ticks);
        var moved = BarSeries.Create(
            bars.Symbol,
            bars.Interval,
            GapPolicy.Reject,
            bars.Select(bar => new Bar(bar.OpenTime + shift, bar.Length, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume)));
        var index = moved.IndexAtOrAfter(moved.Interval.OpenTimeAt(now));
        return index < moved.Count
            ? (moved, index)
            : throw new ArgumentException($"Too few bars after the first {running} to reach {now:u} at the same time of day; expected a day's worth more.");
    }
}
