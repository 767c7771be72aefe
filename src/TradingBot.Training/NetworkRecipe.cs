using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training.Data;
using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;
using TradingBot.Training.Optimization;

namespace TradingBot.Training;

/// <summary>Trains a network in one or more rounds and keeps the round with the lowest loss on the samples that were kept out.</summary>
/// <remarks>The scaling is learned from the bars of the samples that are trained on; those kept out to stop and to choose by are not read for it.</remarks>
/// <param name="architecture">The network.</param>
/// <param name="dataset">What it reads and forecasts.</param>
/// <param name="training">How it is trained.</param>
/// <param name="horizon">Which of the forecast closes the model is used for, counted from 1; at most <see cref="DatasetOptions.Steps"/>.</param>
public sealed class NetworkRecipe(NetworkArchitecture architecture, DatasetOptions dataset, TrainingOptions training, int horizon = 1) : ModelRecipe
{
    /// <inheritdoc/>
    public override string Name => architecture.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<ExogenousFeature> Exogenous => dataset.Exogenous;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A setting is outside its range.</exception>
    public override string Fingerprint
    {
        get
        {
            dataset.Check();
            training.Check();
            var shape = new NetworkShape(dataset.Window, dataset.Features.Count + dataset.Exogenous.Count, dataset.Steps);
            var plan = NetworkPlan.Create(architecture, shape, 1, training.BatchSize);
            var first = new float[plan.ParameterCount];
            plan.Initialize(first, RandomStreams.Create(training.Seed, 0, RandomStreams.Purpose.Initialization));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(OnnxModelWriter.ToBytes(TrainingGraph.Step(plan, training with { Rounds = 1 }, training.BatchSize)));
            hash.AppendData(MemoryMarshal.AsBytes(first.AsSpan()));
            return string.Join('\n', [
                $"network {architecture.Name} {Convert.ToHexStringLower(hash.GetHashAndReset())}",
                $"dropout {string.Join(' ', plan.Masks.Select(mask => Text(mask.Rate)))}",
                $"reads {string.Join(' ', dataset.Features)} | {string.Join(' ', dataset.Exogenous.Select(one => $"{one.Name} {one.MaxAge?.Ticks}"))}",
                Text($"window {dataset.Window} steps {dataset.Steps} horizon {horizon}"),
                $"target {dataset.Target} scaling {dataset.Scaling} {dataset.ExogenousScaling}",
                Text($"epochs {training.Epochs} batch {training.BatchSize} rate {training.LearningRate:R} loss {training.Loss} norm {training.GradientNorm:R}"),
                Text($"validation {training.ValidationPart:R} patience {training.Patience} rounds {training.Rounds} seed {training.Seed}"),
            ]);
        }
    }

    /// <inheritdoc/>
    public override TrainedModel Train(
        BarSeries bars,
        IReadOnlyList<ExogenousSeries>? exogenous = null,
        IProgress<EpochProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bars);
        training.Check();
        var data = Dataset.Create(bars, dataset, exogenous ?? []);
        var (trainingCount, _) = Trainer.Divide(data.Count, dataset.Steps, training.ValidationPart);
        var scaling = data.FitScaling(new BarRange(0, data.WindowEnds[trainingCount - 1] + dataset.Steps + 1));
        var card = data.CreateCard(Name, new BarRange(0, bars.Count), horizon);
        var history = new History(progress);
        var network = Trainer.Train(architecture, data.ToTrainingData(.., scaling), training, history, cancellationToken);
        var round = Enumerable.Range(0, network.Rounds.Count).MinBy(i => network.Rounds[i].ValidationLoss ?? network.Rounds[i].TrainingLoss);
        return new TrainedModel(network.ToOnnx(round, scaling, card)) { Network = network, Scaling = scaling, Round = round, History = history.Epochs };
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class History(IProgress<EpochProgress>? next) : IProgress<EpochProgress>
    {
        public List<EpochProgress> Epochs { get; } = [];

        public void Report(EpochProgress value)
        {
            Epochs.Add(value);
            next?.Report(value);
        }
    }
}
