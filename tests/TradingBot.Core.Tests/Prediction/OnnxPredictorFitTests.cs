using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training.Onnx;

namespace TradingBot.Core.Tests.Prediction;

/// <summary>A model that does not fit fails when it is loaded, with what was expected and what was found.</summary>
public sealed class OnnxPredictorFitTests
{
    private const long Any = GraphBuilder.AnySize;
    private static readonly ModelCard Card = TestModels.CardOf(5, BarFeature.Open, BarFeature.Close);
    private static readonly ModelCard CloseCard = TestModels.CardOf(5, BarFeature.Close);

    [Fact]
    public void Load_NoBytes_SaysSo() =>
        LoadError(new ModelFile("empty.onnx", ReadOnlyMemory<byte>.Empty)).Should().Be("The model 'empty.onnx' is empty; expected a file in the ONNX format.");

    [Fact]
    public void Load_NotOnnx_NamesTheSource() =>
        LoadError(new ModelFile("readme.txt", "This is no model."u8.ToArray())).Should().Match("The model 'readme.txt' cannot be loaded: expected a file in the ONNX format *, found 17 bytes*");

    [Fact]
    public void Load_CutShort_IsOneModelException()
    {
        var whole = TestModels.Recurrent(5).Content;
        for (var length = 1; length < whole.Length; length += 97)
        {
            // Some cuts leave a readable file with less in it; none may load as the model that it was.
            LoadError(new ModelFile("cut.onnx", whole[..length])).Should().Contain("'cut.onnx'");
        }
    }

    [Fact]
    public void Load_PartOfALargerBuffer_Works()
    {
        var whole = TestModels.LastClose(Card).Content.ToArray();
        byte[] buffer = [1, 2, 3, .. whole, 4, 5];

        using var predictor = new OnnxPredictor(new ModelFile("part.onnx", buffer.AsMemory(3, whole.Length)));

        predictor.Card.Name.Should().Be("test-model");
    }

    [Fact]
    public void Load_NoCard_SaysHowToGiveOne() =>
        LoadError(TestModels.LastClose(Card, withCard: false)).Should().Match(
            "The model 'test.onnx' has no card: expected metadata with the key 'tradingbot.card.version', found no metadata.*OnnxPredictorOptions.Card: features, window, horizon, interval, scaling and output.");

    [Fact]
    public void Load_MalformedCard_NamesTheSourceAndTheKey()
    {
        var graph = new GraphBuilder("g");
        graph.Output("price", graph.Squeeze(graph.Input("bars", Any, 1, 1), 2));
        var metadata = ModelCardMetadata.ToMetadata(TestModels.CardOf(1, BarFeature.Close));
        metadata["tradingbot.interval"] = "2d";

        LoadError(new ModelFile("odd.onnx", OnnxModelWriter.ToBytes(graph.Build(), metadata))).Should().Match(
            "The card of the model 'odd.onnx' cannot be read. *'tradingbot.interval'*expected one of 1m,*found '2d'*");
    }

    [Fact]
    public void Load_CardInFileAndOptions_IsAmbiguousUnlessReplaced()
    {
        var file = TestModels.LastClose(Card);
        var other = Card with { Name = "other", Horizon = 2 };

        LoadError(file, new OnnxPredictorOptions { Card = other }).Should().Match("*carries a card and the options give another: expected one.*ReplaceCard*");
        using var predictor = new OnnxPredictor(file, new OnnxPredictorOptions { Card = other, ReplaceCard = true });
        predictor.Card.Should().BeEquivalentTo(other with { ContentHash = file.Sha256 });
    }

    [Fact]
    public void Load_CardOfOptions_DescribesAModelWithoutOne()
    {
        var file = TestModels.LastClose(Card, withCard: false);

        using var predictor = new OnnxPredictor(file, new OnnxPredictorOptions { Card = Card with { ContentHash = file.Sha256.ToUpperInvariant() } });

        predictor.Predict(ModelBars.Walk(5)).Should().NotBeNull();
    }

    [Fact]
    public void Load_CardOfOptionsForAnotherFile_SaysBothHashes()
    {
        var file = TestModels.LastClose(Card, withCard: false);
        var pin = new string('a', 64);

        LoadError(file, new OnnxPredictorOptions { Card = Card with { ContentHash = pin } }).Should().Be(
            $"The model 'test.onnx' is not the one described: expected SHA-256 {pin}, found {file.Sha256}.");
    }

    [Fact]
    public void Load_CardOfOptionsThatDoesNotHold_SaysWhy()
    {
        var card = Card with { Scaling = new ModelScaling.MinMax([1], [2]) };

        LoadError(TestModels.LastClose(Card, withCard: false), new OnnxPredictorOptions { Card = card }).Should().Match(
            "The card that the options give for the model 'test.onnx' does not hold.*expected 2 number(s), one per feature, found '1'.");
    }

    [Fact]
    public void Load_AnotherInterval_SaysBoth() =>
        LoadError(TestModels.LastClose(Card), new OnnxPredictorOptions { Interval = Interval.OneHour }).Should().Be(
            "The model 'test-model' from 'test.onnx' does not fit: expected one for bars of 1h, found one for bars of 1d.");

    [Theory]
    [InlineData(new long[] { Any, 5, 3 }, "[any, 5, 3]")] // feature count
    [InlineData(new long[] { Any, 6, 2 }, "[any, 6, 2]")] // window
    [InlineData(new long[] { Any, 2, 5 }, "[any, 2, 5]")] // features first
    [InlineData(new long[] { Any, 10 }, "[any, 10]")] // flat, in an order that nobody knows
    [InlineData(new long[] { 10 }, "[10]")] // rank
    [InlineData(new long[] { Any, 5, 2, 1 }, "[any, 5, 2, 1]")]
    public void Load_InputOfAnotherShape_SaysBothShapes(long[] shape, string found) =>
        LoadError(TestModels.Of(shape, (g, x) => g.Identity(x), Card)).Should().Be(
            $"The model 'test-model' from 'test.onnx' does not fit: expected an input of shape [batch, 5, 2], as its card says window 5 and 2 feature(s) (Open, Close), found {found}.");

    [Fact]
    public void Load_InputOfAnotherShapeForOneFeature_NamesBothForms() =>
        LoadError(TestModels.Of([Any, 6], (g, x) => g.Identity(x), CloseCard)).Should().Contain("expected an input of shape [batch, 5, 1] or [batch, 5], as").And.EndWith("found [any, 6].");

    [Fact]
    public void Load_Doubles_AreRejected() =>
        LoadError(TestModels.Of([Any, 5, 2], (g, x) => g.Identity(x), Card, OnnxElementType.Float64)).Should().EndWith(
            "does not fit: expected an input of float32 numbers, found Double.");

    [Fact]
    public void Load_TwoInputs_NamesThem()
    {
        var graph = new GraphBuilder("two");
        graph.Output("price", graph.Add(graph.Input("x", Any, 5, 1), graph.Input("y", Any, 5, 1)));

        LoadError(TestModels.FileOf(graph, CloseCard)).Should().EndWith("does not fit: expected one input, found 2: x, y.");
    }

    [Fact]
    public void Load_TwoOutputs_AsksWhich()
    {
        var graph = new GraphBuilder("two");
        var input = graph.Squeeze(graph.Slice(graph.Input("x", Any, 5, 1), 1, 0, 1), 2);
        graph.Output("a", input);
        graph.Output("b", input);
        var file = TestModels.FileOf(graph, CloseCard);

        LoadError(file).Should().EndWith("expected one output, or OnnxPredictorOptions.OutputName to say which, found 2: a, b.");
        LoadError(file, new OnnxPredictorOptions { OutputName = "c" }).Should().EndWith("expected an output named 'c', found a, b.");
    }

    [Fact]
    public void Load_OutputOfAnotherShape_SaysWhatFits() =>
        LoadError(TestModels.Of([Any, 5, 2], (g, x) => g.Identity(x), Card)).Should().EndWith(
            "expected output 'price' of shape [16], [16, 1], [16, steps] or [16, steps, 1] for a batch of 16, found [16, 5, 2].");

    [Fact]
    public void Load_OutputMixesTheBatch_IsFound() =>
        LoadError(TestModels.Of([Any, 5, 1], (g, x) => g.ReduceMean(x, [0, 2], keepDimensions: false), CloseCard)).Should().EndWith("for a batch of 16, found [5].");

    [Fact]
    public void Load_FewerStepsThanTheHorizon_SaysBoth() =>
        LoadError(TestModels.Of([Any, 5], (g, x) => g.Slice(x, 1, 0, 3), CloseCard with { Horizon = 4 })).Should().EndWith(
            "expected 1 value per window or at least 4, one for each bar up to its horizon, found 3.");

    [Fact]
    public void Load_SeveralValuesWithoutAMeaning_AsksWhich()
    {
        // Five values for horizon 1 may as well be open, high, low, close and volume.
        var file = TestModels.Of([Any, 5], (g, x) => g.Identity(x));

        LoadError(file, new OnnxPredictorOptions { Card = CloseCard }).Should().EndWith(
            "expected 1 value per window, or 1 as its horizon is 1, or OnnxPredictorOptions.OutputStep to say which, found 5.");
        LoadError(file, new OnnxPredictorOptions { Card = CloseCard, OutputStep = 6 }).Should().EndWith(
            "expected at least 6 values per window, as the options ask for value 6, found 5.");
        using var last = new OnnxPredictor(file, new OnnxPredictorOptions { Card = CloseCard with { Horizon = 5 } });
        using var second = new OnnxPredictor(file, new OnnxPredictorOptions { Card = CloseCard, OutputStep = 2 });
        var bars = ModelBars.Walk(5);
        last.Predict(bars)!.Value.Price.Should().Be((float)bars.Closes[4]);
        second.Predict(bars)!.Value.Price.Should().Be((float)bars.Closes[1]);
    }

    [Fact]
    public void Load_GraphForOneWindowBehindADynamicBatch_PointsToTheBatchSize()
    {
        // It repeats its one window three times inside, and cannot do so with sixteen.
        var file = TestModels.Of(
            [Any, 5], (g, x) => g.Slice(g.Slice(g.Add(x, g.Initializer("zeros", [3, 5], new float[15])), 0, 0, 1), 1, 4, 1), CloseCard);

        LoadError(file).Should().Match("*does not run with an input of shape [16, 5].*OnnxPredictorOptions.BatchSize to 1.*");
        using var predictor = new OnnxPredictor(file, new OnnxPredictorOptions { BatchSize = 1 });
        var bars = ModelBars.Walk(20);
        predictor.PredictSeries(bars)[12]!.Value.Price.Should().Be((float)bars.Closes[12]);
    }

    [Fact]
    public void Load_DirectionWithoutAReturn_SaysWhatIsMissing() =>
        LoadError(TestModels.LastClose(Card with { Output = ModelOutput.Direction })).Should().Match("*gives a direction*expected OnnxPredictorOptions.DirectionReturn*found none.");

    [Fact]
    public void Load_ScaledPriceWithoutTheClose_SaysWhatWasFound()
    {
        var card = TestModels.CardOf(5, BarFeature.Open, BarFeature.High) with { Output = ModelOutput.ScaledPrice, Scaling = new ModelScaling.RollingMinMax(9) };

        LoadError(TestModels.Always(1, card, withCard: true)).Should().EndWith("expected Close among its features, to know the scale, found Open, High.");
    }

    [Fact]
    public void Load_ScaledPriceOfLogReturnsOverSeveralBars_IsRefused() =>
        LoadError(TestModels.Always(1, CloseCard with { Output = ModelOutput.ScaledPrice, Scaling = new ModelScaling.LogReturn(), Horizon = 2 }, withCard: true))
            .Should().Contain("expected horizon 1, or output LogReturn");

    [Theory]
    [InlineData(0)]
    [InlineData(-16)]
    [InlineData(15)]
    [InlineData(24)]
    [InlineData(8192)]
    public void BatchSize_NotWholeVectors_Throws(int size)
    {
        var set = () => new OnnxPredictorOptions { BatchSize = size };
        set.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*1 or a multiple of 16 up to 4096*");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.01)]
    [InlineData(double.NaN)]
    public void DirectionReturn_OutsideItsRange_Throws(double value)
    {
        var set = () => new OnnxPredictorOptions { DirectionReturn = value };
        set.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*above 0 and below 1*");
    }

    [Fact]
    public void OtherOptions_BelowOne_Throw()
    {
        var step = () => new OnnxPredictorOptions { OutputStep = 0 };
        var threads = () => new OnnxPredictorOptions { IntraOpThreads = 0 };
        step.Should().Throw<ArgumentOutOfRangeException>();
        threads.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static string LoadError(ModelFile file, OnnxPredictorOptions? options = null)
    {
        var load = () => new OnnxPredictor(file, options);
        return load.Should().Throw<ModelException>().Which.Message;
    }
}
