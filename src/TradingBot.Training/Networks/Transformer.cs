using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <summary>The transformer: 3 encoder blocks of 64 features with 12 heads of key size 64, a feed-forward part of 64 units with relu, and dropout of 0.1; the last step makes the forecast.</summary>
/// <remarks>The settings are those of Wu, Zhang, Huang, Zhou and Chandra 2024 (arXiv:2405.11431). A block normalises after each sum, and there is no encoding of the position.</remarks>
public sealed class Transformer : NetworkArchitecture
{
    private const int Blocks = 3;
    private const double DropoutRate = 0.1;
    private const double Epsilon = 1e-6;

    /// <inheritdoc/>
    public override string Name => "transformer";

    /// <inheritdoc/>
    public override OnnxValue Build(NetworkBuilder network, OnnxValue window, int steps)
    {
        ArgumentNullException.ThrowIfNull(network);
        var graph = network.Graph;
        var x = network.Dense(window, 64);
        for (var block = 0; block < Blocks; block++)
        {
            // Of the last block only the last step is used, so the others ask for nothing there.
            var asking = block < Blocks - 1 ? x : graph.Slice(x, 1, (int)x.Shape[1] - 1, 1);
            var attended = network.Dropout(network.MultiHeadAttention(asking, x, heads: 12, keySize: 64), DropoutRate);
            x = network.LayerNorm(graph.Add(asking, attended), Epsilon);
            var hidden = network.Dropout(network.Dense(x, 64, Activation.Relu), DropoutRate);
            x = network.LayerNorm(graph.Add(x, network.Dense(hidden, 64)), Epsilon);
        }

        return network.Dense(network.LastStep(x), steps);
    }
}
