using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <summary>Where a network's parameters and dropout masks come from: it is built once to learn what they are, once to train it, once to export it.</summary>
internal abstract class NetworkTensors
{
    /// <summary>Gets the parameter that is asked for next, with the rounds as its first dimension.</summary>
    public abstract OnnxValue Parameter(GraphBuilder graph, string name, long[] shape, ParameterInitialization initialization);

    /// <summary>Gets the mask to multiply a tensor with, or <see langword="null"/> where nothing is dropped.</summary>
    public virtual OnnxValue? DropoutMask(GraphBuilder graph, OnnxValue value, double rate) => null;
}
