using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Benchmarks;

/// <summary>Random one-minute bars with a forecast for each: prices in cents that move by 0.1 per cent a bar, forecasts that scatter by 0.4 per cent.</summary>
internal sealed record BenchmarkMarket(BarSeries Bars, double[] Forecasts)
{
    private const int Seed = 20_260_401;
    private const double Deviation = 0.001;
    private const double ForecastDeviation = 0.004;

    public static BenchmarkMarket Create(int count) => Create(count, Symbol.Parse("BTCUSDT"), 0);

    /// <summary>Makes the bars of one of several markets.</summary>
    public static BenchmarkMarket Create(int count, Symbol symbol, int number)
    {
        var random = new Random(Seed + number);
        var interval = Interval.OneMinute;
        var builder = new BarSeriesBuilder(symbol, interval, GapPolicy.Reject, count);
        var forecasts = new double[count];
        var start = new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var close = 30_000d;
        for (var i = 0; i < count; i++)
        {
            var open = close;
            // A pull towards where it began keeps a hundred million bars within prices that a market could have.
            var drift = 1e-6 * Math.Log(30_000 / open);
            close = Cents(open * (1 + drift + (Deviation * Normal(random))));
            var (high, low) = (Cents(Math.Max(open, close) * (1 + (0.0003 * random.NextDouble()))), Cents(Math.Min(open, close) * (1 - (0.0003 * random.NextDouble()))));
            builder.Add(new Bar(start + (i * interval.Length), interval.Length, open, Math.Max(high, Math.Max(open, close)), Math.Min(low, Math.Min(open, close)), close, 1));
            forecasts[i] = close * (1 + (ForecastDeviation * Normal(random)));
        }

        return new BenchmarkMarket(builder.Build(), forecasts);
    }

    public BenchmarkMarket Take(int count) => new(Bars[..count], count == Forecasts.Length ? Forecasts : Forecasts[..count]);

    public ForecastSeries ToForecasts() => new(Bars, Forecasts, 1);

    private static double Cents(double price) => Math.Round(price, 2);

    // Three uniform numbers are near enough to a normal one here: a sum of variance one quarter, doubled.
    private static double Normal(Random random) => ((random.NextDouble() + random.NextDouble() + random.NextDouble()) - 1.5) * 2;
}
