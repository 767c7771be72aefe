using TradingBot.Market;
using static System.FormattableString;

namespace TradingBot.Backtesting;

/// <summary>Finds the shorter bars that a bar is made of. Bars must be asked for in the order of time.</summary>
/// <param name="bars">The bars that are traded.</param>
/// <param name="finer">Bars of the same market and a shorter interval, which divides theirs.</param>
internal sealed class FinerBars(BarSeries bars, BarSeries finer)
{
    // Sources print prices with different digits.
    private const double Tolerance = 1e-5;

    private readonly int _perBar = (int)(bars.Interval.Milliseconds / finer.Interval.Milliseconds);
    private int _next;
    private int _nextGap;

    /// <summary>Gets the finer bars.</summary>
    public BarSeries Bars => finer;

    /// <summary>Gets how many of the bars that were asked for are not covered.</summary>
    public int MissingCount { get; private set; }

    /// <summary>Gets how many bars were asked for.</summary>
    public int AskedCount { get; private set; }

    /// <summary>Says why bars cannot be the finer ones of others; <see langword="null"/> when they can.</summary>
    public static string? FaultOf(BarSeries bars, BarSeries finer) =>
        finer.Symbol != bars.Symbol ? $"Expected finer bars of {bars.Symbol}, found {finer.Symbol}."
        : finer.Interval.Milliseconds >= bars.Interval.Milliseconds || bars.Interval.Milliseconds % finer.Interval.Milliseconds != 0
            ? $"Expected finer bars of {bars.Symbol} with an interval that divides {bars.Interval}, found {finer.Interval}."
            : null;

    /// <summary>Finds the finer bars of one bar in which something may happen.</summary>
    /// <inheritdoc cref="Find" path="/returns|/exception"/>
    public Range Of(int index)
    {
        var range = Find(index);
        AskedCount++;
        MissingCount += range.End.Value == 0 ? 1 : 0;
        return range;
    }

    /// <summary>Finds the finer bars of one bar, without counting it.</summary>
    /// <returns>The places of them all in <see cref="Bars"/>; an empty range unless they cover the bar.</returns>
    /// <exception cref="BarDataException">They cover the bar and contradict it.</exception>
    public Range Find(int index)
    {
        var from = bars.OpenTimes[index];
        var until = from + bars.Interval.Milliseconds;
        var openTimes = finer.OpenTimes;
        var found = openTimes[_next..].BinarySearch(from);
        _next += found < 0 ? ~found : found;
        var end = _next + _perBar;
        // Times ascend on a grid, so that the right number of bars up to the last one leaves none out.
        if (found < 0 || end > openTimes.Length || openTimes[end - 1] != until - finer.Interval.Milliseconds || IsFilled(from, until))
        {
            return default;
        }

        Compare(index, "open", bars.Opens[index], finer.Opens[_next]);
        Compare(index, "high", bars.Highs[index], Highest(finer.Highs[_next..end]));
        Compare(index, "low", bars.Lows[index], Lowest(finer.Lows[_next..end]));
        Compare(index, "close", bars.Closes[index], finer.Closes[end - 1]);
        return _next..end;
    }

    private static double Highest(ReadOnlySpan<double> prices)
    {
        var highest = prices[0];
        foreach (var price in prices)
        {
            highest = Math.Max(highest, price);
        }

        return highest;
    }

    private static double Lowest(ReadOnlySpan<double> prices)
    {
        var lowest = prices[0];
        foreach (var price in prices)
        {
            lowest = Math.Min(lowest, price);
        }

        return lowest;
    }

    // A bar that was made up for a missing one tells nothing.
    private bool IsFilled(long from, long until)
    {
        var gaps = finer.Gaps;
        while (_nextGap < gaps.Count && (gaps[_nextGap].Start + (gaps[_nextGap].Count * finer.Interval.Length)).ToUnixTimeMilliseconds() <= from)
        {
            _nextGap++;
        }

        return _nextGap < gaps.Count && gaps[_nextGap].Start.ToUnixTimeMilliseconds() < until;
    }

    private void Compare(int index, string name, double price, double other)
    {
        if (Math.Abs(price - other) > Tolerance * price)
        {
            throw new BarDataException(Invariant(
                $"The {bars.Interval} bar of {bars.Symbol} at {bars.OpenTimeAt(index):u} has the {name} {price}, its {_perBar} bars of {finer.Interval} have {other}; expected them to agree within {Tolerance:0.### %}."));
        }
    }
}
