using TradingBot.Training.Onnx;

namespace TradingBot.Training.Differentiation;

/// <summary>Reverse-mode differentiation as a graph transformation: appends the operators that compute the gradient of a loss.</summary>
/// <remarks>The chain rule is walked from the loss back over the nodes, each of which passes the gradient of its output on to its inputs;
/// see Griewank and Walther, Evaluating Derivatives (2008), chapter 3. Every size must be known.</remarks>
internal sealed partial class ReverseMode
{
    private readonly GraphBuilder _graph;
    private readonly HashSet<OnnxValue> _active;
    private readonly Dictionary<OnnxValue, List<OnnxValue>> _contributions = [];
    private readonly Dictionary<OnnxValue, List<(OnnxValue Left, OnnxValue Gradient)>> _products = [];
    private readonly Dictionary<OnnxValue, OnnxValue> _transposed = [];

    private ReverseMode(GraphBuilder graph, HashSet<OnnxValue> active, IEnumerable<OnnxNode> nodes)
    {
        (_graph, _active) = (graph, active);
        foreach (var node in nodes.Where(SwapsRowsAndColumns))
        {
            _transposed.Add(node.Output, node.Inputs[0]);
        }
    }

    /// <summary>Appends the gradients of the sum of a loss' elements.</summary>
    /// <param name="graph">The graph that holds the loss.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="parameters">What to differentiate by.</param>
    /// <returns>One gradient per parameter, of its shape.</returns>
    public static IReadOnlyList<OnnxValue> AppendGradients(GraphBuilder graph, OnnxValue loss, IReadOnlyList<OnnxValue> parameters)
    {
        // Only what depends on a parameter needs a gradient.
        HashSet<OnnxValue> active = [.. parameters];
        var nodes = graph.Nodes.ToArray();
        foreach (var node in nodes)
        {
            if (node.Inputs.Any(active.Contains))
            {
                active.UnionWith(node.Outputs);
            }
        }

        var reverse = new ReverseMode(graph, active, nodes);
        reverse.Give(loss, () => reverse.Filled(1, loss.Shape));
        for (var i = nodes.Length - 1; i >= 0; i--)
        {
            if (nodes[i].Outputs.Any(reverse.HasGradient))
            {
                reverse.Propagate(nodes[i]);
            }
        }

        return [.. parameters.Select(parameter => reverse.GradientOf(parameter) ?? reverse.Filled(0, parameter.Shape))];
    }

    private void Propagate(OnnxNode node)
    {
        if (node.OpType == "Split")
        {
            PropagateSplit(node);
        }
        else if (GradientOf(node.Output) is { } gradient && !PropagateArithmetic(node, gradient) && !PropagateShaping(node, gradient))
        {
            throw new NotSupportedException($"The operator {node.OpType} has no gradient.");
        }
    }

    /// <summary>Adds to the gradient of a value, if it needs one; where it was repeated, the repetitions' gradients are summed.</summary>
    private void Give(OnnxValue value, Func<OnnxValue> gradient)
    {
        if (!_active.Contains(value))
        {
            return;
        }

        if (!_contributions.TryGetValue(value, out var contributions))
        {
            _contributions.Add(value, contributions = []);
        }

        contributions.Add(SumTo(gradient(), value.Shape));
    }

    private bool HasGradient(OnnxValue value) => _contributions.ContainsKey(value) || _products.ContainsKey(value);

    private OnnxValue? GradientOf(OnnxValue value)
    {
        GiveProducts(value);
        if (!_contributions.TryGetValue(value, out var contributions))
        {
            return null;
        }

        var sum = _graph.Sum(contributions);
        _contributions[value] = [sum];
        return sum;
    }

    private OnnxValue SumTo(OnnxValue gradient, ReadOnlySpan<long> shape)
    {
        if (gradient.Shape.SequenceEqual(shape))
        {
            return gradient;
        }

        var extra = gradient.Rank - shape.Length;
        List<int> axes = [.. Enumerable.Range(0, extra)];
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] == 1 && gradient.Shape[extra + i] != 1)
            {
                axes.Add(extra + i);
            }
        }

        // A sum over rows is a product with a row of ones, which the runtime computes several times as fast.
        if (extra == 0 && axes is [var axis] && axis == shape.Length - 2)
        {
            long[] ones = [.. Enumerable.Repeat(1L, axis + 1), gradient.Shape[axis]];
            return _graph.MatMul(Filled(1, ones), gradient);
        }

        var sum = _graph.ReduceSum(gradient, [.. axes], keepDimensions: true);
        return extra == 0 ? sum : _graph.Reshape(sum, shape);
    }

    private OnnxValue Filled(double value, ReadOnlySpan<long> shape) =>
        shape.Length == 0 ? _graph.Constant(value) : _graph.Expand(_graph.Constant(value), shape);
}
