using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <summary>The parameters and masks as parts of two flat vectors that are fed in: [rounds, parameters] and all masks in a row.</summary>
internal sealed class FlatTensors : NetworkTensors
{
    private readonly OnnxValue[] _parameters;
    private readonly OnnxValue[] _masks;
    private int _nextParameter;
    private int _nextMask;

    public FlatTensors(GraphBuilder graph, NetworkPlan plan, OnnxValue parameters, OnnxValue? masks)
    {
        var parts = graph.Split(parameters, 1, [.. plan.Parameters.Select(parameter => (long)parameter.Count)]);
        _parameters = [.. parts.Zip(plan.Parameters, (part, parameter) => graph.Reshape(part, [parameters.Shape[0], .. parameter.Shape]))];
        _masks = masks is null ? [] : [.. graph.Split(masks, 0, [.. plan.Masks.Select(mask => (long)mask.Count)])];
    }

    public override OnnxValue Parameter(GraphBuilder graph, string name, long[] shape, ParameterInitialization initialization) => _parameters[_nextParameter++];

    public override OnnxValue? DropoutMask(GraphBuilder graph, OnnxValue value, double rate) =>
        _masks.Length == 0 ? null : graph.Reshape(_masks[_nextMask++], value.Shape);
}
