using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <summary>The LSTM network: two LSTM layers of 100 units with sigmoid activation.</summary>
/// <remarks>The settings are those of Wu, Zhang, Huang, Zhou and Chandra 2024 (arXiv:2405.11431).</remarks>
public sealed class Lstm : NetworkArchitecture
{
    /// <inheritdoc/>
    public override string Name => "lstm";

    /// <inheritdoc/>
    public override OnnxValue Build(NetworkBuilder network, OnnxValue window, int steps)
    {
        ArgumentNullException.ThrowIfNull(network);
        var first = network.LstmSequence(window, 100, Activation.Sigmoid);
        return network.Dense(network.Lstm(first, 100, Activation.Sigmoid), steps);
    }
}
