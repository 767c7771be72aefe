using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Prediction.Evaluation;
using TradingBot.Training.Models;
using TradingBot.Training.Onnx;

namespace TradingBot.Training;

/// <summary>A model's file in memory: raw bars in, price out.</summary>
public sealed class TrainedModel
{
    /// <summary>Initializes a model from its file's bytes.</summary>
    /// <param name="content">The bytes, with a card.</param>
    /// <exception cref="ModelException">The bytes are not an ONNX file, or it has no card.</exception>
    public TrainedModel(ReadOnlyMemory<byte> content)
    {
        Card = OnnxModelFile.ReadCard(content) ?? throw new ModelException("Expected a model with a card, found one without.");
        Content = content;
    }

    /// <summary>Gets the description that the file carries.</summary>
    public ModelCard Card { get; }

    /// <summary>Gets the file's bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; private init; }

    /// <summary>Gets the trained network with all its rounds, or <see langword="null"/> for a model that is none.</summary>
    public TrainedNetwork? Network { get; init; }

    /// <summary>Gets the scaling inside the file, by which any other round can be written too; <see langword="null"/> for a model that is no network.</summary>
    public GraphScaling? Scaling { get; init; }

    /// <summary>Gets the round that the file holds, from 0.</summary>
    public int Round { get; init; }

    /// <summary>Gets the losses of every epoch; empty for a model that is no network.</summary>
    public IReadOnlyList<EpochProgress> History { get; init; } = [];

    /// <summary>Creates a predictor that runs the model.</summary>
    /// <param name="exogenous">The series that the card names; <see langword="null"/> for none.</param>
    public OnnxPredictor CreatePredictor(IReadOnlyList<ExogenousSeries>? exogenous = null) =>
        new(new ModelFile(Card.Name, Content), new OnnxPredictorOptions { Exogenous = exogenous is null ? null : new FixedExogenousSource(exogenous) });

    /// <summary>Judges the model on bars after its training part.</summary>
    /// <param name="bars">Bars, oldest first; those before the end of the training part only begin windows.</param>
    /// <param name="exogenous">The series that the card names; <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentException">No forecast can be compared with what came.</exception>
    public ForecastReport Evaluate(BarSeries bars, IReadOnlyList<ExogenousSeries>? exogenous = null)
    {
        ArgumentNullException.ThrowIfNull(bars);
        using var predictor = CreatePredictor(exogenous);
        var unseen = Card.TrainedTo is { } to ? bars.IndexAtOrAfter(to) : 0;
        return ForecastReport.Evaluate(predictor, bars[Math.Max(0, unseen - Card.RequiredBars)..]);
    }

    /// <summary>Returns the model with a verdict in its card.</summary>
    /// <param name="skill">The verdict.</param>
    public TrainedModel WithSkill(ModelSkill skill) => new(OnnxModelFile.WriteSkill(Content, skill))
    {
        Network = Network,
        Scaling = Scaling,
        Round = Round,
        History = History,
    };

    /// <summary>Writes the file, whole or not at all; an existing file is replaced.</summary>
    /// <param name="path">The file's path, in a directory that exists.</param>
    /// <param name="cancellationToken">Stops the writing; the old file, if any, stays.</param>
    /// <exception cref="IOException">The file could not be written.</exception>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) => ModelFileWriter.WriteAsync(path, Content, cancellationToken);
}
