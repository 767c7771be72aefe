using Google.Protobuf;
using TradingBot.Training.Onnx.Schema;

namespace TradingBot.Training.Onnx;

/// <summary>Writes a graph in the ONNX file format.</summary>
public static class OnnxModelWriter
{
    // ONNX 1.16, which ONNX Runtime reads from version 1.18 on.
    private const long IrVersion = 10;
    private const long Opset = 21;

    /// <summary>Writes a graph as the bytes of an ONNX file. The same graph and metadata give the same bytes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="metadata">Entries that the file carries along, such as <see cref="Prediction.ModelCardMetadata"/> writes; <see langword="null"/> for none.</param>
    public static byte[] ToBytes(OnnxGraph graph, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "TradingBot.Training",
            ProducerVersion = typeof(OnnxModelWriter).Assembly.GetName().Version!.ToString(3),
            Graph = new GraphProto { Name = graph.Name },
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Version = Opset });
        model.MetadataProps.Add((metadata ?? new Dictionary<string, string>(StringComparer.Ordinal))
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        model.Graph.Input.Add(graph.Inputs.Select(ValueInfo));
        model.Graph.Initializer.Add(graph.Initializers.Select(Tensor));
        model.Graph.Node.Add(graph.Nodes.Select(Node));
        model.Graph.Output.Add(graph.Outputs.Select(ValueInfo));
        return model.ToByteArray();
    }

    private static ValueInfoProto ValueInfo(OnnxValue value)
    {
        var shape = new TensorShapeProto();
        for (var i = 0; i < value.Rank; i++)
        {
            // The dimension that varies is the batch, and the same name says that inputs and outputs agree on it.
            shape.Dim.Add(value.Shape[i] == GraphBuilder.AnySize
                ? new TensorShapeProto.Types.Dimension { DimParam = "batch" }
                : new TensorShapeProto.Types.Dimension { DimValue = value.Shape[i] });
        }

        return new ValueInfoProto
        {
            Name = value.Name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)value.ElementType, Shape = shape } },
        };
    }

    private static TensorProto Tensor(OnnxInitializer initializer)
    {
        var tensor = new TensorProto
        {
            Name = initializer.Value.Name,
            DataType = (int)initializer.Value.ElementType,
            RawData = ByteString.CopyFrom(initializer.Content.Span),
        };
        tensor.Dims.Add(initializer.Value.Shape.ToArray());
        return tensor;
    }

    private static NodeProto Node(OnnxNode node)
    {
        var result = new NodeProto { OpType = node.OpType, Name = node.Output.Name };
        result.Input.Add(node.Inputs.Select(value => value.Name));
        result.Output.Add(node.Outputs.Select(value => value.Name));
        foreach (var attribute in node.Attributes)
        {
            var proto = new AttributeProto { Name = attribute.Name };
            if (attribute.Values is { } values)
            {
                proto.Type = AttributeProto.Types.AttributeType.Ints;
                proto.Ints.Add(values);
            }
            else
            {
                proto.Type = AttributeProto.Types.AttributeType.Int;
                proto.I = attribute.Value;
            }

            result.Attribute.Add(proto);
        }

        return result;
    }
}
