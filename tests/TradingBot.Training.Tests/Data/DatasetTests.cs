using Microsoft.ML.OnnxRuntime;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training.Data;
using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Tests.Data;

public sealed class DatasetTests
{
    private static readonly BarSeries Bars = Walk(120);
    private static readonly ExogenousSeries Gold = Daily("gold", day => 2000 + (day % 9) - (day % 4));
    private static readonly ExogenousSeries Funding = Daily("funding", day => ((day % 5) - 2) * 1e-4);

    private static readonly DatasetOptions Wide = new()
    {
        Features = [BarFeature.Volume, BarFeature.Close, BarFeature.High],
        Exogenous = [new ExogenousFeature("funding"), new ExogenousFeature("gold")],
        Window = 4,
        Steps = 3,
    };

    public static TheoryData<InputScaling, InputScaling, TargetKind> Scalings
    {
        get
        {
            var data = new TheoryData<InputScaling, InputScaling, TargetKind>();
            foreach (var scaling in Enum.GetValues<InputScaling>())
            {
                data.Add(scaling, InputScaling.ZScore, TargetKind.LogReturn);
                data.Add(scaling, InputScaling.MinMax, TargetKind.Price);
            }

            data.Add(InputScaling.LogReturn, InputScaling.None, TargetKind.LogReturn);
            return data;
        }
    }

    [Fact]
    public void WindowEnds_WholeSeries_LeaveRoomForWindowAndTargets()
    {
        // A window of 4 log returns reads 5 bars, so that the first ends at 4; 3 closes must follow the last.
        Dataset.Create(Bars, Wide, Gold, Funding).WindowEnds.ToArray().Should().Equal(Enumerable.Range(4, 120 - 3 - 4));
        Dataset.Create(Bars, Wide with { Scaling = InputScaling.MinMax }, Gold, Funding).WindowEnds[0].Should().Be(3);
    }

    [Fact]
    public void WindowEnds_MissingBars_AreNotSpanned()
    {
        var bars = SampleBars.FromCloses(Enumerable.Range(1, 20).Select(i => 100d + (i % 3)), missing: [10]);

        // Bars 0 to 9 and, from place 10 on, days 11 to 19. Windows of 2 returns with 1 target lie in one of both parts.
        Dataset.Create(bars, new DatasetOptions { Window = 2 }).WindowEnds.ToArray().Should().Equal(2, 3, 4, 5, 6, 7, 8, 12, 13, 14, 15, 16, 17);
    }

    [Fact]
    public void WindowEnds_ExogenousValuesThatBeginLateOrGrowOld_AreLeftOutAndCounted()
    {
        var late = new ExogenousSeries("gold", Enumerable.Range(20, 10).Select(day => new ExogenousValue(SampleBars.Start.AddDays(day + 0.5), day)));
        var options = new DatasetOptions { Window = 2, Scaling = InputScaling.ZScore, Exogenous = [new ExogenousFeature("gold", TimeSpan.FromDays(2))] };

        var dataset = Dataset.Create(Bars, options, late);

        // Bar 20 is the first that knows a value, and the last value, of day 29, is too old at the close of bar 31.
        dataset.WindowEnds.ToArray().Should().Equal(Enumerable.Range(21, 10));
        dataset.WindowsWithoutValues.Should().Be(118 - 10);
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void FitScaling_InTheGraph_GivesTheTrainingSamplesOfRawBars(InputScaling scaling, InputScaling exogenousScaling, TargetKind target)
    {
        var dataset = Dataset.Create(Bars, Wide with { Scaling = scaling, ExogenousScaling = exogenousScaling, Target = target }, Gold, Funding);
        var fitted = dataset.FitScaling(new BarRange(0, 80));
        var data = dataset.ToTrainingData(.., fitted);
        var window = dataset.Options.Window + fitted.ExtraBars;
        var graph = new GraphBuilder("scaling");
        var bars = graph.Input("bars", GraphBuilder.AnySize, window, 5);
        graph.Output("scaled", fitted.Scale(graph, bars));
        using var session = new InferenceSession(OnnxModelWriter.ToBytes(graph.Build()));

        for (var sample = 0; sample < dataset.Count; sample++)
        {
            var scaled = Run(session, Raw(dataset.WindowEnds[sample], window), [1, window, 5], "scaled");

            // Raw prices of some ten thousands lose their last digits in 32 bits; the scaled numbers are of the size of 1.
            scaled.Zip(data.Sample(sample).ToArray()).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= 2e-5 * Math.Max(1, Math.Abs(pair.Second)));
        }
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void ToPrices_TrueTargets_GivesTheClosesThatCame(InputScaling scaling, InputScaling exogenousScaling, TargetKind target)
    {
        var dataset = Dataset.Create(Bars, Wide with { Scaling = scaling, ExogenousScaling = exogenousScaling, Target = target }, Gold, Funding);
        var fitted = dataset.FitScaling(new BarRange(0, 80));
        var data = dataset.ToTrainingData(.., fitted);
        var window = dataset.Options.Window + fitted.ExtraBars;

        for (var sample = 0; sample < dataset.Count; sample += 7)
        {
            var graph = new GraphBuilder("prices");
            var bars = graph.Input("bars", GraphBuilder.AnySize, window, 5);
            graph.Output("price", fitted.ToPrices(graph, graph.Initializer("output", [1, 3], data.Target(sample)), bars));
            using var session = new InferenceSession(OnnxModelWriter.ToBytes(graph.Build()));
            var end = dataset.WindowEnds[sample];

            var prices = Run(session, Raw(end, window), [1, window, 5], "price");

            prices.Zip(Bars.Closes.Slice(end + 1, 3).ToArray()).Should().OnlyContain(pair => Math.Abs((pair.First / pair.Second) - 1) < 1e-5);
        }
    }

    [Fact]
    public void ToTrainingData_KnownNumbers_FollowsTheFormulas()
    {
        var bars = SampleBars.FromCloses([100, 110, 105, 120, 130, 90]);
        var dataset = Dataset.Create(bars, new DatasetOptions { Window = 2, Steps = 2, Scaling = InputScaling.MinMax });

        // The training part is the first five bars: closes from 100 to 130. Its only samples end at 1 and 2.
        var train = new BarRange(0, 5);
        var data = dataset.ToTrainingData(dataset.Samples(train), dataset.FitScaling(train));

        data.Count.Should().Be(2);
        data.Sample(1).ToArray().Should().Equal((float)(10 / 30d), (float)(5 / 30d));
        double[] first = [Math.Log(105 / 110d), Math.Log(120 / 105d)];
        double[] second = [Math.Log(120 / 110d), Math.Log(130 / 105d)];
        data.Target(1)[0].Should().BeApproximately((float)(first[1] / Deviation(first)), 1e-6f);
        data.Target(1)[1].Should().BeApproximately((float)(second[1] / Deviation(second)), 1e-6f);

        static double Deviation(double[] two) => Math.Abs(two[0] - two[1]) / Math.Sqrt(2);
    }

    [Fact]
    public void FitScaling_WhatComesAfterTheTrainingPart_ChangesNothing()
    {
        var changed = Changed(Bars, from: 80);
        var train = new BarRange(0, 80);
        foreach (var options in new[] { Wide, Wide with { Scaling = InputScaling.MinMax, Target = TargetKind.Price }, Wide with { Scaling = InputScaling.ZScore } })
        {
            var original = Dataset.Create(Bars, options, Gold, Funding);
            var other = Dataset.Create(changed, options, Gold, Daily("funding", day => day < 80 ? ((day % 5) - 2) * 1e-4 : 7));

            var (one, two) = (original.ToTrainingData(original.Samples(train), original.FitScaling(train)), other.ToTrainingData(other.Samples(train), other.FitScaling(train)));

            one.Count.Should().Be(two.Count);
            for (var i = 0; i < one.Count; i++)
            {
                two.Sample(i).ToArray().Should().Equal(one.Sample(i).ToArray());
                two.Target(i).ToArray().Should().Equal(one.Target(i).ToArray());
            }
        }
    }

    [Fact]
    public void Samples_PartsOfTheSeries_ShareNoTarget()
    {
        var dataset = Dataset.Create(Bars, Wide, Gold, Funding);
        var split = DatasetSplit.Chronological(120, 0.5, 0.2);

        Ends(dataset.Samples(split.Train)).Should().Equal(Enumerable.Range(4, 57 - 4));
        Ends(dataset.SamplesAhead(split.Validation)).Should().Equal(Enumerable.Range(59, 81 - 59));
        Ends(dataset.SamplesAhead(split.Test)).Should().Equal(Enumerable.Range(83, 117 - 83));

        int[] Ends(Range samples) => dataset.WindowEnds[samples].ToArray();
    }

    [Fact]
    public void Trained_OnBarsAndExogenousValues_ForecastsRawBarsThroughThePredictor()
    {
        var dataset = Dataset.Create(Bars, Wide, Gold, Funding);
        var split = DatasetSplit.Chronological(Bars.Count, 0.7);
        var scaling = dataset.FitScaling(split.Train);
        var network = Trainer.Train(new Mlp(), dataset.ToTrainingData(dataset.Samples(split.Train), scaling), new TrainingOptions { Epochs = 2, ValidationPart = 0 });
        var card = dataset.CreateCard("mlp", split.Seen, horizon: 2);
        using var predictor = new OnnxPredictor(
            new ModelFile("mlp.onnx", network.ToOnnx(0, scaling, card)), new OnnxPredictorOptions { Exogenous = new FixedExogenousSource(Gold, Funding) });

        var forecasts = predictor.PredictSeries(Bars);

        // The first bar closes before no value, so that only the window is waited for.
        forecasts.Prices.ToArray().TakeWhile(double.IsNaN).Should().HaveCount(4);
        forecasts.Prices[4..].ToArray().Should().OnlyContain(price => price > 0);
        predictor.Card.Should().BeEquivalentTo(
            new { Name = "mlp", Window = 5, Horizon = 2, TrainedFrom = Bars.OpenTimeAt(0), TrainedTo = Bars.CloseTimeAt(83), InputWidth = 5 });
    }

    [Fact]
    public void Create_WindowLongerThanTheData_SaysHowManyBarsAreNeeded() =>
        Creating(Bars.Slice(0, 7), Wide, Gold, Funding).Should().Throw<TrainingException>()
            .WithMessage("A window of 5 bars and 3 close(s) after it need 8 bars in a row; BTCUSDT 1d: 7 bars*has fewer.");

    [Fact]
    public void Create_BarsMissingEverywhere_SaysSo() =>
        Creating(SampleBars.FromCloses([1, 2, 3, 4, 5, 6, 7], missing: [2, 5]), new DatasetOptions { Window = 3, Scaling = InputScaling.ZScore })
            .Should().Throw<TrainingException>().WithMessage("*has none, as bars are missing.");

    [Fact]
    public void Create_ExogenousValuesNeverKnown_SaysSo() =>
        Creating(Bars, Wide, Gold, new ExogenousSeries("funding", [])).Should().Throw<TrainingException>().WithMessage("*has 113, and in none are all exogenous values known.");

    [Fact]
    public void Create_SeriesNotGiven_NamesIt() =>
        Creating(Bars, Wide, Gold).Should().Throw<ArgumentException>().WithMessage("The options name the series 'funding'*found none of that name.");

    [Fact]
    public void Create_UnknownFeature_NamesTheKnownOnes() =>
        Creating(Bars, new DatasetOptions { Features = [(BarFeature)9] }).Should().Throw<ArgumentException>().WithMessage("Expected features of the bars, Open, High, Low, Close, Volume, found 9.*");

    [Fact]
    public void Create_FeaturesThatDoNotHold_Throw()
    {
        Creating(Bars, new DatasetOptions { Features = [] }).Should().Throw<ArgumentException>().WithMessage("*found none.*");
        Creating(Bars, new DatasetOptions { Features = [BarFeature.Close, BarFeature.Close] }).Should().Throw<ArgumentException>().WithMessage("*each once, found Close, Close.*");
        Creating(Bars, new DatasetOptions { Features = [BarFeature.Volume] }).Should().Throw<ArgumentException>().WithMessage("*target LogReturn with Close among the features*found LogReturn with Volume.*");
        Creating(Bars, new DatasetOptions { ExogenousScaling = InputScaling.LogReturn }).Should().Throw<ArgumentException>().WithMessage("*not LogReturn for exogenous values*");
        Creating(Bars, new DatasetOptions { Window = 0 }).Should().Throw<ArgumentOutOfRangeException>();
        Creating(Bars, new DatasetOptions { Steps = 0 }).Should().Throw<ArgumentOutOfRangeException>();
        Creating(Bars, new DatasetOptions { Exogenous = [new ExogenousFeature("gold"), new ExogenousFeature("gold")] }, Gold)
            .Should().Throw<ArgumentException>().WithMessage("Expected each series once, found gold, gold.*");
        Creating(Bars, new DatasetOptions { Exogenous = [new ExogenousFeature("gold", TimeSpan.Zero)] }, Gold)
            .Should().Throw<ArgumentException>().WithMessage("Expected values of 'gold' to be kept for a time above 0, or for any time, found 00:00:00.*");
    }

    [Theory]
    [InlineData(InputScaling.ZScore, "Close is 100 throughout the training part*")]
    [InlineData(InputScaling.MinMax, "Close is 100 throughout the training part*")]
    [InlineData(InputScaling.LogReturn, "The log return of Close is 0 throughout the training part*")]
    [InlineData(InputScaling.None, "The log return of Close over 1 bar(s) is 0 throughout the training part*")]
    public void FitScaling_ConstantSeries_NamesIt(InputScaling scaling, string message)
    {
        var dataset = Dataset.Create(SampleBars.FromCloses(Enumerable.Repeat(100d, 30)), new DatasetOptions { Scaling = scaling });

        dataset.Invoking(it => it.FitScaling(new BarRange(0, 30))).Should().Throw<TrainingException>().WithMessage(message);
    }

    [Fact]
    public void FitScaling_ConstantExogenousSeries_NamesIt()
    {
        var dataset = Dataset.Create(Bars, Wide, Gold, Daily("funding", _ => 3));

        dataset.Invoking(it => it.FitScaling(new BarRange(0, 80))).Should().Throw<TrainingException>().WithMessage("The series 'funding' is 3 throughout the training part*");
    }

    [Fact]
    public void FitScaling_TooFewBars_SaysSo()
    {
        var dataset = Dataset.Create(Bars, Wide, Gold, Funding);

        dataset.Invoking(it => it.FitScaling(new BarRange(0, 2))).Should().Throw<TrainingException>().WithMessage("The training part has 1 value(s) of The log return of Volume*");
        dataset.Invoking(it => it.FitScaling(new BarRange(0, 121))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void ToTrainingData_NoSamples_SaysWhatASampleIs()
    {
        var dataset = Dataset.Create(Bars, Wide, Gold, Funding);
        var scaling = dataset.FitScaling(new BarRange(0, 80));

        dataset.Invoking(it => it.ToTrainingData(it.Samples(new BarRange(0, 7)), scaling)).Should().Throw<TrainingException>()
            .WithMessage("The part holds no window of 5 bars with 3 close(s) after it; expected one or more.");
    }

    private static Action Creating(BarSeries bars, DatasetOptions options, params ExogenousSeries[] series) => () => Dataset.Create(bars, options, series);

    private static float[] Run(InferenceSession session, float[] bars, long[] shape, string output)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(bars, shape);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["bars"], [input], [output]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    // Volume, close, high, funding and gold of each bar, taken straight from where they come.
    private static float[] Raw(int end, int window) => [.. Enumerable.Range(end - window + 1, window).SelectMany(bar => new[]
    {
        (float)Bars.Volumes[bar],
        (float)Bars.Closes[bar],
        (float)Bars.Highs[bar],
        (float)Funding.ValueAt(Bars.CloseTimeAt(bar))!.Value,
        (float)Gold.ValueAt(Bars.CloseTimeAt(bar))!.Value,
    })];

    private static ExogenousSeries Daily(string name, Func<int, double> value) => new(
        name,
        Enumerable.Range(0, 120).Select(day => new ExogenousValue(SampleBars.Start.AddDays(day + 0.5), value(day))));

    private static BarSeries Walk(int count)
    {
        var random = new Random(3);
        var close = 40_000d;
        return Series(Enumerable.Range(0, count).Select(i =>
        {
            var open = close;
            close *= 1 + ((random.NextDouble() - 0.5) * 0.05);
            return new Bar(
                SampleBars.Start.AddDays(i), TimeSpan.FromDays(1), open, Math.Max(open, close) * 1.003, Math.Min(open, close) * 0.996, close, i % 11 == 4 ? 0 : 10 + (random.NextDouble() * 1000));
        }));
    }

    private static BarSeries Changed(BarSeries bars, int from) => Series(bars.Select((bar, i) => i < from
        ? bar
        : new Bar(bar.OpenTime, bar.Length, bar.Open * 3, bar.High * 3, bar.Low * 3, bar.Close * 3, bar.Volume * 5)));

    private static BarSeries Series(IEnumerable<Bar> bars) => BarSeries.Create(Symbol.Parse("BTCUSDT"), Interval.OneDay, GapPolicy.Reject, bars);
}
