using Microsoft.ML.OnnxRuntime;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Tests;

public sealed class TrainedNetworkTests
{
    private static readonly TrainingData Waves = SampleData.Waves(60, 4, 2);

    private static readonly ModelCard Card = new()
    {
        Name = "waves",
        Features = [BarFeature.Close, BarFeature.Volume],
        Window = 4,
        Horizon = 1,
        Interval = Interval.OneDay,
    };

    public static TheoryData<NetworkArchitecture> Networks =>
        new(new Mlp(), new Lstm(), new BidirectionalLstm(), new EncoderDecoderLstm(), new Cnn(), new ConvLstm(), new Transformer());

    [Theory]
    [MemberData(nameof(Networks))]
    public void ToOnnx_EveryNetwork_ForecastsWhatTrainingValidated(NetworkArchitecture architecture)
    {
        var trained = Trainer.Train(architecture, Waves, new TrainingOptions { Epochs = 2, Rounds = 2, ValidationPart = 0.2 });

        // The last 12 samples were kept out; their loss, computed from the file's forecasts, must be the one that training reported.
        for (var round = 0; round < 2; round++)
        {
            float[] bars = [.. Enumerable.Range(48, 12).SelectMany(i => Waves.Sample(i).ToArray())];
            float[] targets = [.. Enumerable.Range(48, 12).SelectMany(i => Waves.Target(i).ToArray())];
            var prices = GraphRunner.Forecast(trained.ToOnnx(round, GraphScaling.None, Card), bars, 12, 4, 2);
            var loss = prices.Zip(targets, (price, target) => ((double)price - target) * ((double)price - target)).Average();
            loss.Should().BeApproximately(trained.Rounds[round].ValidationLoss!.Value, 1e-6);
        }
    }

    [Fact]
    public void ToOnnx_Batch_IsTheSameAsOneByOne()
    {
        var model = Trainer.Train(new ConvLstm(), Waves, new TrainingOptions { Epochs = 1 }).ToOnnx(0, GraphScaling.None, Card);

        var both = GraphRunner.Forecast(model, [.. Waves.Sample(0), .. Waves.Sample(1)], 2, 4, 2);
        float[] one = [.. GraphRunner.Forecast(model, Waves.Sample(0).ToArray(), 1, 4, 2), .. GraphRunner.Forecast(model, Waves.Sample(1).ToArray(), 1, 4, 2)];

        both.Should().Equal(one, (a, b) => MathF.Abs(a - b) < 1e-6f);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void ToOnnx_TrainedAgainWithTheSameSeed_GivesTheSameBytes(NetworkArchitecture architecture)
    {
        byte[] Model() => Trainer.Train(architecture, Waves, new TrainingOptions { Epochs = 1, Seed = 42 }).ToOnnx(0, GraphScaling.None, Card);

        Model().AsSpan().SequenceEqual(Model()).Should().BeTrue();
    }

    [Fact]
    public void ToOnnx_Scaling_IsPartOfTheFile()
    {
        // Raw bars are the waves doubled, with one bar more in front; prices are 100 times the output plus the last raw close.
        var trained = Trainer.Train(new Mlp(), Waves, new TrainingOptions { Epochs = 1 });
        float[] bars = [7, 7, .. Waves.Sample(3).ToArray().Select(value => value * 2)];

        var raw = GraphRunner.Forecast(trained.ToOnnx(0, GraphScaling.None, Card), Waves.Sample(3).ToArray(), 1, 4, 2);
        var scaled = GraphRunner.Forecast(trained.ToOnnx(0, new Halving(), Card with { Window = 5 }), bars, 1, 5, 2);

        scaled.Should().Equal(raw.Select(output => (100 * output) + bars[^2]), (a, b) => MathF.Abs(a - b) < 1e-4f);
    }

    [Fact]
    public void ToOnnx_Metadata_CarriesTheCard()
    {
        using var session = new InferenceSession(Trainer.Train(new Mlp(), Waves, new TrainingOptions { Epochs = 1 }).ToOnnx(0, GraphScaling.None, Card));

        ModelCardMetadata.FromMetadata(session.ModelMetadata.CustomMetadataMap).Should().BeEquivalentTo(Card);
        session.ModelMetadata.GraphName.Should().Be("mlp");
    }

    [Fact]
    public async Task SaveAsync_File_HoldsTheSameBytes()
    {
        var directory = Directory.CreateTempSubdirectory("tradingbot-");
        try
        {
            var path = Path.Combine(directory.FullName, "model.onnx");
            var trained = Trainer.Train(new Mlp(), Waves, new TrainingOptions { Epochs = 1 });

            await trained.SaveAsync(path, 0, GraphScaling.None, Card);

            (await File.ReadAllBytesAsync(path)).Should().Equal(trained.ToOnnx(0, GraphScaling.None, Card));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void ToOnnx_CardOfAnotherNetwork_Throws()
    {
        var trained = Trainer.Train(new Mlp(), Waves, new TrainingOptions { Epochs = 1 });

        Exporting(trained, 0, Card with { Window = 5 }).Should().Throw<ArgumentException>().WithMessage("Expected a card of 4 bars with 2 feature(s), found 5 bars with 2.*");
        Exporting(trained, 0, Card with { Features = [BarFeature.Close] }).Should().Throw<ArgumentException>().WithMessage("*found 4 bars with 1.*");
        Exporting(trained, 0, Card with { Horizon = 3 }).Should().Throw<ArgumentException>().WithMessage("*horizon of at most 2 step(s), found 3*");
        Exporting(trained, 1, Card).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("round");
        Exporting(trained, -1, Card).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("round");
    }

    private static Action Exporting(TrainedNetwork trained, int round, ModelCard card) => () => trained.ToOnnx(round, GraphScaling.None, card);

    private sealed class Halving : GraphScaling
    {
        public override int ExtraBars => 1;

        public override OnnxValue Scale(GraphBuilder graph, OnnxValue bars) => graph.Mul(graph.Slice(bars, 1, 1, 4), graph.Constant(0.5));

        public override OnnxValue ToPrices(GraphBuilder graph, OnnxValue output, OnnxValue bars)
        {
            var lastClose = graph.Squeeze(graph.Slice(graph.Slice(bars, 1, 4, 1), 2, 0, 1), 2);
            return graph.Add(graph.Mul(output, graph.Constant(100)), lastClose);
        }
    }
}
