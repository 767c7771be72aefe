using TradingBot.Training.Onnx;

namespace TradingBot.Training.Differentiation;

/// <content>The derivative of the product of matrices, where most of the time of a step goes.</content>
internal sealed partial class ReverseMode
{
    private static bool SwapsRowsAndColumns(OnnxNode node) =>
        node.OpType == "Transpose" && node.AttributeList("perm").SequenceEqual(SwapOf(node.Output.Rank).Select(axis => (long)axis));

    private static int[] SwapOf(int rank)
    {
        int[] order = [.. Enumerable.Range(0, rank)];
        (order[^1], order[^2]) = (order[^2], order[^1]);
        return order;
    }

    // With y = a b, the gradients are g b^T and a^T g. Where b is the transpose of c, that of c is g^T a, which moves no element.
    private void PropagateMatMul(OnnxValue a, OnnxValue b, OnnxValue g)
    {
        Give(a, () => _graph.MatMul(g, Transposed(b)));
        if (!_active.Contains(b))
        {
            return;
        }

        if (_transposed.TryGetValue(b, out var c))
        {
            Give(c, () => _graph.MatMul(Transposed(g), a));
        }
        else if (a.Shape[..^2].SequenceEqual(b.Shape[..^2]))
        {
            if (!_products.TryGetValue(b, out var products))
            {
                _products.Add(b, products = []);
            }

            products.Add((a, g));
        }
        else
        {
            Give(b, () => _graph.MatMul(Transposed(a), g));
        }
    }

    /// <summary>Gives a matrix the gradient of all products in which it was the right operand: their left operands, one below the other, make it one product.</summary>
    /// <remarks>The recurrent weights of an LSTM are multiplied at every step of time. One product instead of one per step spares as many matrices of their size, and the sum of those.</remarks>
    private void GiveProducts(OnnxValue value)
    {
        if (_products.Remove(value, out var products))
        {
            Give(value, () => _graph.MatMul(Transposed(Stacked(products.Select(product => product.Left))), Stacked(products.Select(product => product.Gradient))));
        }
    }

    private OnnxValue Stacked(IEnumerable<OnnxValue> matrices) => matrices.ToArray() is [var single] ? single : _graph.Concat(-2, [.. matrices]);

    private OnnxValue Transposed(OnnxValue matrices) =>
        _transposed.TryGetValue(matrices, out var original) ? original : _graph.Transpose(matrices, SwapOf(matrices.Rank));
}
