using TradingBot.Market;
using TradingBot.Prediction;
using Xunit;

namespace TradingBot.Testing.Contracts;

/// <summary>What every <see cref="IPredictor"/> must do. Inherit it in a test project and give it a predictor.</summary>
public abstract class PredictorContract
{
    private const int More = 40;

    /// <summary>Gets by what share of the price two forecasts from the same bars may differ; 0 unless overridden. Models that compute in
    /// single precision may round differently in batches: 1e-6 is right for them.</summary>
    protected virtual double Tolerance => 0;

    /// <summary>A forecast lies as many bars ahead as the card says, starts from the last close, and is a price.</summary>
    [Fact]
    public void Predict_EnoughBars_IsAPriceAtTheHorizonOfTheCard()
    {
        var (predictor, bars) = (CreatePredictor(), Bars());

        var forecast = predictor.Predict(bars);

        Assert.NotNull(forecast);
        Assert.Equal(predictor.Card.Horizon, forecast.Value.Horizon);
        Assert.Equal(bars.Closes[^1], forecast.Value.BasePrice);
        Assert.True(double.IsFinite(forecast.Value.Price) && forecast.Value.Price > 0, $"Expected a price above 0, found {forecast.Value.Price}.");
    }

    /// <summary>The same bars give the same forecast, whatever was asked in between.</summary>
    [Fact]
    public void Predict_SameBars_SameForecast()
    {
        var (predictor, bars) = (CreatePredictor(), Bars());

        var first = predictor.Predict(bars);
        predictor.Predict(bars.Slice(0, bars.Count - 1));

        Assert.Equal(first, predictor.Predict(bars));
    }

    /// <summary>Exactly as many bars as the card requires are enough, and older ones change nothing.</summary>
    [Fact]
    public void Predict_OlderBarsCutOff_SameForecast()
    {
        var (predictor, bars) = (CreatePredictor(), Bars());
        var required = predictor.Card.RequiredBars;

        Close(predictor.Predict(bars), predictor.Predict(bars.Slice(bars.Count - required, required)), "the required bars alone");
    }

    /// <summary>One bar too few gives no forecast.</summary>
    [Fact]
    public void Predict_TooFewBars_ReturnsNull()
    {
        var (predictor, bars) = (CreatePredictor(), Bars());

        Assert.Null(predictor.Predict(bars.Slice(0, predictor.Card.RequiredBars - 1)));
    }

    /// <summary>Bars of another interval are refused.</summary>
    [Fact]
    public void Predict_OtherInterval_ThrowsArgumentException()
    {
        var predictor = CreatePredictor();
        var other = predictor.Card.Interval == Interval.OneDay ? Interval.OneHour : Interval.OneDay;

        Assert.ThrowsAny<ArgumentException>(() => predictor.Predict(SampleBars.RandomWalk(predictor.Card.RequiredBars, 1, interval: other)));
        Assert.ThrowsAny<ArgumentException>(() => predictor.PredictSeries(SampleBars.RandomWalk(predictor.Card.RequiredBars, 1, interval: other)));
    }

    /// <summary>A window with a bar missing inside gives no forecast.</summary>
    [Fact]
    public void Predict_BarMissingInsideTheWindow_ReturnsNull()
    {
        var (predictor, bars) = (CreatePredictor(), Bars());
        if (predictor.Card.RequiredBars < 2)
        {
            return; // A window of one bar has no inside.
        }

        var holed = BarSeries.Create(bars.Symbol, bars.Interval, GapPolicy.Flag, bars.Where((_, i) => i != bars.Count - 2));

        Assert.Null(predictor.Predict(holed));
    }

    /// <summary>Forecasting along a series is forecasting at each of its bars.</summary>
    [Fact]
    public void PredictSeries_And_Predict_Agree()
    {
        var (predictor, bars) = (CreatePredictor(), Bars());

        var series = predictor.PredictSeries(bars);

        Assert.Equal(bars.Count, series.Prices.Length);
        for (var i = 0; i < bars.Count; i++)
        {
            Close(predictor.Predict(bars.Slice(0, i + 1)), series[i], $"bar {i}");
        }
    }

    /// <summary>Bars to come change no forecast, whether they are missing or others.</summary>
    [Fact]
    public void PredictSeries_OtherFuture_SameForecasts() =>
        Assert.Null(LookAheadCheck.Find(CreatePredictor(), Bars(), cuts: More, tolerance: Tolerance)?.ToString());

    /// <summary>Several threads may ask at once.</summary>
    [Fact]
    public async Task Predict_OnSeveralThreads_SameForecast()
    {
        var (predictor, bars) = (CreatePredictor(), Bars());
        var expected = predictor.Predict(bars);

        var forecasts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => predictor.Predict(bars))));

        Assert.All(forecasts, forecast => Assert.Equal(expected, forecast));
    }

    /// <summary>Makes the predictor to test.</summary>
    protected abstract IPredictor CreatePredictor();

    private BarSeries Bars()
    {
        var card = CreatePredictor().Card;
        return SampleBars.RandomWalk(card.RequiredBars + More, seed: 7, interval: card.Interval);
    }

    private void Close(Forecast? expected, Forecast? found, string where)
    {
        Assert.Equal(expected.HasValue, found.HasValue);
        if (expected is { } one && found is { } other)
        {
            Assert.Equal((one.BasePrice, one.Horizon), (other.BasePrice, other.Horizon));
            Assert.True(Math.Abs(one.Price - other.Price) <= Tolerance * one.Price, $"Expected {one.Price}, found {other.Price} for {where}.");
        }
    }
}
