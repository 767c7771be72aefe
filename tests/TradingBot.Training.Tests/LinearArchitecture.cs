using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Tests;

/// <summary>One dense layer, whose training can be computed by hand.</summary>
public sealed class LinearArchitecture : NetworkArchitecture
{
    public override string Name => "linear";

    public override OnnxValue Build(NetworkBuilder network, OnnxValue window, int steps)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Dense(network.Flatten(window), steps);
    }
}
