using TradingBot.Market;
using TradingBot.Prediction;

namespace TradingBot.Core.Tests.Prediction;

/// <summary>Models that read values from outside the market.</summary>
public sealed class OnnxPredictorExogenousTests
{
    private const int Window = 3;
    private static readonly BarSeries Bars = ModelBars.Walk(60);

    private static readonly ModelCard Card = TestModels.CardOf(Window, BarFeature.Close) with
    {
        Exogenous = [new ExogenousFeature("gold"), new ExogenousFeature("mood", TimeSpan.FromDays(2))],
    };

    // Published at noon, so that the bar of day i closes half a day after value i.
    private static readonly ExogenousSeries Gold = Daily("gold", 100, _ => true);
    private static readonly ExogenousSeries Mood = Daily("mood", 1000, _ => true);

    [Fact]
    public void Predict_EveryInput_IsTheValueKnownAtItsBar()
    {
        for (var step = 1; step <= Window * 3; step++)
        {
            using var predictor = Reading(step, Gold, Mood);
            var forecasts = predictor.PredictSeries(Bars);
            for (var bar = Window - 1; bar < Bars.Count; bar++)
            {
                var at = bar - Window + 1 + ((step - 1) / 3);
                double[] expected = [(float)Bars.Closes[at], 100 + at, 1000 + at];
                forecasts.Prices[bar].Should().Be(expected[(step - 1) % 3]);
            }
        }
    }

    [Fact]
    public void Predict_EveryBar_EqualsPredictSeries()
    {
        using var predictor = Reading(5, Gold, Daily("mood", 1000, day => day % 7 < 3));
        var series = predictor.PredictSeries(Bars);

        for (var i = 0; i < Bars.Count; i++)
        {
            (predictor.Predict(Bars.Slice(0, i + 1))?.Price).Should().Be(series[i]?.Price);
        }

        series.Prices.ToArray().Count(double.IsNaN).Should().BeGreaterThan(10).And.BeLessThan(50);
    }

    [Fact]
    public void PredictSeries_ValuesPublishedLater_ChangeNothing()
    {
        using var whole = Reading(8, Gold, Mood);
        using var cut = Reading(8, Daily("gold", 100, day => day < 30), Daily("mood", 1000, day => day < 30));

        cut.PredictSeries(Bars).Prices[..30].ToArray().Should().Equal(whole.PredictSeries(Bars).Prices[..30].ToArray());
    }

    [Fact]
    public void Predict_ValueOlderThanItsAge_GivesNone()
    {
        // The last mood is of day 9; the bar of day 11 closes two and a half days later.
        using var predictor = Reading(1, Gold, Daily("mood", 1000, day => day < 10));

        predictor.Predict(Bars.Slice(0, 11)).Should().NotBeNull();
        predictor.Predict(Bars.Slice(0, 12)).Should().BeNull();
    }

    [Fact]
    public void Predict_BeforeTheFirstPublication_GivesNone()
    {
        using var predictor = Reading(1, Daily("gold", 100, day => day >= 5), Mood);

        predictor.PredictSeries(Bars).Prices.ToArray().TakeWhile(double.IsNaN).Should().HaveCount(5 + Window - 1);
    }

    [Fact]
    public void Predict_LogReturnsOfTheFile_AreRefused()
    {
        var load = () => new OnnxPredictor(
            TestModels.Echo(Window, 3),
            new OnnxPredictorOptions { Card = Card with { Scaling = new ModelScaling.LogReturn() }, OutputStep = 1, Exogenous = new FixedExogenousSource(Gold, Mood) });

        load.Should().Throw<ModelException>().WithMessage("*another scaling, or none, for exogenous values*");
    }

    [Fact]
    public void Create_WithoutASource_NamesWhatIsRead()
    {
        var load = () => new OnnxPredictor(TestModels.Echo(Window, 3), new OnnxPredictorOptions { Card = Card, OutputStep = 1 });

        load.Should().Throw<ModelException>().WithMessage("The model 'test-model' reads Close, gold, mood: expected OnnxPredictorOptions.Exogenous*");
    }

    [Fact]
    public void Create_SeriesMissingInTheSource_NamesIt()
    {
        var load = () => Reading(1, Gold);

        load.Should().Throw<ModelException>().WithMessage("The model 'test-model' reads the series 'mood': expected one of that name*");
    }

    [Fact]
    public void Create_GraphOfAnotherWidth_SaysWhatTheCardReads()
    {
        var load = () => new OnnxPredictor(
            TestModels.Echo(Window, 2), new OnnxPredictorOptions { Card = Card, OutputStep = 1, Exogenous = new FixedExogenousSource(Gold, Mood) });

        load.Should().Throw<ModelException>().WithMessage("*[batch, 3, 3]*(Close, gold, mood)*");
    }

    [Fact]
    public void Create_SourceWithOneNameTwice_Throws()
    {
        var create = () => new FixedExogenousSource(Gold, Gold);

        create.Should().Throw<ArgumentException>().WithMessage("*found 'gold' twice*");
    }

    private static OnnxPredictor Reading(int step, params ExogenousSeries[] series) => new(
        TestModels.Echo(Window, 3), new OnnxPredictorOptions { Card = Card, OutputStep = step, Exogenous = new FixedExogenousSource(series) });

    private static ExogenousSeries Daily(string name, double first, Func<int, bool> published) => new(
        name,
        Enumerable.Range(0, 60).Where(published).Select(day => new ExogenousValue(ModelBars.Start.AddDays(day + 0.5), first + day)));
}
