namespace TradingBot.Training.Onnx;

/// <summary>One operator of a graph with what goes in and out.</summary>
internal sealed record OnnxNode(
    string OpType,
    IReadOnlyList<OnnxValue> Inputs,
    IReadOnlyList<OnnxValue> Outputs,
    IReadOnlyList<OnnxAttribute> Attributes)
{
    public OnnxValue Output => Outputs[0];

    public long Attribute(string name) => Attributes.Single(attribute => attribute.Name == name).Value;

    public IReadOnlyList<long> AttributeList(string name) => Attributes.Single(attribute => attribute.Name == name).Values!;
}
