using TradingBot.Training.Onnx;

namespace TradingBot.Training.Differentiation;

/// <content>The derivatives of the operators that move elements: they move the gradient back.</content>
internal sealed partial class ReverseMode
{
    private bool PropagateShaping(OnnxNode node, OnnxValue g)
    {
        var a = node.Inputs[0];
        switch (node.OpType)
        {
            case "Identity" or "Expand":
                Give(a, () => g);
                return true;
            case "Reshape" or "Squeeze" or "Unsqueeze":
                Give(a, () => _graph.Reshape(g, a.Shape));
                return true;
            case "Transpose":
                var order = new int[a.Rank];
                for (var i = 0; i < order.Length; i++)
                {
                    order[node.AttributeList("perm")[i]] = i;
                }

                Give(a, () => _graph.Transpose(g, order));
                return true;
            case "Concat":
                PropagateConcat(node, g);
                return true;
            case "Slice":
                var (start, end) = (_graph.ConstantContent(node.Inputs[1])[0], _graph.ConstantContent(node.Inputs[2])[0]);
                var axis = (int)_graph.ConstantContent(node.Inputs[3])[0];
                Give(a, () => _graph.Pad(g, axis, start, a.Shape[axis] - end));
                return true;
            case "Gather":
                Give(a, () => GatherGradient(a, (int)node.Attribute("axis"), _graph.ConstantContent(node.Inputs[1]), g));
                return true;
            default:
                return false;
        }
    }

    private void PropagateConcat(OnnxNode node, OnnxValue g)
    {
        var axis = (int)node.Attribute("axis");
        var parts = _graph.Split(g, axis, [.. node.Inputs.Select(input => input.Shape[axis])]);
        for (var i = 0; i < parts.Count; i++)
        {
            Give(node.Inputs[i], () => parts[i]);
        }
    }

    private void PropagateSplit(OnnxNode node) => Give(node.Inputs[0], () => _graph.Concat(
        (int)node.Attribute("axis"),
        [.. node.Outputs.Select(part => GradientOf(part) ?? Filled(0, part.Shape))]));

    // Picking is a product with a matrix of zeros and ones, and so is its gradient.
    private OnnxValue GatherGradient(OnnxValue a, int axis, IReadOnlyList<long> indices, OnnxValue g)
    {
        var size = (int)a.Shape[axis];
        var picks = new float[indices.Count * size];
        for (var i = 0; i < indices.Count; i++)
        {
            picks[(i * size) + (int)indices[i]] = 1;
        }

        int[] order = [.. Enumerable.Range(0, a.Rank)];
        (order[axis], order[^1]) = (order[^1], order[axis]);
        var matrix = _graph.Constant([indices.Count, size], picks);
        return a.Rank == 1
            ? _graph.Reshape(_graph.MatMul(_graph.Reshape(g, 1, indices.Count), matrix), size)
            : _graph.Transpose(_graph.MatMul(_graph.Transpose(g, order), matrix), order);
    }
}
