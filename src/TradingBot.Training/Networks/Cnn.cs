using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <summary>The convolutional network: 64 filters over two steps with relu, maxima over two steps, and a dense layer of 20 units with relu. Needs a window of 3 bars or more.</summary>
/// <remarks>The settings are those of Wu, Zhang, Huang, Zhou and Chandra 2024 (arXiv:2405.11431).</remarks>
public sealed class Cnn : NetworkArchitecture
{
    /// <inheritdoc/>
    public override string Name => "cnn";

    /// <inheritdoc/>
    public override OnnxValue Build(NetworkBuilder network, OnnxValue window, int steps)
    {
        ArgumentNullException.ThrowIfNull(network);
        var pooled = network.MaxPool1D(network.Conv1D(window, 64, 2, Activation.Relu), 2);
        return network.Dense(network.Dense(network.Flatten(pooled), 20, Activation.Relu), steps);
    }
}
