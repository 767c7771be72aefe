using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <summary>The parameters of one round as content of the graph.</summary>
internal sealed class TrainedTensors(NetworkPlan plan, ReadOnlyMemory<float> parameters) : NetworkTensors
{
    private int _next;

    public override OnnxValue Parameter(GraphBuilder graph, string name, long[] shape, ParameterInitialization initialization)
    {
        var index = _next++;
        var parameter = plan.Parameters[index];
        return graph.Initializer($"{name}_{index}", [1, .. shape], parameters.Span.Slice(parameter.Offset, parameter.Count));
    }
}
