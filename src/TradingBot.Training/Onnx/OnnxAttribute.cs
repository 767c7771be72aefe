namespace TradingBot.Training.Onnx;

/// <summary>A named constant of a node: a whole number or a list of them.</summary>
internal sealed record OnnxAttribute
{
    public OnnxAttribute(string name, long value) => (Name, Value) = (name, value);

    public OnnxAttribute(string name, IReadOnlyList<long> values) => (Name, Values) = (name, values);

    public string Name { get; }

    public long Value { get; }

    public IReadOnlyList<long>? Values { get; }
}
