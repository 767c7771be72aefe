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
    public OnnxValue MultiHeadAttention(OnnxValue sequence, int heads, int keySize) => MultiHeadAttention(sequence, sequence, heads, keySize);

    /// <summary>Adds multi-head attention: every step of the one sequence becomes a mix of all steps of the other; see <see cref="MultiHeadAttention(OnnxValue, int, int)"/>.</summary>
    /// <param name="queries">The sequence whose steps ask, such as the last step alone where only that is used.</param>
    /// <param name="sequence">The sequence that is mixed.</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="keySize">The number of features of a head's queries, keys and values.</param>
    /// <returns>A sequence of as many steps and features as <paramref name="queries"/>.</returns>
    public OnnxValue MultiHeadAttention(OnnxValue queries, OnnxValue sequence, int heads, int keySize)
    {
        CheckSequence(queries);
        CheckSequence(sequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(keySize, 1);
        var (batch, features, width) = (queries.Shape[2], (int)queries.Shape[3], heads * keySize);
        var asked = Heads(queries);
        var keys = Heads(sequence);
        var values = Heads(sequence);
        var scores = Graph.Mul(Graph.MatMul(asked, Graph.Transpose(keys, 0, 1, 2, 4, 3)), Graph.Constant(1 / Math.Sqrt(keySize)));
        var mixed = Graph.MatMul(Graph.Softmax(scores, -1), values);
        var joined = Graph.Reshape(Graph.Transpose(mixed, 0, 3, 1, 2, 4), mixed.Shape[0], queries.Shape[1], batch, width);
        return Affine(joined, features, ParameterInitialization.GlorotUniform(width, (double)heads * features), ParameterInitialization.Zeros);

        // [rounds, batch, heads, time, key size]. Keras counts the fans of the kernel [features, heads, key size] as for a convolution over the features.
        OnnxValue Heads(OnnxValue source)
        {
            var size = source.Shape[3];
            var part = Affine(source, width, ParameterInitialization.GlorotUniform((double)heads * size, (double)keySize * size), ParameterInitialization.Zeros);
            return Graph.Transpose(Graph.Reshape(part, part.Shape[0], source.Shape[1], batch, heads, keySize), 0, 2, 3, 1, 4);
        }
    }
}
