namespace TradingBot.Training.Onnx;

/// <summary>A tensor of a graph: an input, an initialiser, or what a node puts out. It has a type and a shape, but no content before the graph runs.</summary>
public sealed class OnnxValue
{
    private readonly long[] _shape;

    internal OnnxValue(string name, OnnxElementType elementType, long[] shape) =>
        (Name, ElementType, _shape) = (name, elementType, shape);

    /// <summary>Gets the name, unique in the graph.</summary>
    public string Name { get; }

    /// <summary>Gets the type of the elements.</summary>
    public OnnxElementType ElementType { get; }

    /// <summary>Gets the size of each dimension; <see cref="GraphBuilder.AnySize"/> for one that is known only when the graph runs. A scalar has none.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>Gets the number of dimensions.</summary>
    public int Rank => _shape.Length;

    /// <summary>Gets the number of elements, or -1 when a dimension is known only when the graph runs.</summary>
    internal long ElementCount => _shape.Contains(GraphBuilder.AnySize) ? -1 : _shape.Aggregate(1L, (product, size) => checked(product * size));

    /// <summary>Returns the name, type and shape.</summary>
    public override string ToString() => $"{Name}: {ElementType}[{Shapes.Format(_shape)}]";
}
