using TradingBot.Market;

namespace TradingBot.Testing;

/// <summary>Makes bars for tests: BTCUSDT, one hour, from 2024-01-01, unless asked otherwise. Prices lie on the tick of 0.10.</summary>
public static class SampleBars
{
    private const double StartPrice = 50_000;
    private const double Step = 100;
    private const double Wick = 10;

    /// <summary>Gets the open time of the first bar unless another is asked for: 2024-01-01, a Monday.</summary>
    public static DateTimeOffset Start { get; } = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Makes bars that each close 100 above the one before, from 50,000.</summary>
    public static BarSeries Rising(int count, Symbol? symbol = null, Interval? interval = null, DateTimeOffset? start = null) =>
        FromCloses(Enumerable.Range(1, count).Select(i => StartPrice + (i * Step)), symbol, interval, start, StartPrice);

    /// <summary>Makes bars that each close 100 below the one before, from 50,000; not below 100.</summary>
    public static BarSeries Falling(int count, Symbol? symbol = null, Interval? interval = null, DateTimeOffset? start = null) =>
        FromCloses(Enumerable.Range(1, count).Select(i => Math.Max(Step, StartPrice - (i * Step))), symbol, interval, start, StartPrice);

    /// <summary>Makes bars that all close at 50,000.</summary>
    public static BarSeries Flat(int count, Symbol? symbol = null, Interval? interval = null, DateTimeOffset? start = null) =>
        FromCloses(Enumerable.Repeat(StartPrice, count), symbol, interval, start, StartPrice);

    /// <summary>Makes bars of a random walk from 50,000: normal log returns with a deviation of half a per cent.</summary>
    /// <param name="count">The number of bars.</param>
    /// <param name="seed">The same seed gives the same bars.</param>
    /// <param name="symbol">The market; BTCUSDT unless given.</param>
    /// <param name="interval">The length of the bars; one hour unless given.</param>
    /// <param name="start">The first open time; <see cref="Start"/> unless given.</param>
    public static BarSeries RandomWalk(int count, int seed, Symbol? symbol = null, Interval? interval = null, DateTimeOffset? start = null)
    {
        const double Deviation = 0.005;
        const int PricesPerBar = 8;
        var random = new Random(seed);
        var builder = new BarSeriesBuilder(symbol ?? SampleSymbols.BtcUsdt.Symbol, interval ?? Interval.OneHour, GapPolicy.Reject, count);
        var length = (interval ?? Interval.OneHour).Length;
        var price = StartPrice;
        for (var i = 0; i < count; i++)
        {
            var (open, high, low) = (price, price, price);
            for (var j = 0; j < PricesPerBar; j++)
            {
                price = OnTick(price * Math.Exp(Deviation / Math.Sqrt(PricesPerBar) * NextNormal(random)));
                (high, low) = (Math.Max(high, price), Math.Min(low, price));
            }

            builder.Add(new Bar((start ?? Start) + (i * length), length, open, high, low, price, Math.Round(100 + (random.NextDouble() * 900), 3)));
        }

        return builder.Build();
    }

    /// <summary>Makes bars with given closes; each opens at the close before it, with wicks of 10 at most.</summary>
    /// <param name="closes">The closes, oldest first, above 0.</param>
    public static BarSeries FromCloses(params double[] closes) => FromCloses(closes, symbol: null);

    /// <summary>Makes bars with given closes; each opens at the close before it, with wicks of 10 at most.</summary>
    /// <param name="closes">The closes, oldest first, above 0.</param>
    /// <param name="symbol">The market; BTCUSDT unless given.</param>
    /// <param name="interval">The length of the bars; one hour unless given.</param>
    /// <param name="start">The first open time; <see cref="Start"/> unless given.</param>
    /// <param name="firstOpen">The first open; the first close unless given.</param>
    public static BarSeries FromCloses(
        IEnumerable<double> closes, Symbol? symbol, Interval? interval = null, DateTimeOffset? start = null, double? firstOpen = null)
    {
        ArgumentNullException.ThrowIfNull(closes);
        var builder = new BarSeriesBuilder(symbol ?? SampleSymbols.BtcUsdt.Symbol, interval ?? Interval.OneHour, GapPolicy.Reject);
        var length = (interval ?? Interval.OneHour).Length;
        var open = firstOpen;
        foreach (var close in closes)
        {
            var (from, time) = (open ?? close, (start ?? Start) + (builder.Count * length));
            var (top, bottom) = (Math.Max(from, close), Math.Min(from, close));
            builder.Add(new Bar(time, length, from, top + Math.Min(Wick, top / 100), bottom - Math.Min(Wick, bottom / 100), close, 100));
            open = close;
        }

        return builder.Build();
    }

    private static double OnTick(double price) => Math.Round(price * 10) / 10;

    // Box and Muller (1958): two uniform numbers give a normal one.
    private static double NextNormal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
