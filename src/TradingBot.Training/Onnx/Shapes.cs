using System.Globalization;

namespace TradingBot.Training.Onnx;

/// <summary>What the operators do to shapes. A size of <see cref="GraphBuilder.AnySize"/> stands for one that is known only when the graph runs.</summary>
internal static class Shapes
{
    public static string Format(ReadOnlySpan<long> shape)
    {
        var parts = new string[shape.Length];
        for (var i = 0; i < shape.Length; i++)
        {
            parts[i] = shape[i] == GraphBuilder.AnySize ? "?" : shape[i].ToString(CultureInfo.InvariantCulture);
        }

        return string.Join(", ", parts);
    }

    /// <summary>Finds the common shape of operands that are aligned at their last dimension and repeated where one has size 1.</summary>
    public static long[] Broadcast(ReadOnlySpan<long> left, ReadOnlySpan<long> right)
    {
        var result = new long[Math.Max(left.Length, right.Length)];
        for (var i = 1; i <= result.Length; i++)
        {
            var (a, b) = (i <= left.Length ? left[^i] : 1, i <= right.Length ? right[^i] : 1);
            result[^i] = a == b || b == 1 ? a
                : a == 1 || a == GraphBuilder.AnySize ? b
                : b == GraphBuilder.AnySize ? a
                : throw new ArgumentException($"Shapes [{Format(left)}] and [{Format(right)}] do not fit: expected equal sizes or 1 at dimension {result.Length - i}, found {a} and {b}.");
        }

        return result;
    }

    public static long[] MatMul(ReadOnlySpan<long> left, ReadOnlySpan<long> right)
    {
        if (left.Length < 2 || right.Length < 2)
        {
            throw new ArgumentException($"Expected two operands of two dimensions or more, found [{Format(left)}] and [{Format(right)}].");
        }

        if (left[^1] != right[^2])
        {
            throw new ArgumentException($"Shapes [{Format(left)}] and [{Format(right)}] cannot be multiplied: expected as many columns as rows, found {left[^1]} and {right[^2]}.");
        }

        return [.. Broadcast(left[..^2], right[..^2]), left[^2], right[^1]];
    }

    /// <summary>Turns an axis that may count from the end, from -1 backwards, into one that counts from 0.</summary>
    public static int Axis(int axis, int rank) =>
        axis >= -rank && axis < rank
            ? (axis + rank) % rank
            : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"Expected an axis from {-rank} to {rank - 1} for a tensor of {rank} dimension(s).");

    /// <summary>Computes the shape of a reshape; a wanted size of <see cref="GraphBuilder.AnySize"/> is computed from the others.</summary>
    public static long[] Reshape(ReadOnlySpan<long> shape, ReadOnlySpan<long> wanted)
    {
        var (have, want) = (KnownProduct(shape, out var unknownHave), KnownProduct(wanted, out var unknownWant));
        long[] result = [.. wanted];
        if (unknownHave == 0 && unknownWant == 1 && want > 0 && have % want == 0)
        {
            result[wanted.IndexOf(GraphBuilder.AnySize)] = have / want;
            return result;
        }

        return unknownWant == unknownHave && unknownHave <= 1 && (unknownHave == 1 || have == want)
            ? result
            : throw new ArgumentException($"A tensor of shape [{Format(shape)}] cannot take the shape [{Format(wanted)}].");
    }

    private static long KnownProduct(ReadOnlySpan<long> shape, out int unknown)
    {
        var product = 1L;
        unknown = 0;
        foreach (var size in shape)
        {
            if (size == GraphBuilder.AnySize)
            {
                unknown++;
            }
            else
            {
                product *= size;
            }
        }

        return product;
    }
}
