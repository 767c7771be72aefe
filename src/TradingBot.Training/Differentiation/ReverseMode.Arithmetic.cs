using TradingBot.Training.Onnx;

namespace TradingBot.Training.Differentiation;

/// <content>The derivatives of the operators that compute.</content>
internal sealed partial class ReverseMode
{
    // g is the gradient of the output y; a and b are the operands.
    private bool PropagateArithmetic(OnnxNode node, OnnxValue g)
    {
        var (a, y) = (node.Inputs[0], node.Output);
        switch (node.OpType)
        {
            case "Neg":
                Give(a, () => _graph.Neg(g));
                return true;
            case "Exp":
                Give(a, () => _graph.Mul(g, y));
                return true;
            case "Log":
                Give(a, () => _graph.Div(g, a));
                return true;
            case "Sqrt":
                Give(a, () => _graph.Div(_graph.Mul(g, _graph.Constant(0.5)), y));
                return true;
            case "Abs":
                Give(a, () => _graph.Mul(g, _graph.Sign(a)));
                return true;
            case "Sign":
                return true;
            case "Sigmoid":
                Give(a, () => _graph.Mul(g, _graph.Sub(y, _graph.Mul(y, y))));
                return true;
            case "Tanh":
                Give(a, () => _graph.Sub(g, _graph.Mul(g, _graph.Mul(y, y))));
                return true;
            case "Relu":
                Give(a, () => _graph.Mul(g, _graph.Sign(y)));
                return true;
            case "Softmax":
                Give(a, () => SoftmaxGradient(y, g, (int)node.Attribute("axis")));
                return true;
            case "ReduceSum":
                Give(a, () => _graph.Expand(WithReducedAxes(node, g), a.Shape));
                return true;
            case "ReduceMean":
                var share = (double)y.ElementCount / a.ElementCount;
                Give(a, () => _graph.Expand(_graph.Mul(WithReducedAxes(node, g), _graph.Constant(share)), a.Shape));
                return true;
            default:
                return node.Inputs.Count >= 2 && PropagateBinary(node, a, node.Inputs[1], g);
        }
    }

    private bool PropagateBinary(OnnxNode node, OnnxValue a, OnnxValue b, OnnxValue g)
    {
        switch (node.OpType)
        {
            case "Add":
                Give(a, () => g);
                Give(b, () => g);
                return true;
            case "Sub":
                Give(a, () => g);
                Give(b, () => _graph.Neg(g));
                return true;
            case "Mul":
                Give(a, () => _graph.Mul(g, b));
                Give(b, () => _graph.Mul(g, a));
                return true;
            case "Div":
                Give(a, () => _graph.Div(g, b));
                Give(b, () => _graph.Neg(_graph.Div(_graph.Mul(g, node.Output), b)));
                return true;
            case "Max":
                GiveChosen(_graph.GreaterOrEqual(a, b), a, b, g);
                return true;
            case "Min":
                GiveChosen(_graph.LessOrEqual(a, b), a, b, g);
                return true;
            case "MatMul":
                PropagateMatMul(a, b, g);
                return true;
            default:
                return false;
        }
    }

    private void GiveChosen(OnnxValue leftChosen, OnnxValue a, OnnxValue b, OnnxValue g)
    {
        Give(a, () => _graph.Where(leftChosen, g, _graph.Constant(0)));
        Give(b, () => _graph.Where(leftChosen, _graph.Constant(0), g));
    }

    private OnnxValue SoftmaxGradient(OnnxValue y, OnnxValue g, int axis)
    {
        var weighted = _graph.Mul(g, y);
        return _graph.Sub(weighted, _graph.Mul(y, _graph.ReduceSum(weighted, [axis], keepDimensions: true)));
    }

    private OnnxValue WithReducedAxes(OnnxNode node, OnnxValue g)
    {
        if (node.Attribute("keepdims") == 1)
        {
            return g;
        }

        long[] shape = [.. node.Inputs[0].Shape];
        foreach (var axis in _graph.ConstantContent(node.Inputs[1]))
        {
            shape[axis] = 1;
        }

        return _graph.Reshape(g, shape);
    }
}
