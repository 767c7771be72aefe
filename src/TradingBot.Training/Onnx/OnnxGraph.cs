namespace TradingBot.Training.Onnx;

/// <summary>A finished graph of ONNX operators: immutable, in an order in which it can run.</summary>
public sealed class OnnxGraph
{
    internal OnnxGraph(
        string name,
        IReadOnlyList<OnnxValue> inputs,
        IReadOnlyList<OnnxInitializer> initializers,
        IReadOnlyList<OnnxNode> nodes,
        IReadOnlyList<OnnxValue> outputs)
    {
        (Name, Inputs, Initializers, Nodes, Outputs) = (name, inputs, initializers, nodes, outputs);
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets what is fed in.</summary>
    public IReadOnlyList<OnnxValue> Inputs { get; }

    /// <summary>Gets what is read out.</summary>
    public IReadOnlyList<OnnxValue> Outputs { get; }

    internal IReadOnlyList<OnnxInitializer> Initializers { get; }

    internal IReadOnlyList<OnnxNode> Nodes { get; }
}
