using Microsoft.ML.OnnxRuntime;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training.Data;
using TradingBot.Training.Models;
using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;
using TradingBot.Training.Optimization;

namespace TradingBot.Training.Tests;

public sealed class ModelTrainingTests
{
    private static readonly BarSeries Bars = MovingBars(160, seed: 5);
    private static readonly TrainingOptions Short = new() { Epochs = 2, Rounds = 2, ValidationPart = 0.2 };

    private static readonly ExogenousSeries Gold = new(
        "gold", Enumerable.Range(0, 170).Select(day => new ExogenousValue(SampleBars.Start.AddDays(day), 2000 + (day % 9) - (day % 4))));

    public static TheoryData<NetworkArchitecture, TargetKind> Networks
    {
        get
        {
            var data = new TheoryData<NetworkArchitecture, TargetKind>();
            foreach (NetworkArchitecture network in (NetworkArchitecture[])[new Mlp(), new Lstm(), new BidirectionalLstm(), new EncoderDecoderLstm(), new Cnn(), new ConvLstm(), new Transformer()])
            {
                data.Add(network, TargetKind.LogReturn);
                data.Add(network, TargetKind.Price);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Train_EveryNetworkLoadedOnRawBars_ForecastsWhatTheTrainingGraphDoes(NetworkArchitecture architecture, TargetKind target)
    {
        var dataset = new DatasetOptions
        {
            Features = [BarFeature.Open, BarFeature.High, BarFeature.Low, BarFeature.Close, BarFeature.Volume],
            Exogenous = [new ExogenousFeature("gold")],
            Window = 6,
            Steps = 3,
            Target = target,
            Scaling = target == TargetKind.LogReturn ? InputScaling.LogReturn : InputScaling.ZScore,
        };
        var judged = ModelTraining.Train(new NetworkRecipe(architecture, dataset, Short, horizon: 2), Bars, exogenous: [Gold]);

        using var predictor = judged.Model.CreatePredictor([Gold]);
        var forecasts = predictor.PredictSeries(Bars).Prices;
        var data = Dataset.Create(Bars, dataset, Gold);
        var outputs = TrainingGraphOutputs(judged.Model, data, dataset);
        for (var i = 0; i < data.Count; i++)
        {
            // The targets of the last training sample lie inside the 112 bars that the model may see; 20 % of the samples were kept out of the scaling.
            var end = data.WindowEnds[i];
            var expected = ToPrice(dataset, Bars, end, outputs[(i * 3) + 1]);
            forecasts[end].Should().BeApproximately(expected, 1e-5 * expected, "the forecast at bar {0} is that of the training graph", end);
        }
    }

    [Fact]
    public void Train_Scaling_IsThatOfTheTrainedRowsAlone()
    {
        // What is kept out to choose by (the last fifth of 112 bars) and the test part do not reach the scaling, so they may be anything.
        var dataset = new DatasetOptions { Features = [BarFeature.Close], Window = 4, Target = TargetKind.Price, Scaling = InputScaling.MinMax };
        double[] closes = [.. Bars.Closes];
        closes.AsSpan(95).Fill(1e6);
        closes[^1] = 2e6;

        var one = Scaled(SampleBars.FromCloses([.. Bars.Closes]));
        var other = Scaled(SampleBars.FromCloses(closes));

        other.Should().Equal(one);

        float[] Scaled(BarSeries bars)
        {
            var model = new NetworkRecipe(new LinearArchitecture(), dataset, Short with { Epochs = 1, ValidationPart = 0.2 }).Train(bars[..112]);
            return GraphRunner.Forecast(ScalingOnly(model.Scaling!), [100, 110, 120, 130], 1, 4, 1);
        }
    }

    [Fact]
    public void Train_Card_CarriesTheVerdictOnBarsThatTheModelHasNotSeen()
    {
        var judged = ModelTraining.Train(new AutoregressiveRecipe(2), Bars, trainPart: 0.5);

        judged.Model.Card.Skill.Should().Be(judged.Report.ToSkill());
        judged.Model.Card.TrainedTo.Should().Be(Bars.OpenTimeAt(80));
        // The first forecast is made with the last bar of the training part, for the bar after it.
        judged.Report.Samples.Should().Be(80);
        judged.Report.From.Should().Be(Bars.CloseTimeAt(79));
    }

    [Fact]
    public void Train_Round_IsTheOneWithTheLowestValidationLoss()
    {
        var model = ModelTraining.Train(new NetworkRecipe(new Mlp(), new DatasetOptions(), Short with { Rounds = 5, Epochs = 3 }), Bars).Model;

        model.Network!.Rounds.Should().HaveCount(5);
        model.Network.Rounds[model.Round].ValidationLoss.Should().Be(model.Network.Rounds.Min(round => round.ValidationLoss));
        model.History.Should().HaveCount(3);
    }

    [Fact]
    public void Train_Arima_FileForecastsWhatTheFittedModelDoes()
    {
        var judged = ModelTraining.Train(new ArimaRecipe(new ArimaOrder(2, 1, 1), horizon: 2, window: 40), Bars);

        var expected = ArimaPredictor.Fit(Bars[..112], new ArimaOrder(2, 1, 1), horizon: 2, window: 40).PredictSeries(Bars).Prices.ToArray();
        using var predictor = judged.Model.CreatePredictor();
        predictor.PredictSeries(Bars).Prices.ToArray().Should().Equal(expected, (a, b) => (double.IsNaN(a) && double.IsNaN(b)) || Math.Abs(a - b) <= 1e-5 * b);
    }

    [Fact]
    public void Train_Autoregression_FileForecastsWhatTheFittedModelDoes()
    {
        var judged = ModelTraining.Train(new AutoregressiveRecipe(3), Bars);

        var fitted = AutoregressiveModel.Fit(Bars[..112], 3);
        using var predictor = judged.Model.CreatePredictor();
        var forecasts = predictor.PredictSeries(Bars).Prices;
        for (var bar = 3; bar < Bars.Count; bar++)
        {
            var expected = fitted.Forecast(Bars.Closes.Slice(bar - 3, 4));
            forecasts[bar].Should().BeApproximately(expected, 1e-5 * expected);
        }
    }

    [Fact]
    public void Train_TooFewBars_SaysHowManyAreNeeded() =>
        Error<TrainingException>(Bars[..1]).Should().Be("1 bars are too few to be cut into 70 % for training, 0 % for validation and the rest for the test.");

    [Fact]
    public void Train_WindowLongerThanTheData_SaysHowManyBarsItNeeds() =>
        Error<TrainingException>(Bars, new DatasetOptions { Window = 200 }).Should().StartWith("A window of 201 bars and 1 close(s) after it need 202 bars in a row;").And.EndWith("has fewer.");

    [Fact]
    public void Train_NaNInABar_IsRefusedBeforeThereIsASeries() =>
        FluentActions.Invoking(() => SampleBars.FromCloses([1, 2, double.NaN])).Should().Throw<ArgumentException>().WithMessage("*NaN*");

    [Fact]
    public void Train_NaNInTheData_SaysWhere() =>
        FluentActions.Invoking(() => new TrainingData([1, float.NaN], [1, 2], 1, 1, 1)).Should().Throw<ArgumentException>().WithMessage("Expected finite numbers, found NaN at 1.*");

    [Fact]
    public void Train_ConstantSeries_SaysSo() =>
        Error<TrainingException>(SampleBars.FromCloses(Enumerable.Repeat(100d, 120))).Should().StartWith("The log return of Close is 0 throughout the training part");

    [Fact]
    public void Train_UnknownFeature_NamesThoseThereAre() =>
        Error<ArgumentException>(Bars, new DatasetOptions { Features = [(BarFeature)99] }).Should().StartWith("Expected features of the bars, Open, High, Low, Close, Volume, found 99.");

    [Fact]
    public void Train_MissingSeries_NamesIt() =>
        Error<ArgumentException>(Bars, new DatasetOptions { Exogenous = [new ExogenousFeature("silver")] }).Should().Contain("'silver'");

    [Fact]
    public void Train_DivergingLoss_SaysWhatToChange() =>
        Error<TrainingException>(Bars, training: Short with { LearningRate = 1e30, GradientNorm = null }).Should().Contain("not finite after epoch").And.Contain("smaller learning rate");

    [Fact]
    public async Task Train_Canceled_LeavesTheOldFileAndNoOther()
    {
        var directory = Directory.CreateTempSubdirectory("tradingbot-");
        try
        {
            var path = Path.Combine(directory.FullName, "model.onnx");
            await File.WriteAllTextAsync(path, "old");
            using var source = new CancellationTokenSource();
            var train = async () =>
            {
                var recipe = new NetworkRecipe(new Mlp(), new DatasetOptions(), Short with { Epochs = 1000, ValidationPart = 0 });
                var judged = ModelTraining.Train(recipe, Bars, progress: new CancelAfter(source, 2), cancellationToken: source.Token);
                await judged.Model.SaveAsync(path, source.Token);
            };

            await train.Should().ThrowAsync<OperationCanceledException>();
            Directory.GetFiles(directory.FullName).Should().Equal(path);
            (await File.ReadAllTextAsync(path)).Should().Be("old");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task SaveAsync_CanceledBeforeTheEnd_LeavesNoHalfWrittenFile()
    {
        var directory = Directory.CreateTempSubdirectory("tradingbot-");
        try
        {
            var model = new AutoregressiveRecipe(1).Train(Bars);
            var save = () => model.SaveAsync(Path.Combine(directory.FullName, "model.onnx"), new CancellationToken(canceled: true));

            await save.Should().ThrowAsync<OperationCanceledException>();
            Directory.GetFiles(directory.FullName).Should().BeEmpty();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Fingerprint_AnythingChanged_Differs()
    {
        string Of(NetworkArchitecture? network = null, DatasetOptions? dataset = null, TrainingOptions? training = null, int horizon = 1) =>
            new NetworkRecipe(network ?? new Mlp(), dataset ?? new DatasetOptions { Steps = 2 }, training ?? Short, horizon).Fingerprint;

        string[] all =
        [
            Of(), Of(network: new Cnn()), Of(dataset: new DatasetOptions { Steps = 2, Window = 5 }), Of(dataset: new DatasetOptions { Steps = 2, Scaling = InputScaling.ZScore }),
            Of(dataset: new DatasetOptions { Steps = 2, Features = [BarFeature.Close, BarFeature.Open] }), Of(training: Short with { Epochs = 3 }), Of(training: Short with { Seed = 2 }),
            Of(training: Short with { Loss = LossFunction.Huber }), Of(training: Short with { Rounds = 3 }), Of(horizon: 2),
        ];

        all.Should().OnlyHaveUniqueItems();
        Of().Should().Be(all[0]);
    }

    internal static BarSeries MovingBars(int count, int seed)
    {
        var random = new Random(seed);
        var close = 20_000d;
        return BarSeries.Create(Symbol.Parse("BTCUSDT"), Interval.OneDay, GapPolicy.Reject, Enumerable.Range(0, count).Select(day =>
        {
            var open = close;
            close *= Math.Exp(0.05 * (random.NextDouble() - 0.5));
            return new Bar(
                SampleBars.Start.AddDays(day), TimeSpan.FromDays(1), open, Math.Max(open, close) * (1 + (0.01 * random.NextDouble())), Math.Min(open, close) * (1 - (0.01 * random.NextDouble())), close, 10 + (90 * random.NextDouble()));
        }));
    }

    private static string Error<TException>(BarSeries bars, DatasetOptions? dataset = null, TrainingOptions? training = null)
        where TException : Exception =>
        FluentActions.Invoking(() => ModelTraining.Train(new NetworkRecipe(new Mlp(), dataset ?? new DatasetOptions(), training ?? Short), bars))
            .Should().Throw<TException>().Which.Message;

    // The network as training builds it, its parameters fed in as one flat vector, on samples that were scaled outside the graph.
    private static float[] TrainingGraphOutputs(TrainedModel model, Dataset dataset, DatasetOptions options)
    {
        var samples = dataset.ToTrainingData(.., (DatasetScaling)model.Scaling!);
        var parameters = model.Network!.Rounds[model.Round].Parameters;
        var plan = NetworkPlan.Create(model.Network.Architecture, new NetworkShape(samples.Window, samples.Features, samples.Steps), 1, samples.Count);
        var graph = new GraphBuilder("training");
        var windows = graph.Input("samples", 1, samples.Window, samples.Count, samples.Features);
        var flat = graph.Input("parameters", 1, parameters.Length);
        graph.Output("output", plan.Build(graph, new FlatTensors(graph, plan, flat, masks: null), windows));
        var input = new float[samples.Count * samples.Window * samples.Features];
        for (var i = 0; i < samples.Count; i++)
        {
            Batches.CopySample(samples, i, input, i, samples.Count);
        }

        using var session = new InferenceSession(OnnxModelWriter.ToBytes(graph.Build()));
        using var windowsValue = OrtValue.CreateTensorValueFromMemory(input, [1, options.Window, samples.Count, samples.Features]);
        using var flatValue = OrtValue.CreateTensorValueFromMemory(parameters, [1, parameters.Length]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["samples", "parameters"], [windowsValue, flatValue], ["output"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    // Back to a price by the definitions, from the training rows; nothing of the scaling's own code.
    private static double ToPrice(DatasetOptions options, BarSeries bars, int end, double output)
    {
        const int step = 1;
        var window = options.Window + (options.Scaling == InputScaling.LogReturn ? 1 : 0);
        var (samples, train) = (112 - window - options.Steps + 1, 112);
        var trained = samples - (int)Math.Ceiling(samples * 0.2) - (options.Steps - 1);
        train = window - 1 + trained - 1 + options.Steps + 1;
        var closes = bars.Closes[..train].ToArray();
        if (options.Target == TargetKind.Price)
        {
            return (output * Deviation(closes)) + closes.Average();
        }

        double[] returns = [.. Enumerable.Range(window - 1, trained).Select(bar => Math.Log(closes[bar + step + 1] / closes[bar]))];
        return bars.Closes[end] * Math.Exp(output * Deviation(returns));
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private static byte[] ScalingOnly(GraphScaling scaling)
    {
        var graph = new GraphBuilder("scaling");
        graph.Output("price", scaling.Scale(graph, graph.Input("bars", 1, 4, 1)));
        return OnnxModelWriter.ToBytes(graph.Build());
    }

    private sealed class CancelAfter(CancellationTokenSource source, int epochs) : IProgress<EpochProgress>
    {
        public void Report(EpochProgress value)
        {
            if (value.Epoch == epochs)
            {
                source.Cancel();
            }
        }
    }
}
