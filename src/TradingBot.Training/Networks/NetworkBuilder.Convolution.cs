using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <content>Layers that slide over time.</content>
public sealed partial class NetworkBuilder
{
    /// <summary>Adds a convolution over time without padding: at each step a dense layer of that step and those that follow it within the kernel.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="filters">The number of features of the result.</param>
    /// <param name="kernelSize">The number of steps that each result reads; the result is shorter by one less than that.</param>
    /// <param name="activation">What is applied to the result.</param>
    /// <exception cref="ArgumentException">The sequence is shorter than the kernel.</exception>
    public OnnxValue Conv1D(OnnxValue sequence, int filters, int kernelSize, Activation activation = Activation.Linear)
    {
        CheckSequence(sequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(filters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelSize, 1);
        var steps = (int)sequence.Shape[1] - kernelSize + 1;
        if (steps < 1)
        {
            throw new ArgumentException($"A convolution over {kernelSize} steps needs as many, found {sequence.Shape[1]}.", nameof(sequence));
        }

        // Side by side, the steps that a kernel covers make it one product of matrices.
        var unfolded = kernelSize == 1
            ? sequence
            : Graph.Concat(3, [.. Enumerable.Range(0, kernelSize).Select(offset => Graph.Slice(sequence, 1, offset, steps))]);
        var fanIn = unfolded.Shape[3];
        return Activate(Affine(unfolded, filters, ParameterInitialization.GlorotUniform(fanIn, (double)kernelSize * filters), ParameterInitialization.Zeros), activation);
    }

    /// <summary>Takes the largest value of every feature over blocks of steps; a last block that is not whole is left out.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="size">The number of steps of a block.</param>
    /// <exception cref="ArgumentException">The sequence is shorter than a block.</exception>
    public OnnxValue MaxPool1D(OnnxValue sequence, int size)
    {
        CheckSequence(sequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var blocks = (int)sequence.Shape[1] / size;
        if (blocks == 0)
        {
            throw new ArgumentException($"A block of {size} steps needs as many, found {sequence.Shape[1]}.", nameof(sequence));
        }

        if (size == 1)
        {
            return sequence;
        }

        var whole = blocks * size == sequence.Shape[1] ? sequence : Graph.Slice(sequence, 1, 0, blocks * size);
        var blocked = Graph.Reshape(whole, whole.Shape[0], blocks, size, whole.Shape[2], whole.Shape[3]);
        var sizes = new long[size];
        Array.Fill(sizes, 1);
        return Graph.Squeeze(Graph.Split(blocked, 2, sizes).Aggregate(Graph.Max), 2);
    }
}
