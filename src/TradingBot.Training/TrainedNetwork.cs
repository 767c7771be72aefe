using TradingBot.Prediction;
using TradingBot.Training.Models;
using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;

namespace TradingBot.Training;

/// <summary>A network after training, with one set of parameters per round.</summary>
public sealed class TrainedNetwork
{
    private readonly NetworkPlan _plan;

    internal TrainedNetwork(NetworkPlan plan, IReadOnlyList<TrainedRound> rounds) => (_plan, Rounds) = (plan, rounds);

    /// <summary>Gets the network.</summary>
    public NetworkArchitecture Architecture => _plan.Architecture;

    /// <summary>Gets the number of numbers that were trained, in one round.</summary>
    public int ParameterCount => _plan.ParameterCount;

    /// <summary>Gets the outcome of every round.</summary>
    public IReadOnlyList<TrainedRound> Rounds { get; }

    /// <summary>Writes one round's network as the bytes of an ONNX file: raw bars in, "bars" [batch, window, features], prices out, "price" [batch, steps].</summary>
    /// <param name="round">The round, from 0.</param>
    /// <param name="scaling">The scaling that becomes part of the graph.</param>
    /// <param name="card">The description that the file carries.</param>
    /// <returns>The same bytes for the same parameters, scaling and card.</returns>
    /// <exception cref="ArgumentException">The card does not describe this network: its window, features or horizon differ.</exception>
    public byte[] ToOnnx(int round, GraphScaling scaling, ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(scaling);
        ArgumentNullException.ThrowIfNull(card);
        ArgumentOutOfRangeException.ThrowIfNegative(round);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(round, Rounds.Count);
        var shape = _plan.Shape;
        Check(card, shape.Window + scaling.ExtraBars);

        var graph = new GraphBuilder(Architecture.Name);
        var bars = graph.Input("bars", GraphBuilder.AnySize, card.Window, shape.Features);
        var scaled = scaling.Scale(graph, bars);
        if (scaled.Rank != 3 || scaled.Shape[1] != shape.Window || scaled.Shape[2] != shape.Features)
        {
            throw new ArgumentException($"The scaling must give [batch, {shape.Window}, {shape.Features}], found {scaled}.", nameof(scaling));
        }

        var window = graph.Unsqueeze(graph.Transpose(scaled, 1, 0, 2), 0);
        var output = graph.Squeeze(_plan.Build(graph, new TrainedTensors(_plan, Rounds[round].Parameters), window), 0);
        graph.Output("price", scaling.ToPrices(graph, output, bars));
        return OnnxModelWriter.ToBytes(graph.Build(), ModelCardMetadata.ToMetadata(card));
    }

    /// <summary>Writes one round's network as a file, whole or not at all; an existing file is replaced. See <see cref="ToOnnx"/>.</summary>
    /// <param name="path">The file's path, in a directory that exists.</param>
    /// <param name="round">The round, from 0.</param>
    /// <param name="scaling">The scaling that becomes part of the graph.</param>
    /// <param name="card">The description that the file carries.</param>
    /// <param name="cancellationToken">Stops the writing; the old file, if any, stays.</param>
    /// <exception cref="IOException">The file could not be written.</exception>
    public Task SaveAsync(string path, int round, GraphScaling scaling, ModelCard card, CancellationToken cancellationToken = default) =>
        ModelFileWriter.WriteAsync(path, ToOnnx(round, scaling, card), cancellationToken);

    private void Check(ModelCard card, int window)
    {
        if (card.Window != window || card.InputWidth != _plan.Shape.Features)
        {
            throw new ArgumentException(
                $"Expected a card of {window} bars with {_plan.Shape.Features} feature(s), found {card.Window} bars with {card.InputWidth}.", nameof(card));
        }

        if (_plan.Shape.Steps > 1 && card.Horizon > _plan.Shape.Steps)
        {
            throw new ArgumentException($"Expected a card with a horizon of at most {_plan.Shape.Steps} step(s), found {card.Horizon}.", nameof(card));
        }
    }
}
