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
