using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Core.Tests.Prediction;

public sealed class PersistencePredictorTests
{
    private static readonly PersistencePredictor Predictor = new(Interval.OneDay, horizon: 2);

    [Fact]
    public void Card_Always_SaysWhatItIs() =>
        Predictor.Card.Should().BeEquivalentTo(new ModelCard { Name = "persistence", Features = [BarFeature.Close], Window = 1, Horizon = 2, Interval = Interval.OneDay });

    [Fact]
    public void Predict_AnyBars_ExpectsTheLastClose()
    {
        var bars = ModelBars.WalkWithout(20, GapPolicy.Flag, 7, 8);

        Predictor.Predict(bars).Should().Be(new Forecast(bars.Closes[^1], bars.Closes[^1], 2));
        Predictor.Predict(bars)!.Value.Return.Should().Be(0);
        Predictor.PredictSeries(bars).Prices.ToArray().Should().Equal(bars.Closes.ToArray());
        Predictor.PredictSeries(bars).Horizon.Should().Be(2);
    }

    [Fact]
    public void Predict_NoBars_GivesNone()
    {
        Predictor.Predict(ModelBars.Walk(0)).Should().BeNull();
        Predictor.PredictSeries(ModelBars.Walk(0)).Prices.Length.Should().Be(0);
    }

    [Fact]
    public void Predict_AnotherInterval_Throws()
    {
        var hours = ModelBars.Walk(3, interval: Interval.OneHour);
        var live = () => Predictor.Predict(hours);
        var series = () => Predictor.PredictSeries(hours);

        live.Should().Throw<ArgumentException>().WithMessage("*made for bars of 1d, found bars of 1h*");
        series.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Constructor_HorizonZero_Throws()
    {
        var create = () => new PersistencePredictor(Interval.OneDay, 0);
        create.Should().Throw<ArgumentOutOfRangeException>();
    }
}
