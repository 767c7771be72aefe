using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;
using TradingBot.Training.Tests.Differentiation;

namespace TradingBot.Training.Tests.Networks;

public sealed class NetworkBuilderGradientTests
{
    private static readonly Dictionary<string, (long[] Shape, Func<NetworkBuilder, OnnxValue, OnnxValue> Layer)> Layers = new(StringComparer.Ordinal)
    {
        ["Dense of a vector"] = ([2, 3, 4], (n, x) => n.Dense(x, 2, Activation.Tanh)),
        ["Dense of a sequence"] = ([2, 3, 2, 4], (n, x) => n.Dense(x, 2, Activation.Sigmoid)),
        ["Flatten"] = ([2, 3, 2, 4], (n, x) => n.Flatten(x)),
        ["LastStep"] = ([2, 3, 2, 4], (n, x) => n.LastStep(x)),
        ["Repeat"] = ([2, 3, 4], (n, x) => n.Repeat(x, 3)),
        ["LayerNorm of a vector"] = ([2, 3, 4], (n, x) => n.LayerNorm(x)),
        ["LayerNorm of a sequence"] = ([2, 3, 2, 4], (n, x) => n.LayerNorm(x, 1e-6)),
        ["Conv1D"] = ([2, 5, 2, 3], (n, x) => n.Conv1D(x, 4, 2, Activation.Relu)),
        ["Conv1D over one step"] = ([1, 3, 2, 3], (n, x) => n.Conv1D(x, 4, 1)),
        ["MaxPool1D"] = ([2, 5, 2, 3], (n, x) => n.MaxPool1D(x, 2)),
        ["MaxPool1D of three"] = ([2, 6, 2, 3], (n, x) => n.MaxPool1D(x, 3)),
        ["Lstm"] = ([2, 4, 2, 3], (n, x) => n.Lstm(x, 3)),
        ["Lstm with sigmoid"] = ([2, 3, 2, 3], (n, x) => n.Lstm(x, 2, Activation.Sigmoid)),
        ["Lstm with relu"] = ([2, 3, 2, 3], (n, x) => n.Lstm(x, 2, Activation.Relu)),
        ["Lstm of one step"] = ([1, 1, 2, 3], (n, x) => n.Lstm(x, 2)),
        ["LstmSequence"] = ([1, 3, 2, 3], (n, x) => n.LstmSequence(x, 2)),
        ["BidirectionalLstm"] = ([2, 3, 2, 3], (n, x) => n.BidirectionalLstm(x, 2)),
        ["MultiHeadAttention"] = ([2, 3, 2, 4], (n, x) => n.MultiHeadAttention(x, heads: 2, keySize: 3)),
        ["MultiHeadAttention of the last step"] = ([2, 3, 2, 4], (n, x) => n.MultiHeadAttention(n.Graph.Slice(x, 1, 2, 1), x, heads: 2, keySize: 3)),
        ["encoder block"] = ([1, 3, 2, 4], EncoderBlock),
    };

    public static TheoryData<string> Names => new(Layers.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Layer_ItsGradients_EqualCentralDifferences(string name)
    {
        var (shape, layer) = Layers[name];
        Verify(shape, layer);
    }

    public static TheoryData<NetworkArchitecture, int> Architectures => new()
    {
        { new Mlp(), 50 },
        { new Cnn(), 50 },
        { new ConvLstm(), 50 },
        { new BidirectionalLstm(), 10 },
        { new Lstm(), 5 },
        { new EncoderDecoderLstm(), 5 },
        { new Transformer(), 1 },
    };

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Architecture_ItsGradients_EqualCentralDifferences(NetworkArchitecture architecture, int most) =>
        Verify([1, 3, 2, 2], (network, window) => architecture.Build(network, window, 2), scale: 0.3, tolerance: 1e-6, most);

    private static OnnxValue EncoderBlock(NetworkBuilder network, OnnxValue x)
    {
        var attended = network.LayerNorm(network.Graph.Add(x, network.MultiHeadAttention(x, heads: 2, keySize: 2)), 1e-6);
        var hidden = network.Dense(attended, 3, Activation.Tanh);
        return network.LastStep(network.LayerNorm(network.Graph.Add(attended, network.Dense(hidden, 4)), 1e-6));
    }

    private static void Verify(long[] shape, Func<NetworkBuilder, OnnxValue, OnnxValue> layer, double scale = 2, double tolerance = 1e-7, int most = int.MaxValue)
    {
        var recorder = new GivenTensors((int)shape[0]);
        var dry = new GraphBuilder("dry");
        layer(new NetworkBuilder(dry, recorder), dry.Input("x", shape));

        GradientCheck.Verify(
            (graph, inputs) => layer(new NetworkBuilder(graph, new GivenTensors((int)shape[0], inputs[1..])), inputs[0]),
            [shape, .. recorder.Shapes],
            -scale,
            scale,
            tolerance,
            most);
    }
}
