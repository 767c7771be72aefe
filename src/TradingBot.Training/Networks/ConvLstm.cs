using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <summary>The convolutional LSTM network (Conv-LSTM): 64 filters over two steps, an LSTM of 20 units, a dense layer of 20 units; all with relu. Needs a window of 2 bars or more.</summary>
/// <remarks>The settings are those of Wu, Zhang, Huang, Zhou and Chandra 2024 (arXiv:2405.11431).</remarks>
public sealed class ConvLstm : NetworkArchitecture
{
    /// <inheritdoc/>
    public override string Name => "conv-lstm";

    /// <inheritdoc/>
    public override OnnxValue Build(NetworkBuilder network, OnnxValue window, int steps)
    {
        ArgumentNullException.ThrowIfNull(network);
        var state = network.Lstm(network.Conv1D(window, 64, 2, Activation.Relu), 20, Activation.Relu);
        return network.Dense(network.Dense(state, 20, Activation.Relu), steps);
    }
}
