using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <summary>The bidirectional LSTM network (BD-LSTM): 50 units in each direction with sigmoid activation.</summary>
/// <remarks>The settings are those of Wu, Zhang, Huang, Zhou and Chandra 2024 (arXiv:2405.11431).</remarks>
public sealed class BidirectionalLstm : NetworkArchitecture
{
    /// <inheritdoc/>
    public override string Name => "bd-lstm";

    /// <inheritdoc/>
    public override OnnxValue Build(NetworkBuilder network, OnnxValue window, int steps)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Dense(network.BidirectionalLstm(window, 50, Activation.Sigmoid), steps);
    }
}
