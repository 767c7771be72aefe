using TradingBot.Testing;
using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Tests;

public sealed class TrainerTests
{
    private static readonly TrainingData Waves = SampleData.Waves(120, 6, 2);

    public static TheoryData<NetworkArchitecture, int, int, double> Networks => new()
    {
        { new Mlp(), 722, 40, 0.003 },
        { new Lstm(), 121_802, 40, 0.003 },
        { new BidirectionalLstm(), 21_402, 40, 0.003 },
        { new EncoderDecoderLstm(), 121_701, 40, 0.003 },
        { new Cnn(), 2_942, 40, 0.003 },
        { new ConvLstm(), 7_582, 40, 0.003 },
        { new Transformer(), 622_978, 20, 0.001 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Train_EveryNetwork_LearnsTheWavesFarBetterThanTheirMean(NetworkArchitecture architecture, int parameters, int epochs, double learningRate)
    {
        var trained = Trainer.Train(architecture, Waves, new TrainingOptions { Epochs = epochs, LearningRate = learningRate, BatchSize = 16, Seed = 3, Patience = epochs });

        // Around its mean a wave has a variance of 0.056.
        trained.ParameterCount.Should().Be(parameters);
        trained.Rounds.Should().ContainSingle().Which.ValidationLoss.Should().BeLessThan(0.02);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Train_SameSeed_GivesTheSameParameters(int rounds)
    {
        var options = new TrainingOptions { Epochs = 2, Rounds = rounds, Seed = 9 };

        var (first, second) = (Trainer.Train(new Transformer(), Waves, options), Trainer.Train(new Transformer(), Waves, options));

        for (var round = 0; round < rounds; round++)
        {
            second.Rounds[round].Parameters.Should().Equal(first.Rounds[round].Parameters);
        }
    }

    [Fact]
    public void Train_OtherSeed_GivesOtherParameters()
    {
        var options = new TrainingOptions { Epochs = 1 };

        Trainer.Train(new Mlp(), Waves, options with { Seed = 2 }).Rounds[0].Parameters
            .Should().NotEqual(Trainer.Train(new Mlp(), Waves, options).Rounds[0].Parameters);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Train_RoundsThatShareAGraph_AreWhatEachWouldBeAlone(NetworkArchitecture architecture, int parameters, int epochs, double learningRate)
    {
        _ = (epochs, learningRate);
        var options = new TrainingOptions { Epochs = 2, Rounds = 4, Seed = 4 };

        var alone = Trainer.Train(architecture, Waves, options, groupSize: 1);
        foreach (var size in (int[])[2, 3, 4])
        {
            var together = Trainer.Train(architecture, Waves, options, size);
            for (var round = 0; round < options.Rounds; round++)
            {
                var largest = together.Rounds[round].Parameters.Zip(alone.Rounds[round].Parameters, (a, b) => MathF.Abs(a - b)).Max();
                together.Rounds[round].Parameters.Should().HaveCount(parameters);
                largest.Should().BeLessThan(1e-6f, "round {0} is its own, {1} to a graph", round, size);
            }
        }

        alone.Rounds[1].Parameters.Should().NotEqual(alone.Rounds[0].Parameters);
    }

    [Fact]
    public void Train_OneRoundOrMany_TheFirstIsTheSame()
    {
        var options = new TrainingOptions { Epochs = 3, Seed = 4 };

        var many = Trainer.Train(new ConvLstm(), Waves, options with { Rounds = 7 });

        many.Rounds[0].Parameters.Should().Equal(Trainer.Train(new ConvLstm(), Waves, options).Rounds[0].Parameters, (a, b) => MathF.Abs(a - b) < 1e-6f);
        many.Rounds.Select(round => round.Parameters[0]).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Train_Progress_TellsLossesAndTheTimeThatIsLeft()
    {
        var time = new ManualTimeProvider(SampleBars.Start);
        List<EpochProgress> seen = [];
        var options = new TrainingOptions { Epochs = 4, Rounds = 2, TimeProvider = time, Patience = 4 };

        // The first epoch ends at once; the others take 10 seconds each.
        Trainer.Train(new LinearArchitecture(), Waves, options, new Recorder(seen, () => time.Advance(TimeSpan.FromSeconds(10))));

        seen.Select(progress => (progress.Epoch, progress.Epochs)).Should().Equal((1, 4), (2, 4), (3, 4), (4, 4));
        seen.Select(progress => progress.Elapsed.TotalSeconds).Should().Equal(0, 10, 20, 30);
        seen.Select(progress => progress.TimeLeft.TotalSeconds).Should().Equal([0, 10, 20d / 3, 0], (a, b) => Math.Abs(a - b) < 1e-6);
        seen.Should().OnlyContain(progress => progress.TrainingLosses.Count == 2 && progress.ValidationLosses.Count == 2);
        seen[3].TrainingLosses[0].Should().BeLessThan(seen[0].TrainingLosses[0]);
    }

    [Fact]
    public void Train_LinearData_FindsTheLine()
    {
        var data = SampleData.Pairs([.. Enumerable.Range(0, 50).Select(i => (i / 50f, (3 * i / 50f) - 1))]);

        var trained = Trainer.Train(new LinearArchitecture(), data, new TrainingOptions { Epochs = 400, LearningRate = 0.05, ValidationPart = 0, BatchSize = 7 });

        trained.Rounds[0].Parameters[0].Should().BeApproximately(3, 1e-3f);
        trained.Rounds[0].Parameters[1].Should().BeApproximately(-1, 1e-3f);
        trained.Rounds[0].ValidationLoss.Should().BeNull();
        trained.Rounds[0].Epoch.Should().Be(400);
    }

    [Fact]
    public void Train_ValidationGetsWorse_StopsAndKeepsTheBestEpoch()
    {
        // The latest samples contradict the others, so that every step that learns those makes the validation worse.
        var data = SampleData.Pairs([.. Enumerable.Range(0, 100).Select(i => (1f, i < 90 ? 5f : -5f))]);
        List<EpochProgress> seen = [];

        var trained = Trainer.Train(new LinearArchitecture(), data, new TrainingOptions { Patience = 4 }, new Recorder(seen));

        seen.Should().HaveCount(5);
        trained.Rounds[0].Epoch.Should().Be(1);
        trained.Rounds[0].ValidationLoss.Should().Be(seen[0].ValidationLosses[0]).And.BeLessThan(seen[1].ValidationLosses[0]);
        trained.Rounds[0].TrainingLoss.Should().Be(seen[0].TrainingLosses[0]).And.BeGreaterThan(seen[1].TrainingLosses[0]);
    }

    [Fact]
    public void Train_LatestSamples_DoNotReachTheParameters()
    {
        // Of 10 samples of 2 steps the last is kept out, and the one before it shares a target with it.
        var (samples, targets) = (Enumerable.Range(0, 10).Select(i => (float)i).ToArray(), Enumerable.Range(0, 20).Select(i => i / 20f).ToArray());
        var options = new TrainingOptions { Epochs = 1 };
        float[] Trained(float[] used) => Trainer.Train(new LinearArchitecture(), new TrainingData(samples, used, 1, 1, 2), options).Rounds[0].Parameters;
        float[] Changed(int sample) => [.. targets.Select((target, i) => i / 2 == sample ? 9 : target)];

        Trained(Changed(9)).Should().Equal(Trained(targets));
        Trained(Changed(8)).Should().Equal(Trained(targets));
        Trained(Changed(7)).Should().NotEqual(Trained(targets));
    }

    [Fact]
    public void Train_LossNotFinite_SaysWhatToDo()
    {
        var data = SampleData.Pairs([.. Enumerable.Range(0, 20).Select(i => (1e30f, -1e30f))]);

        Training(data, new TrainingOptions()).Should().Throw<TrainingException>().WithMessage("The loss of round 0 is not finite after epoch 1*");
    }

    [Fact]
    public void Train_TooFewSamples_Throws() => Training(SampleData.Pairs((1, 1)), new TrainingOptions())
        .Should().Throw<TrainingException>().WithMessage("1 samples are too few: 1 are kept out*");

    [Fact]
    public void Train_FewerSamplesThanABatch_UsesThemAll() =>
        Trainer.Train(new LinearArchitecture(), SampleData.Pairs((1, 1), (2, 2), (3, 3)), new TrainingOptions { Epochs = 1, ValidationPart = 0 })
            .Rounds[0].Epoch.Should().Be(1);

    [Fact]
    public void Train_Cancelled_Ends()
    {
        var train = () => Trainer.Train(new Mlp(), Waves, new TrainingOptions(), cancellationToken: new CancellationToken(canceled: true));

        train.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Train_NetworkThatPutsOutAnotherShape_Throws()
    {
        var train = () => Trainer.Train(new WrongShape(), Waves, new TrainingOptions());

        train.Should().Throw<ArgumentException>().WithMessage("*'wrong-shape' must put out [rounds, batch, steps] with 2 step(s), found *[1, 6, 32, 2].");
    }

    [Fact]
    public void Train_WindowTooShortForTheNetwork_Throws()
    {
        var train = () => Trainer.Train(new ConvLstm(), SampleData.Waves(20, 1, 1), new TrainingOptions());

        train.Should().Throw<ArgumentException>().WithMessage("*over 2 steps needs as many, found 1*");
    }

    [Fact]
    public void Train_OptionOutOfRange_NamesIt()
    {
        var fine = new TrainingOptions();
        var wrong = new Dictionary<string, TrainingOptions>(StringComparer.Ordinal)
        {
            [nameof(TrainingOptions.Epochs)] = fine with { Epochs = 0 },
            [nameof(TrainingOptions.BatchSize)] = fine with { BatchSize = 0 },
            [nameof(TrainingOptions.LearningRate)] = fine with { LearningRate = double.NaN },
            [nameof(TrainingOptions.Loss)] = fine with { Loss = (LossFunction)9 },
            [nameof(TrainingOptions.GradientNorm)] = fine with { GradientNorm = 0 },
            [nameof(TrainingOptions.ValidationPart)] = fine with { ValidationPart = 1 },
            [nameof(TrainingOptions.Patience)] = fine with { Patience = 0 },
            [nameof(TrainingOptions.Rounds)] = fine with { Rounds = 0 },
        };

        foreach (var (name, options) in wrong)
        {
            Training(Waves, options).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);
        }
    }

    private static Action Training(TrainingData data, TrainingOptions options) => () => Trainer.Train(new LinearArchitecture(), data, options);

    private sealed class Recorder(List<EpochProgress> seen, Action? then = null) : IProgress<EpochProgress>
    {
        public void Report(EpochProgress value)
        {
            seen.Add(value);
            then?.Invoke();
        }
    }

    private sealed class WrongShape : NetworkArchitecture
    {
        public override string Name => "wrong-shape";

        public override OnnxValue Build(NetworkBuilder network, OnnxValue window, int steps) => network.Dense(window, steps);
    }
}
