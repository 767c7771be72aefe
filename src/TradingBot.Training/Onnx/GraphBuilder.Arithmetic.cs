namespace TradingBot.Training.Onnx;

/// <content>Arithmetic.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Adds elementwise.</summary>
    public OnnxValue Add(OnnxValue left, OnnxValue right) => Elementwise("Add", left, right);

    /// <summary>Subtracts elementwise.</summary>
    public OnnxValue Sub(OnnxValue left, OnnxValue right) => Elementwise("Sub", left, right);

    /// <summary>Multiplies elementwise.</summary>
    public OnnxValue Mul(OnnxValue left, OnnxValue right) => Elementwise("Mul", left, right);

    /// <summary>Divides elementwise.</summary>
    public OnnxValue Div(OnnxValue left, OnnxValue right) => Elementwise("Div", left, right);

    /// <summary>Changes the sign of every element.</summary>
    public OnnxValue Neg(OnnxValue value) => Unary("Neg", value);

    /// <summary>Raises e to every element.</summary>
    public OnnxValue Exp(OnnxValue value) => Unary("Exp", value);

    /// <summary>Takes the natural logarithm of every element.</summary>
    public OnnxValue Log(OnnxValue value) => Unary("Log", value);

    /// <summary>Takes the square root of every element.</summary>
    public OnnxValue Sqrt(OnnxValue value) => Unary("Sqrt", value);

    /// <summary>Takes the absolute value of every element. Its gradient at 0 is 0.</summary>
    public OnnxValue Abs(OnnxValue value) => Unary("Abs", value);

    /// <summary>Takes the sign of every element: -1, 0 or 1. Its gradient is 0.</summary>
    public OnnxValue Sign(OnnxValue value) => Unary("Sign", value);

    /// <summary>Takes the larger element. Its gradient goes to the left operand where both are equal.</summary>
    public OnnxValue Max(OnnxValue left, OnnxValue right) => Elementwise("Max", left, right);

    /// <summary>Takes the smaller element. Its gradient goes to the left operand where both are equal.</summary>
    public OnnxValue Min(OnnxValue left, OnnxValue right) => Elementwise("Min", left, right);

    /// <summary>Applies the logistic function, 1 / (1 + exp(-x)), to every element.</summary>
    public OnnxValue Sigmoid(OnnxValue value) => Unary("Sigmoid", value);

    /// <summary>Applies the hyperbolic tangent to every element.</summary>
    public OnnxValue Tanh(OnnxValue value) => Unary("Tanh", value);

    /// <summary>Replaces elements below 0 by 0. The gradient at 0 is 0.</summary>
    public OnnxValue Relu(OnnxValue value) => Unary("Relu", value);

    /// <summary>Divides exp(x) by its sum along an axis, so that the elements along it are above 0 and sum to 1.</summary>
    public OnnxValue Softmax(OnnxValue value, int axis)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Node("Softmax", [value], value.ElementType, [.. value.Shape], new OnnxAttribute("axis", Shapes.Axis(axis, value.Rank)));
    }

    /// <summary>Multiplies matrices, [.., n, k] by [.., k, m] to [.., n, m]; leading dimensions are repeated where one has size 1.</summary>
    public OnnxValue MatMul(OnnxValue left, OnnxValue right)
    {
        CheckSameType("MatMul", left, right);
        return Node("MatMul", [left, right], left.ElementType, Shapes.MatMul(left.Shape, right.Shape));
    }

    /// <summary>Sums along axes.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="axes">The axes.</param>
    /// <param name="keepDimensions">Whether the axes stay, with size 1.</param>
    public OnnxValue ReduceSum(OnnxValue value, ReadOnlySpan<int> axes, bool keepDimensions = false) => Reduce("ReduceSum", value, axes, keepDimensions);

    /// <summary>Averages along axes.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="axes">The axes.</param>
    /// <param name="keepDimensions">Whether the axes stay, with size 1.</param>
    public OnnxValue ReduceMean(OnnxValue value, ReadOnlySpan<int> axes, bool keepDimensions = false) => Reduce("ReduceMean", value, axes, keepDimensions);

    /// <summary>Sums tensors of one shape.</summary>
    internal OnnxValue Sum(IReadOnlyList<OnnxValue> values) => values.Count switch
    {
        1 => values[0],
        2 => Add(values[0], values[1]),
        _ => Node("Sum", [.. values], values[0].ElementType, [.. values[0].Shape]),
    };

    /// <summary>Tells where left is not below right.</summary>
    internal OnnxValue GreaterOrEqual(OnnxValue left, OnnxValue right) => Comparison("GreaterOrEqual", left, right);

    /// <summary>Tells where left is not above right.</summary>
    internal OnnxValue LessOrEqual(OnnxValue left, OnnxValue right) => Comparison("LessOrEqual", left, right);

    /// <summary>Takes an element of the one tensor where the condition holds, and of the other where not.</summary>
    internal OnnxValue Where(OnnxValue condition, OnnxValue whenTrue, OnnxValue whenFalse) => Node(
        "Where",
        [condition, whenTrue, whenFalse],
        whenTrue.ElementType,
        Shapes.Broadcast(condition.Shape, Shapes.Broadcast(whenTrue.Shape, whenFalse.Shape)));

    private OnnxValue Comparison(string opType, OnnxValue left, OnnxValue right)
    {
        CheckSameType(opType, left, right);
        return Node(opType, [left, right], OnnxElementType.Boolean, Shapes.Broadcast(left.Shape, right.Shape));
    }

    private OnnxValue Unary(string opType, OnnxValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Node(opType, [value], value.ElementType, [.. value.Shape]);
    }

    private OnnxValue Elementwise(string opType, OnnxValue left, OnnxValue right)
    {
        CheckSameType(opType, left, right);
        return Node(opType, [left, right], left.ElementType, Shapes.Broadcast(left.Shape, right.Shape));
    }

    private OnnxValue Reduce(string opType, OnnxValue value, ReadOnlySpan<int> axes, bool keepDimensions)
    {
        ArgumentNullException.ThrowIfNull(value);
        var normal = Axes(axes, value.Rank);
        List<long> shape = [];
        for (var i = 0; i < value.Rank; i++)
        {
            if (!normal.Contains(i))
            {
                shape.Add(value.Shape[i]);
            }
            else if (keepDimensions)
            {
                shape.Add(1);
            }
        }

        return Node(opType, [value, Constant(normal)], value.ElementType, [.. shape], new OnnxAttribute("keepdims", keepDimensions ? 1 : 0));
    }

    private static long[] Axes(ReadOnlySpan<int> axes, int rank)
    {
        var normal = new long[axes.Length];
        for (var i = 0; i < normal.Length; i++)
        {
            normal[i] = Shapes.Axis(axes[i], rank);
        }

        Array.Sort(normal);
        return normal.Length > 0 && normal.Distinct().Count() == normal.Length
            ? normal
            : throw new ArgumentException($"Expected one or more different axes, found [{Shapes.Format(normal)}].", nameof(axes));
    }

    private static void CheckSameType(string opType, OnnxValue left, OnnxValue right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.ElementType != right.ElementType)
        {
            throw new ArgumentException($"{opType} needs operands of one type, found {left} and {right}.");
        }
    }
}
