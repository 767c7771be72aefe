using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Testing.Tests;

/// <summary>Forecasts the mean of the last closes; along a series it can be made to cheat by looking some bars ahead.</summary>
internal sealed class MeanPredictor(int window, int peek) : IPredictor
{
    public ModelCard Card { get; } = new()
    {
        Name = "mean",
        Features = [BarFeature.Close],
        Window = window,
        Horizon = 2,
        Interval = Interval.OneHour,
    };

    public Forecast? Predict(BarSeries bars) => bars.Count == 0 ? null : PredictSeries(bars.Slice(Math.Max(0, bars.Count - window), Math.Min(window, bars.Count))) is var series ? series[series.Prices.Length - 1] : null;

    public ForecastSeries PredictSeries(BarSeries bars)
    {
        if (bars.Interval != Card.Interval)
        {
            throw new ArgumentException($"Expected bars of {Card.Interval}, found bars of {bars.Interval}.", nameof(bars));
        }

        var prices = new double[bars.Count];
        for (var i = 0; i < bars.Count; i++)
        {
            var isWhole = i >= window - 1 && bars.OpenTimes[i] - bars.OpenTimes[i - window + 1] == (window - 1) * (long)bars.Interval.Length.TotalMilliseconds;
            prices[i] = isWhole ? Mean(bars, i, Math.Min(i + peek, bars.Count - 1)) : double.NaN;
        }

        return new ForecastSeries(bars, prices, Card.Horizon);
    }

    private double Mean(BarSeries bars, int last, int seen)
    {
        var sum = bars.Closes[seen] - bars.Closes[last];
        foreach (var close in bars.Closes.Slice(last - window + 1, window))
        {
            sum += close;
        }

        return sum / window;
    }
}
