using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <content>Attention.</content>
public sealed partial class NetworkBuilder
{
    /// <summary>Adds multi-head self-attention: every step becomes a mix of all steps, with weights softmax(Q K^T / sqrt(key size)): Vaswani et al. 2017, section 3.2.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="keySize">The number of features of a head's queries, keys and values.</param>
    /// <returns>A sequence of as many features as the input.</returns>
    public OnnxValue MultiHeadAttention(OnnxValue sequence, int heads, int keySize)
    {
        CheckSequence(sequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(keySize, 1);
        var (time, batch, features) = (sequence.Shape[1], sequence.Shape[2], (int)sequence.Shape[3]);
        var width = heads * keySize;

        // Keras counts the fans of the kernel [features, heads, key size] as for a convolution over the features.
        var start = ParameterInitialization.GlorotUniform((double)heads * features, (double)keySize * features);
        var projected = Affine(sequence, 3 * width, start, ParameterInitialization.Zeros);
        var parts = Graph.Split(projected, 3, width, width, width);
        var queries = Graph.Transpose(Heads(parts[0]), 0, 2, 3, 1, 4);
        var keys = Graph.Transpose(Heads(parts[1]), 0, 2, 3, 4, 1);
        var values = Graph.Transpose(Heads(parts[2]), 0, 2, 3, 1, 4);
        var scores = Graph.Mul(Graph.MatMul(queries, keys), Graph.Constant(1 / Math.Sqrt(keySize)));
        var mixed = Graph.MatMul(Graph.Softmax(scores, -1), values);
        var joined = Graph.Reshape(Graph.Transpose(mixed, 0, 3, 1, 2, 4), mixed.Shape[0], time, batch, width);
        var end = ParameterInitialization.GlorotUniform(width, (double)heads * features);
        return Affine(joined, features, end, ParameterInitialization.Zeros);

        OnnxValue Heads(OnnxValue part) => Graph.Reshape(part, part.Shape[0], time, batch, heads, keySize);
    }
}
