namespace TradingBot.Training.Onnx;

/// <content>Operators that move elements without changing them.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Passes a tensor on unchanged.</summary>
    public OnnxValue Identity(OnnxValue value) => Unary("Identity", value);

    /// <summary>Gives a tensor another shape with the same elements in the same order.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="shape">The shape; one size may be <see cref="AnySize"/>, and is computed from the others.</param>
    public OnnxValue Reshape(OnnxValue value, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(value);
        var result = Shapes.Reshape(value.Shape, shape);
        return Node("Reshape", [value, Constant(result)], value.ElementType, result);
    }

    /// <summary>Inserts a dimension of size 1 so that it becomes the one at an axis of the result.</summary>
    public OnnxValue Unsqueeze(OnnxValue value, int axis)
    {
        ArgumentNullException.ThrowIfNull(value);
        var at = Shapes.Axis(axis, value.Rank + 1);
        return Node("Unsqueeze", [value, Constant([at])], value.ElementType, [.. value.Shape[..at], 1, .. value.Shape[at..]]);
    }

    /// <summary>Removes a dimension of size 1.</summary>
    public OnnxValue Squeeze(OnnxValue value, int axis)
    {
        ArgumentNullException.ThrowIfNull(value);
        var at = Shapes.Axis(axis, value.Rank);
        return value.Shape[at] == 1
            ? Node("Squeeze", [value, Constant([at])], value.ElementType, [.. value.Shape[..at], .. value.Shape[(at + 1)..]])
            : throw new ArgumentException($"Expected size 1 at axis {at}, found {value}.", nameof(axis));
    }

    /// <summary>Cuts out a run of elements along an axis.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="axis">The axis, of known size.</param>
    /// <param name="start">The first element, from 0.</param>
    /// <param name="length">The number of elements; 1 or more.</param>
    public OnnxValue Slice(OnnxValue value, int axis, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(value);
        var at = KnownAxis(value, axis);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, value.Shape[at] - start);
        long[] shape = [.. value.Shape];
        shape[at] = length;
        return Node("Slice", [value, Constant([start]), Constant([start + length]), Constant([at])], value.ElementType, shape);
    }

    /// <summary>Picks elements along an axis by their indices, in any order and as often as wanted.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="axis">The axis, of known size; in the result it has one element per index.</param>
    /// <param name="indices">The indices, from 0.</param>
    public OnnxValue Gather(OnnxValue value, int axis, params ReadOnlySpan<long> indices)
    {
        ArgumentNullException.ThrowIfNull(value);
        var at = KnownAxis(value, axis);
        foreach (var index in indices)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, value.Shape[at], nameof(indices));
        }

        long[] shape = [.. value.Shape];
        shape[at] = indices.Length;
        return Node("Gather", [value, Constant(indices)], value.ElementType, shape, new OnnxAttribute("axis", at));
    }

    /// <summary>Joins tensors along an axis; their other sizes are equal.</summary>
    public OnnxValue Concat(int axis, params ReadOnlySpan<OnnxValue> values)
    {
        if (values.Length == 0)
        {
            throw new ArgumentException("Expected one tensor or more, found none.", nameof(values));
        }

        var at = KnownAxis(values[0], axis);
        long[] shape = [.. values[0].Shape];
        foreach (var value in values[1..])
        {
            CheckSameType("Concat", values[0], value);
            if (value.Rank != shape.Length || !value.Shape[..at].SequenceEqual(shape.AsSpan(0, at)) || !value.Shape[(at + 1)..].SequenceEqual(shape.AsSpan(at + 1)))
            {
                throw new ArgumentException($"{values[0]} and {value} cannot be joined along axis {at}: expected equal sizes along the others.", nameof(values));
            }

            shape[at] += value.Shape[KnownAxis(value, axis)];
        }

        return Node("Concat", values.ToArray(), values[0].ElementType, shape, new OnnxAttribute("axis", at));
    }

    /// <summary>Cuts a tensor along an axis into parts.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="axis">The axis, of known size.</param>
    /// <param name="sizes">The size of each part along the axis; they sum to the axis' size.</param>
    public IReadOnlyList<OnnxValue> Split(OnnxValue value, int axis, params ReadOnlySpan<long> sizes)
    {
        ArgumentNullException.ThrowIfNull(value);
        var at = KnownAxis(value, axis);
        var sum = 0L;
        var parts = new OnnxValue[sizes.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            long[] shape = [.. value.Shape];
            shape[at] = sizes[i];
            sum += sizes[i];
            parts[i] = NewValue(NextName("Split"), value.ElementType, shape);
        }

        if (sum != value.Shape[at])
        {
            throw new ArgumentException($"Expected parts that sum to {value.Shape[at]} along axis {at} of {value}, found [{Shapes.Format(sizes)}].", nameof(sizes));
        }

        _nodes.Add(new OnnxNode("Split", [value, Constant(sizes)], parts, [new OnnxAttribute("axis", at)]));
        return parts;
    }

    /// <summary>Reorders the dimensions.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="order">For each dimension of the result, the axis of the tensor that it is; every axis once, from 0.</param>
    public OnnxValue Transpose(OnnxValue value, params ReadOnlySpan<int> order)
    {
        ArgumentNullException.ThrowIfNull(value);
        var shape = new long[value.Rank];
        var permutation = new long[value.Rank];
        var seen = new bool[value.Rank];
        for (var i = 0; i < order.Length && i < shape.Length; i++)
        {
            var axis = Shapes.Axis(order[i], value.Rank);
            (shape[i], permutation[i], seen[axis]) = (value.Shape[axis], axis, true);
        }

        return order.Length == value.Rank && !seen.Contains(false)
            ? Node("Transpose", [value], value.ElementType, shape, new OnnxAttribute("perm", permutation))
            : throw new ArgumentException($"Expected each of the {value.Rank} axes of {value} once, found [{string.Join(", ", order.ToArray())}].", nameof(order));
    }

    /// <summary>Repeats a tensor along dimensions where it has size 1, or that it lacks in front.</summary>
    /// <param name="value">The tensor.</param>
    /// <param name="shape">The shape of the result, of known sizes.</param>
    public OnnxValue Expand(OnnxValue value, params ReadOnlySpan<long> shape)
    {
        ArgumentNullException.ThrowIfNull(value);
        var result = Shapes.Broadcast(value.Shape, shape);
        return !shape.Contains(AnySize) && shape.SequenceEqual(result)
            ? Node("Expand", [value, Constant(shape)], value.ElementType, result)
            : throw new ArgumentException($"{value} cannot be repeated to [{Shapes.Format(shape)}].", nameof(shape));
    }

    /// <summary>Surrounds a tensor with zeros along an axis.</summary>
    internal OnnxValue Pad(OnnxValue value, int axis, long before, long after)
    {
        long[] shape = [.. value.Shape];
        shape[axis] += before + after;
        return Node("Pad", [value, Constant([before, after]), Constant(0), Constant([axis])], value.ElementType, shape);
    }

    private static int KnownAxis(OnnxValue value, int axis)
    {
        var at = Shapes.Axis(axis, value.Rank);
        return value.Shape[at] != AnySize
            ? at
            : throw new ArgumentException($"The size along axis {at} must be known, found {value}.", nameof(axis));
    }
}
