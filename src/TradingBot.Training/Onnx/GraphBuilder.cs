using System.Globalization;
using System.Runtime.InteropServices;

namespace TradingBot.Training.Onnx;

/// <summary>Composes a graph of ONNX operators (opset 21). Every method adds what its name says, checks the shapes at once, and returns the result to go on with.</summary>
/// <remarks>The operators' meaning is that of the ONNX specification, https://onnx.ai/onnx/operators/. Elementwise operators repeat
/// operands along dimensions of size 1 as NumPy does. Axes may count from the end, from -1 backwards. The same calls give the same graph, name by name.</remarks>
public sealed partial class GraphBuilder
{
    /// <summary>Stands for the size of a dimension that is known only when the graph runs, such as the batch's.</summary>
    public const long AnySize = -1;

    private readonly List<OnnxValue> _inputs = [];
    private readonly List<OnnxInitializer> _initializers = [];
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<(string Name, OnnxValue Value)> _outputs = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxValue> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<OnnxValue, long[]> _lists = [];

    /// <summary>Initializes an empty graph.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="floatType">The type of the numbers that are not whole: <see cref="OnnxElementType.Float32"/>, or <see cref="OnnxElementType.Float64"/> where precision is worth the time.</param>
    /// <exception cref="ArgumentException"><paramref name="floatType"/> is another type.</exception>
    public GraphBuilder(string name, OnnxElementType floatType = OnnxElementType.Float32)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (floatType is not (OnnxElementType.Float32 or OnnxElementType.Float64))
        {
            throw new ArgumentException($"Expected Float32 or Float64, found {floatType}.", nameof(floatType));
        }

        (Name, FloatType) = (name, floatType);
    }

    /// <summary>Gets the graph's name.</summary>
    public string Name { get; }

    /// <summary>Gets the type of the numbers that are not whole.</summary>
    public OnnxElementType FloatType { get; }

    internal IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>Adds an input of <see cref="FloatType"/>.</summary>
    /// <param name="name">The name to feed it by.</param>
    /// <param name="shape">Its shape; <see cref="AnySize"/> where the size may differ from run to run.</param>
    public OnnxValue Input(string name, params ReadOnlySpan<long> shape)
    {
        var value = NewValue(name, FloatType, [.. shape]);
        _inputs.Add(value);
        return value;
    }

    /// <summary>Adds a tensor of <see cref="FloatType"/> whose content the graph carries.</summary>
    /// <param name="name">The name, unique in the graph.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="content">The elements in row-major order, as many as the shape has.</param>
    public OnnxValue Initializer(string name, ReadOnlySpan<long> shape, ReadOnlySpan<float> content)
    {
        if (FloatType == OnnxElementType.Float32)
        {
            return AddInitializer(name, FloatType, shape, MemoryMarshal.AsBytes(content), content.Length);
        }

        var wide = new double[content.Length];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = content[i];
        }

        return AddInitializer(name, FloatType, shape, MemoryMarshal.AsBytes<double>(wide), content.Length);
    }

    /// <summary>Adds a tensor of whole numbers whose content the graph carries.</summary>
    /// <param name="name">The name, unique in the graph.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="content">The elements in row-major order, as many as the shape has.</param>
    public OnnxValue Initializer(string name, ReadOnlySpan<long> shape, ReadOnlySpan<long> content) =>
        AddInitializer(name, OnnxElementType.Int64, shape, MemoryMarshal.AsBytes(content), content.Length);

    /// <summary>Gets a scalar of <see cref="FloatType"/> with a fixed value; the same value twice is one tensor.</summary>
    public OnnxValue Constant(double value)
    {
        var key = "f" + value.ToString("R", CultureInfo.InvariantCulture);
        if (!_constants.TryGetValue(key, out var constant))
        {
            constant = FloatType == OnnxElementType.Float32
                ? AddInitializer(NextName("constant"), FloatType, [], MemoryMarshal.AsBytes<float>([(float)value]), 1)
                : AddInitializer(NextName("constant"), FloatType, [], MemoryMarshal.AsBytes([value]), 1);
            _constants.Add(key, constant);
        }

        return constant;
    }

    /// <summary>Makes a tensor an output of the graph.</summary>
    /// <param name="name">The name to read it by, unique in the graph.</param>
    /// <param name="value">The tensor.</param>
    public void Output(string name, OnnxValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        TakeName(name);
        _outputs.Add((name, value));
    }

    /// <summary>Finishes the graph.</summary>
    /// <exception cref="InvalidOperationException">The graph has no output.</exception>
    public OnnxGraph Build()
    {
        if (_outputs.Count == 0)
        {
            throw new InvalidOperationException($"The graph '{Name}' has no output.");
        }

        // What a node puts out takes the output's name; only an input, or what is an output twice, has to be copied.
        var computed = _nodes.SelectMany(node => node.Outputs).ToHashSet();
        var renamed = new Dictionary<OnnxValue, OnnxValue>();
        List<OnnxValue> outputs = [];
        List<OnnxNode> copies = [];
        foreach (var (name, value) in _outputs)
        {
            outputs.Add(new OnnxValue(name, value.ElementType, [.. value.Shape]));
            if (!computed.Contains(value) || !renamed.TryAdd(value, outputs[^1]))
            {
                copies.Add(new OnnxNode("Identity", [Renamed(value)], [outputs[^1]], []));
            }
        }

        var nodes = _nodes.Select(node => node with { Inputs = [.. node.Inputs.Select(Renamed)], Outputs = [.. node.Outputs.Select(Renamed)] });
        return new OnnxGraph(Name, [.. _inputs], [.. _initializers], [.. nodes, .. copies], outputs);

        OnnxValue Renamed(OnnxValue value) => renamed.GetValueOrDefault(value, value);
    }

    /// <summary>Gets a list of whole numbers, such as axes; the same list twice is one tensor.</summary>
    internal OnnxValue Constant(ReadOnlySpan<long> values)
    {
        var key = "i" + Shapes.Format(values);
        if (!_constants.TryGetValue(key, out var constant))
        {
            constant = AddInitializer(NextName("constant"), OnnxElementType.Int64, [values.Length], MemoryMarshal.AsBytes(values), values.Length);
            _constants.Add(key, constant);
            _lists.Add(constant, values.ToArray());
        }

        return constant;
    }

    /// <summary>Adds an unnamed tensor of <see cref="FloatType"/> whose content the graph carries.</summary>
    internal OnnxValue Constant(ReadOnlySpan<long> shape, ReadOnlySpan<float> content) => Initializer(NextName("constant"), shape, content);

    /// <summary>Gets the content of a list of whole numbers that <see cref="Constant(ReadOnlySpan{long})"/> made.</summary>
    internal IReadOnlyList<long> ConstantContent(OnnxValue constant) => _lists[constant];

    private OnnxValue Node(string opType, OnnxValue[] inputs, OnnxElementType elementType, long[] shape, params OnnxAttribute[] attributes)
    {
        var output = NewValue(NextName(opType), elementType, shape);
        _nodes.Add(new OnnxNode(opType, inputs, [output], attributes));
        return output;
    }

    private OnnxValue AddInitializer(string name, OnnxElementType type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> content, int count)
    {
        var value = NewValue(name, type, [.. shape]);
        if (value.ElementCount != count)
        {
            throw new ArgumentException($"'{name}' of shape [{Shapes.Format(shape)}] needs {value.ElementCount} elements, found {count}.", nameof(content));
        }

        _initializers.Add(new OnnxInitializer(value, content.ToArray()));
        return value;
    }

    private OnnxValue NewValue(string name, OnnxElementType type, long[] shape)
    {
        if (Array.Exists(shape, size => size is < 1 and not AnySize))
        {
            throw new ArgumentException($"'{name}' cannot have the shape [{Shapes.Format(shape)}]: expected sizes of 1 or more.", nameof(shape));
        }

        TakeName(name);
        return new OnnxValue(name, type, shape);
    }

    private void TakeName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_names.Add(name))
        {
            throw new ArgumentException($"The graph '{Name}' has a tensor named '{name}' already.", nameof(name));
        }
    }

    private string NextName(string stem) => string.Create(CultureInfo.InvariantCulture, $"{stem}_{_names.Count}");
}
