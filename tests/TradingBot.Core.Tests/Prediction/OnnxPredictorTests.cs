using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training.Onnx;

namespace TradingBot.Core.Tests.Prediction;

public sealed class OnnxPredictorTests
{
    private static readonly ModelCard Card = TestModels.CardOf(5, BarFeature.Open, BarFeature.Close);

    [Fact]
    public void Predict_LastCloseModel_GivesTheLastClose()
    {
        using var predictor = new OnnxPredictor(TestModels.LastClose(Card with { Horizon = 3 }));
        var bars = ModelBars.Walk(40);

        predictor.Predict(bars).Should().Be(new Forecast((float)bars.Closes[^1], bars.Closes[^1], 3));
    }

    [Fact]
    public void Card_OfTheFile_ComesWithTheHashOfTheContent()
    {
        var card = Card with { Symbol = Symbol.Parse("ETHUSDT"), TrainedTo = ModelBars.Start };
        var file = TestModels.LastClose(card);
        using var predictor = new OnnxPredictor(file);

        predictor.Card.Should().BeEquivalentTo(card with { ContentHash = file.Sha256 });
        file.Sha256.Should().MatchRegex("^[0-9a-f]{64}$");
    }

    [Fact]
    public async Task LoadAsync_FromALoader_GivesAPredictor()
    {
        var file = TestModels.LastClose(Card);
        using var predictor = await OnnxPredictor.LoadAsync(new StoredModelLoader(file), new OnnxPredictorOptions { Interval = Interval.OneDay });

        predictor.Card.ContentHash.Should().Be(file.Sha256);
    }

    [Fact]
    public void Predict_AnotherSymbol_IsNotAnError()
    {
        using var predictor = new OnnxPredictor(TestModels.LastClose(Card with { Symbol = Symbol.Parse("ETHUSDT") }));

        predictor.Predict(ModelBars.Walk(5)).Should().NotBeNull();
    }

    [Fact]
    public void Predict_AnotherInterval_Throws()
    {
        using var predictor = new OnnxPredictor(TestModels.LastClose(Card));
        var bars = ModelBars.Walk(40, interval: Interval.FourHours);

        var live = () => predictor.Predict(bars);
        var series = () => predictor.PredictSeries(bars);

        live.Should().Throw<ArgumentException>().WithMessage("*made for bars of 1d, found bars of 4h*");
        series.Should().Throw<ArgumentException>().WithMessage("*made for bars of 1d, found bars of 4h*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Predict_TooFewBars_GivesNone(int count)
    {
        using var predictor = new OnnxPredictor(TestModels.LastClose(Card));
        var bars = ModelBars.Walk(count);

        predictor.Predict(bars).Should().BeNull();
        predictor.PredictSeries(bars).Prices.ToArray().Should().HaveCount(count).And.NotContain(price => !double.IsNaN(price));
    }

    [Fact]
    public void PredictSeries_MissingBarInsideAWindow_GivesNoneUntilTheWindowIsWhole()
    {
        using var predictor = new OnnxPredictor(TestModels.LastClose(Card));
        var bars = ModelBars.WalkWithout(40, GapPolicy.Flag, 20);

        var forecasts = predictor.PredictSeries(bars);

        for (var i = 0; i < bars.Count; i++)
        {
            // The window has 5 bars; bar 20 of the walk is the one between index 19 and index 20.
            var whole = i >= 4 && i is < 20 or > 23;
            (forecasts[i] is not null).Should().Be(whole, $"of bar {i}");
            (predictor.Predict(bars.Slice(0, i + 1)) is not null).Should().Be(whole, $"of bar {i}");
        }
    }

    [Fact]
    public void PredictSeries_FilledGap_CountsAsBars()
    {
        using var predictor = new OnnxPredictor(TestModels.LastClose(Card));
        var bars = ModelBars.WalkWithout(40, GapPolicy.Fill, 20, 21);

        var forecasts = predictor.PredictSeries(bars);

        bars.Count.Should().Be(40);
        forecasts.Prices[4..].ToArray().Should().NotContain(double.NaN);
        forecasts[21]!.Value.Price.Should().Be((float)bars.Closes[19]);
    }

    [Theory]
    [InlineData(-1d, "gave -1 ", "expected a price above 0")]
    [InlineData(0d, "gave 0 ", "expected a price above 0")]
    [InlineData(double.NaN, "gave NaN ", "expected a price above 0")]
    [InlineData(double.PositiveInfinity, "gave Infinity ", "expected a price above 0")]
    public void Predict_OutputIsNotAPrice_ThrowsWithBarAndValue(double value, string found, string expected)
    {
        using var predictor = new OnnxPredictor(TestModels.Always(value, Card, withCard: true));
        var bars = ModelBars.Walk(40);

        var live = () => predictor.Predict(bars);
        var series = () => predictor.PredictSeries(bars);

        live.Should().Throw<ModelException>().WithMessage($"*'test-model' {found}at the bar of 2024-02-09 00:00:00Z*{expected}*");
        series.Should().Throw<ModelException>().WithMessage($"*'test-model' {found}at the bar of 2024-01-05 00:00:00Z*{expected}*");
    }

    [Theory]
    [InlineData(ModelOutput.Return, -1.5, "a return above -1")]
    [InlineData(ModelOutput.LogReturn, double.NaN, "a finite log return")]
    [InlineData(ModelOutput.Direction, 1.01, "a direction from -1 to 1")]
    [InlineData(ModelOutput.Direction, double.NaN, "a direction from -1 to 1")]
    [InlineData(ModelOutput.ScaledPrice, -3, "a scaled price that is above 0 when scaled back")]
    public void Predict_OutputOutsideItsMeaning_SaysWhatWasExpected(ModelOutput output, double value, string expected)
    {
        var options = new OnnxPredictorOptions { Card = Card with { Output = output }, DirectionReturn = 0.01 };
        using var predictor = new OnnxPredictor(TestModels.Always(value, Card), options);

        var live = () => predictor.Predict(ModelBars.Walk(40));

        live.Should().Throw<ModelException>().WithMessage($"*expected {expected}.");
    }

    [Fact]
    public void Predict_AfterAFailedCall_StillWorks()
    {
        var card = TestModels.CardOf(2, BarFeature.Close);
        using var predictor = new OnnxPredictor(TestModels.Of(
            [GraphBuilder.AnySize, 2, 1],
            (g, x) => g.Log(g.Div(g.Squeeze(g.Slice(x, 1, 1, 1), 2), g.Squeeze(g.Slice(x, 1, 0, 1), 2))),
            card));
        var (rising, falling) = (Pair(100, 110), Pair(110, 100));

        var failing = () => predictor.Predict(falling);

        failing.Should().Throw<ModelException>();
        predictor.Predict(rising)!.Value.Price.Should().BeApproximately(Math.Log(1.1), 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Predict_SeveralValues_HorizonPicksTheColumnOfAModelWithACard(int horizon)
    {
        var card = TestModels.CardOf(3, BarFeature.Close) with { Horizon = horizon };
        using var predictor = new OnnxPredictor(TestModels.Of([GraphBuilder.AnySize, 3, 1], (g, x) => g.Squeeze(x, 2), card));
        var bars = ModelBars.Walk(10);

        predictor.Predict(bars).Should().Be(new Forecast((float)bars.Closes[10 - 4 + horizon], bars.Closes[^1], horizon));
    }

    [Fact]
    public void Predict_OutputNameGiven_ReadsThatOutput()
    {
        var graph = new GraphBuilder("two");
        var input = graph.Input("x", GraphBuilder.AnySize, 2, 1);
        graph.Output("first", graph.Squeeze(graph.Slice(input, 1, 0, 1), 2));
        graph.Output("second", graph.Squeeze(graph.Slice(input, 1, 1, 1), 2));
        var file = TestModels.FileOf(graph, TestModels.CardOf(2, BarFeature.Close));
        using var predictor = new OnnxPredictor(file, new OnnxPredictorOptions { OutputName = "first" });
        var bars = ModelBars.Walk(10);

        predictor.Predict(bars)!.Value.Price.Should().Be((float)bars.Closes[8]);
    }

    [Theory]
    [InlineData("[batch]")]
    [InlineData("[batch, 1]")]
    [InlineData("[batch, 1, 1]")]
    public void Predict_AnyShapeOfOneValuePerWindow_Fits(string shape)
    {
        var card = TestModels.CardOf(4, BarFeature.Close);
        using var predictor = new OnnxPredictor(TestModels.Of(
            [GraphBuilder.AnySize, 4, 1],
            (g, x) => g.Slice(x, 1, 3, 1) is var last && shape == "[batch, 1, 1]" ? last : shape == "[batch]" ? g.Reshape(last, GraphBuilder.AnySize) : g.Squeeze(last, 2),
            card));
        var bars = ModelBars.Walk(40);

        predictor.PredictSeries(bars).Prices[3..].ToArray().Should().Equal(bars.Closes[3..].ToArray().Select(close => (double)(float)close));
    }

    [Theory]
    [InlineData(GraphBuilder.AnySize)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    public void PredictSeries_AnyBatchInTheFile_Fits(long batch)
    {
        var card = TestModels.CardOf(4, BarFeature.Close);
        using var flat = new OnnxPredictor(TestModels.Of([batch, 4], (g, x) => g.Slice(x, 1, 3, 1), card));
        using var deep = new OnnxPredictor(TestModels.LastValue([batch, 4, 1], card, card));
        var bars = ModelBars.Walk(40);
        var expected = bars.Closes[3..].ToArray().Select(close => (double)(float)close);

        flat.PredictSeries(bars).Prices[3..].ToArray().Should().Equal(expected);
        deep.PredictSeries(bars).Prices[3..].ToArray().Should().Equal(expected);
    }

    [Fact]
    public void Dispose_Twice_EndsTheUse()
    {
        var predictor = new OnnxPredictor(TestModels.LastClose(Card));
        predictor.Predict(ModelBars.Walk(5)).Should().NotBeNull();

        predictor.Dispose();
        predictor.Dispose();

        var live = () => predictor.Predict(ModelBars.Walk(5));
        var series = () => predictor.PredictSeries(ModelBars.Walk(5));
        live.Should().Throw<ObjectDisposedException>();
        series.Should().Throw<ObjectDisposedException>();
    }

    private static BarSeries Pair(double first, double second) => BarSeries.Create(
        Symbol.Parse("BTCUSDT"),
        Interval.OneDay,
        GapPolicy.Reject,
        [
            new Bar(ModelBars.Start, TimeSpan.FromDays(1), first, first, first, first, 1),
            new Bar(ModelBars.Start.AddDays(1), TimeSpan.FromDays(1), second, second, second, second, 1),
        ]);

    private sealed class StoredModelLoader(ModelFile file) : IModelLoader
    {
        public Task<ModelFile> LoadAsync(CancellationToken cancellationToken = default) => Task.FromResult(file);
    }
}
