using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <summary>The encoder-decoder LSTM network (ED-LSTM): an LSTM of 100 units reads the window, and another of 100 units unrolls what it kept into the forecast steps; both with sigmoid activation.</summary>
/// <remarks>The settings are those of Wu, Zhang, Huang, Zhou and Chandra 2024 (arXiv:2405.11431).</remarks>
public sealed class EncoderDecoderLstm : NetworkArchitecture
{
    /// <inheritdoc/>
    public override string Name => "ed-lstm";

    /// <inheritdoc/>
    public override OnnxValue Build(NetworkBuilder network, OnnxValue window, int steps)
    {
        ArgumentNullException.ThrowIfNull(network);
        var kept = network.Lstm(window, 100, Activation.Sigmoid);
        var unrolled = network.LstmSequence(network.Repeat(kept, steps), 100, Activation.Sigmoid);
        return network.Flatten(network.Dense(unrolled, 1));
    }
}
