using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <summary>The multilayer perceptron: two dense layers of 20 units with relu over the whole window.</summary>
/// <remarks>The settings are those of Wu, Zhang, Huang, Zhou and Chandra 2024 (arXiv:2405.11431).</remarks>
public sealed class Mlp : NetworkArchitecture
{
    /// <inheritdoc/>
    public override string Name => "mlp";

    /// <inheritdoc/>
    public override OnnxValue Build(NetworkBuilder network, OnnxValue window, int steps)
    {
        ArgumentNullException.ThrowIfNull(network);
        var hidden = network.Dense(network.Flatten(window), 20, Activation.Relu);
        return network.Dense(network.Dense(hidden, 20, Activation.Relu), steps);
    }
}
