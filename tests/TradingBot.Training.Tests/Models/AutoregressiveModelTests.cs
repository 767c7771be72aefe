using Microsoft.ML.OnnxRuntime;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training.Models;

namespace TradingBot.Training.Tests.Models;

public sealed class AutoregressiveModelTests
{
    private static readonly BarSeries Noisy = SampleBars.FromCloses(SampleBars.Closes(SampleBars.Autoregression(500, 0.001, 0.3, -0.2, 0.02, seed: 7)));

    [Fact]
    public void Fit_SimulatedSecondOrder_RecoversItsCoefficients()
    {
        var closes = SampleBars.Closes(SampleBars.Autoregression(20_000, 0.0005, 0.4, -0.25, 0.01, seed: 1));

        var model = AutoregressiveModel.Fit(SampleBars.FromCloses(closes), 2);

        // Four standard errors: about 0.007 for a coefficient, 0.00007 for the intercept and 0.00005 for the deviation.
        model.Coefficients[0].Should().BeApproximately(0.4, 0.028);
        model.Coefficients[1].Should().BeApproximately(-0.25, 0.028);
        model.Intercept.Should().BeApproximately(0.0005, 0.00028);
        model.ResidualDeviation.Should().BeApproximately(0.01, 0.0002);
        model.Samples.Should().Be(19_998);
    }

    [Fact]
    public void Fit_ReturnsWithoutNoise_FindsTheExactRecurrence()
    {
        // A sampled sine obeys s[t+1] = 2 cos(w) s[t] - s[t-1]; around a drift of m the intercept is m (2 - 2 cos(w)).
        const double Frequency = 0.7;
        const double Drift = 0.001;
        var closes = SampleBars.Closes(Enumerable.Range(0, 60).Select(t => Drift + (0.01 * Math.Sin(Frequency * t))));

        var model = AutoregressiveModel.Fit(SampleBars.FromCloses(closes), 2);

        model.Coefficients[0].Should().BeApproximately(2 * Math.Cos(Frequency), 1e-9);
        model.Coefficients[1].Should().BeApproximately(-1, 1e-9);
        model.Intercept.Should().BeApproximately(Drift * (2 - (2 * Math.Cos(Frequency))), 1e-12);
        model.ResidualDeviation.Should().BeLessThan(1e-12);
    }

    [Fact]
    public void Fit_BarsMissing_LeavesOutTheWindowsThatSpanThem()
    {
        const double Frequency = 0.7;
        var closes = SampleBars.Closes(Enumerable.Range(0, 59).Select(t => 0.01 * Math.Sin(Frequency * t)));

        var model = AutoregressiveModel.Fit(SampleBars.FromCloses(closes, missing: 30), 2);

        // Four bars to a window: 60 bars without the one at 30 leave 27 windows before and 26 after.
        model.Samples.Should().Be(53);
        model.Coefficients[0].Should().BeApproximately(2 * Math.Cos(Frequency), 1e-9);
        model.ResidualDeviation.Should().BeLessThan(1e-12);
    }

    [Fact]
    public void Fit_Card_DescribesTheModelAndItsTrainingPart()
    {
        var card = AutoregressiveModel.Fit(Noisy.Slice(0, 100), 3).Card;

        card.Should().BeEquivalentTo(new ModelCard
        {
            Name = "ar-3",
            Features = [BarFeature.Close],
            Window = 4,
            Horizon = 1,
            Interval = Interval.OneDay,
            Symbol = Symbol.Parse("BTCUSDT"),
            TrainedFrom = SampleBars.Start,
            TrainedTo = SampleBars.Start.AddDays(100),
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(30)]
    public void ToOnnx_RunOnRawCloses_AgreesWithDirectComputation(int order)
    {
        var model = AutoregressiveModel.Fit(Noisy, order);
        var windows = Enumerable.Range(0, 100).Select(start => Noisy.Closes.Slice(start, order + 1).ToArray()).ToArray();

        var prices = Run(model.ToOnnx(), windows);

        for (var i = 0; i < windows.Length; i++)
        {
            var expected = model.Forecast(windows[i]);
            ((double)prices[i]).Should().BeApproximately(expected, expected * 1e-5);
        }
    }

    [Fact]
    public void Forecast_KnownReturns_FollowsTheFormula()
    {
        var model = AutoregressiveModel.Fit(Noisy, 2);

        model.Forecast([100, 110, 99]).Should().BeApproximately(
            99 * Math.Exp(model.Intercept + (model.Coefficients[0] * Math.Log(99d / 110)) + (model.Coefficients[1] * Math.Log(110d / 100))), 1e-12);
    }

    [Fact]
    public void Forecast_WrongNumberOfCloses_Throws()
    {
        var model = AutoregressiveModel.Fit(Noisy, 2);

        model.Invoking(it => it.Forecast([1, 2])).Should().Throw<ArgumentException>().WithMessage("Expected 3 closes, found 2.*");
    }

    [Fact]
    public void ToOnnx_FittedTwice_GivesTheSameBytes() =>
        AutoregressiveModel.Fit(Noisy, 5).ToOnnx().Should().Equal(AutoregressiveModel.Fit(Noisy, 5).ToOnnx());

    [Fact]
    public void ToOnnx_Metadata_CarriesTheCard()
    {
        var model = AutoregressiveModel.Fit(Noisy, 5);

        using var session = new InferenceSession(model.ToOnnx());

        ModelCardMetadata.FromMetadata(session.ModelMetadata.CustomMetadataMap).Should().BeEquivalentTo(model.Card);
    }

    [Fact]
    public async Task SaveAsync_ExistingFile_IsReplacedAndNothingElseIsLeft()
    {
        var directory = Directory.CreateTempSubdirectory("tradingbot-");
        try
        {
            var path = Path.Combine(directory.FullName, "model.onnx");
            await File.WriteAllTextAsync(path, "old");
            var model = AutoregressiveModel.Fit(Noisy, 1);

            await model.SaveAsync(path);

            (await File.ReadAllBytesAsync(path)).Should().Equal(model.ToOnnx());
            directory.GetFiles().Should().ContainSingle();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task SaveAsync_Cancelled_LeavesTheOldFile()
    {
        var directory = Directory.CreateTempSubdirectory("tradingbot-");
        try
        {
            var path = Path.Combine(directory.FullName, "model.onnx");
            await File.WriteAllTextAsync(path, "old");

            var save = () => AutoregressiveModel.Fit(Noisy, 1).SaveAsync(path, new CancellationToken(canceled: true));

            await save.Should().ThrowAsync<OperationCanceledException>();
            (await File.ReadAllTextAsync(path)).Should().Be("old");
            directory.GetFiles().Should().ContainSingle();
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Fit_OrderBelowOne_Throws(int order) =>
        Fitting(Noisy, order).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(order));

    [Fact]
    public void Fit_TooFewBars_SaysHowManyAreNeeded() =>
        Fitting(Noisy.Slice(0, 6), 2).Should().Throw<TrainingException>().WithMessage("*order 2 needs 4 windows of 4 bars in a row*6 bars*has 3.");

    [Fact]
    public void Fit_JustEnoughBars_Fits() => AutoregressiveModel.Fit(Noisy.Slice(0, 7), 2).Samples.Should().Be(4);

    [Fact]
    public void Fit_NoBars_Throws() =>
        Fitting(Noisy.Slice(0, 0), 1).Should().Throw<TrainingException>().WithMessage("*no bars has 0.");

    [Fact]
    public void Fit_PriceThatNeverMoved_SaysSo() =>
        Fitting(SampleBars.FromCloses(Enumerable.Repeat(100d, 50)), 2).Should().Throw<TrainingException>().WithMessage("*do not determine*1 bar(s) back is always 0*");

    [Fact]
    public void Fit_PriceThatGrowsSteadily_SaysSo() =>
        Fitting(SampleBars.FromCloses(SampleBars.Closes(Enumerable.Repeat(0.01, 50))), 2)
            .Should().Throw<TrainingException>().WithMessage("*do not determine*1 bar(s) back follows from the later ones*");

    private static Action Fitting(BarSeries bars, int order) => () => AutoregressiveModel.Fit(bars, order);

    private static float[] Run(byte[] model, double[][] windows)
    {
        using var session = new InferenceSession(model);
        var bars = windows.SelectMany(window => window.Select(close => (float)close)).ToArray();
        using var input = OrtValue.CreateTensorValueFromMemory(bars, [windows.Length, windows[0].Length, 1]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["bars"], [input], ["price"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
