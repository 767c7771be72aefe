using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Tests.Networks;

/// <summary>Hands out given tensors as parameters, or records the shapes that are asked for.</summary>
internal sealed class GivenTensors(int rounds, OnnxValue[]? given = null) : NetworkTensors
{
    private int _next;

    public List<long[]> Shapes { get; } = [];

    public List<ParameterInitialization> Initializations { get; } = [];

    public override OnnxValue Parameter(GraphBuilder graph, string name, long[] shape, ParameterInitialization initialization)
    {
        Shapes.Add([rounds, .. shape]);
        Initializations.Add(initialization);
        return given is null ? graph.Input($"{name}_{_next++}", Shapes[^1]) : given[_next++];
    }
}
