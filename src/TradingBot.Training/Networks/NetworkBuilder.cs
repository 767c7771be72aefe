using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <summary>Adds layers to a graph.</summary>
/// <remarks>
/// <para>A sequence has the shape [rounds, time, batch, features], a vector [rounds, batch, features]. The rounds are independent trainings with parameters
/// of their own that run side by side; no layer mixes them. Time comes before the batch so that a step of time is one block of memory.</para>
/// <para>What a layer computes and how its parameters begin follows Keras (https://keras.io/api/layers/), as the networks of the literature rely on it.</para>
/// </remarks>
public sealed partial class NetworkBuilder
{
    private readonly NetworkTensors _tensors;

    internal NetworkBuilder(GraphBuilder graph, NetworkTensors tensors) => (Graph, _tensors) = (graph, tensors);

    /// <summary>Gets the graph, for operators that are not layers.</summary>
    public GraphBuilder Graph { get; }

    /// <summary>Adds a tensor that is trained.</summary>
    /// <param name="name">What it is in its layer, such as "kernel".</param>
    /// <param name="shape">Its shape without the rounds.</param>
    /// <param name="initialization">How it begins.</param>
    /// <returns>The parameter, with the rounds as its first dimension.</returns>
    public OnnxValue Parameter(string name, ReadOnlySpan<long> shape, ParameterInitialization initialization)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(initialization);
        return _tensors.Parameter(Graph, name, shape.ToArray(), initialization);
    }

    /// <summary>Adds a dense layer: x W + b, at every step of time if the input is a sequence.</summary>
    /// <param name="input">A vector or a sequence.</param>
    /// <param name="units">The number of features of the result.</param>
    /// <param name="activation">What is applied to the result.</param>
    public OnnxValue Dense(OnnxValue input, int units, Activation activation = Activation.Linear)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        return Activate(Affine(input, units, ParameterInitialization.GlorotUniform(input.Shape[^1], units), ParameterInitialization.Zeros), activation);
    }

    /// <summary>Joins all steps of a sequence to one vector, the features of the oldest step first.</summary>
    public OnnxValue Flatten(OnnxValue sequence)
    {
        CheckSequence(sequence);
        var (time, features) = (sequence.Shape[1], sequence.Shape[3]);
        return Graph.Reshape(Graph.Transpose(sequence, 0, 2, 1, 3), sequence.Shape[0], sequence.Shape[2], time * features);
    }

    /// <summary>Takes the last step of a sequence.</summary>
    public OnnxValue LastStep(OnnxValue sequence)
    {
        CheckSequence(sequence);
        return Graph.Squeeze(Graph.Slice(sequence, 1, (int)sequence.Shape[1] - 1, 1), 1);
    }

    /// <summary>Makes a sequence that is the same vector at every step.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="steps">The number of steps.</param>
    public OnnxValue Repeat(OnnxValue vector, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return Sequence([.. Enumerable.Repeat(vector, steps)]);
    }

    /// <summary>Applies a function to every element.</summary>
    public OnnxValue Activate(OnnxValue value, Activation activation) => activation switch
    {
        Activation.Linear => value,
        Activation.Relu => Graph.Relu(value),
        Activation.Sigmoid => Graph.Sigmoid(value),
        Activation.Tanh => Graph.Tanh(value),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Expected Linear, Relu, Sigmoid or Tanh."),
    };

    /// <summary>Sets a random part of the elements to 0 while training and scales the others up to keep the mean; nothing when forecasting.</summary>
    /// <param name="value">A vector or a sequence.</param>
    /// <param name="rate">The part of the elements; 0 or more and below 1.</param>
    public OnnxValue Dropout(OnnxValue value, double rate)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rate, 1);
        return rate > 0 && _tensors.DropoutMask(Graph, value, rate) is { } mask ? Graph.Mul(value, mask) : value;
    }

    /// <summary>Shifts and scales the features of every sample and step to mean 0 and variance 1, and then by a learned scale and shift: Ba, Kiros and Hinton 2016.</summary>
    /// <param name="value">A vector or a sequence.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    public OnnxValue LayerNorm(OnnxValue value, double epsilon = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(value);
        var features = value.Shape[^1];
        long[] shape = value.Rank == 4 ? [1, 1, features] : [1, features];
        var scale = Parameter("scale", shape, ParameterInitialization.Ones);
        var shift = Parameter("shift", shape, ParameterInitialization.Zeros);
        var centred = Graph.Sub(value, Graph.ReduceMean(value, [-1], keepDimensions: true));
        var variance = Graph.ReduceMean(Graph.Mul(centred, centred), [-1], keepDimensions: true);
        var normal = Graph.Div(centred, Graph.Sqrt(Graph.Add(variance, Graph.Constant(epsilon))));
        return Graph.Add(Graph.Mul(normal, scale), shift);
    }

    // As one product of matrices per round: a sequence's steps are further rows.
    private OnnxValue Affine(OnnxValue input, int units, ParameterInitialization kernelStart, ParameterInitialization biasStart)
    {
        var features = input.Shape[^1];
        var kernel = Parameter("kernel", [features, units], kernelStart);
        var bias = Parameter("bias", [1, units], biasStart);
        if (input.Rank == 3)
        {
            return Graph.Add(Graph.MatMul(input, kernel), bias);
        }

        CheckSequence(input);
        var product = Graph.Add(Graph.MatMul(Graph.Reshape(input, input.Shape[0], GraphBuilder.AnySize, features), kernel), bias);
        return Graph.Reshape(product, product.Shape[0], input.Shape[1], input.Shape[2], units);
    }

    private OnnxValue Sequence(IReadOnlyList<OnnxValue> steps)
    {
        var unsqueezed = new Dictionary<OnnxValue, OnnxValue>();
        foreach (var step in steps)
        {
            if (!unsqueezed.ContainsKey(step))
            {
                unsqueezed.Add(step, Graph.Unsqueeze(step, 1));
            }
        }

        return Graph.Concat(1, [.. steps.Select(step => unsqueezed[step])]);
    }

    private static void CheckSequence(OnnxValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Rank != 4)
        {
            throw new ArgumentException($"Expected a sequence, [rounds, time, batch, features], found {value}.", nameof(value));
        }
    }
}
