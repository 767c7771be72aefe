using Microsoft.ML.OnnxRuntime;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Tests.Onnx;

public sealed class OnnxModelWriterTests
{
    [Fact]
    public void ToBytes_AffineModel_RunsInOnnxRuntimeForAnyBatch()
    {
        var graph = AffineModel();

        var price = Run(OnnxModelWriter.ToBytes(graph), [1, 2, 3, 4, 5, 6], [3, 2, 1]);

        price.Should().Equal(1 * 0.5f + 2 * 2 + 10, 3 * 0.5f + 4 * 2 + 10, 5 * 0.5f + 6 * 2 + 10);
    }

    [Fact]
    public void ToBytes_Twice_GivesTheSameBytes()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "2", ["a"] = "1" };
        var reordered = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1", ["b"] = "2" };

        OnnxModelWriter.ToBytes(AffineModel(), metadata).Should().Equal(OnnxModelWriter.ToBytes(AffineModel(), reordered));
    }

    [Fact]
    public void ToBytes_Metadata_IsReadByOnnxRuntime()
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["tradingbot.name"] = "ä-1", ["other"] = string.Empty };

        using var session = new InferenceSession(OnnxModelWriter.ToBytes(AffineModel(), metadata));

        session.ModelMetadata.CustomMetadataMap.Should().Equal(metadata);
        session.ModelMetadata.ProducerName.Should().Be("TradingBot.Training");
        session.ModelMetadata.GraphName.Should().Be("affine");
    }

    [Fact]
    public void ToBytes_DynamicBatch_IsNamedInTheFile()
    {
        using var session = new InferenceSession(OnnxModelWriter.ToBytes(AffineModel()));

        session.InputMetadata["bars"].Dimensions.Should().Equal(-1, 2, 1);
        session.InputMetadata["bars"].SymbolicDimensions.Should().Equal("batch", string.Empty, string.Empty);
        session.OutputMetadata["price"].Dimensions.Should().Equal(-1, 1);
    }

    [Fact]
    public void ToBytes_EveryShapingOperator_AgreesWithItsDeclaredShapeAndMeaning()
    {
        var graph = new GraphBuilder("shaping");
        var bars = graph.Input("bars", GraphBuilder.AnySize, 3, 2);
        var last = graph.Squeeze(graph.Slice(bars, axis: 1, start: 2, length: 1), 1);        // the last bar: [batch, 2]
        var swapped = graph.Gather(last, axis: -1, 1, 0);
        var joined = graph.Concat(-1, last, swapped, graph.ReduceMean(bars, [1]));           // [batch, 6]
        var tall = graph.Reshape(joined, GraphBuilder.AnySize, 3, 2);
        var sums = graph.ReduceSum(graph.Unsqueeze(tall, 1), [1, 3]);                        // [batch, 3]
        graph.Output("price", graph.Identity(sums));

        // The last bar is (5, 6), swapped (6, 5), the mean (3, 4).
        Run(OnnxModelWriter.ToBytes(graph.Build()), [1, 2, 3, 4, 5, 6], [1, 3, 2]).Should().Equal(11, 11, 7);
    }

    [Fact]
    public void ToBytes_ElementwiseOperators_ComputeWhatTheirNamesSay()
    {
        var graph = new GraphBuilder("elementwise");
        var bars = graph.Input("bars", 1, 2, 1);
        var two = graph.Constant(2);
        graph.Output("price", graph.Neg(graph.Div(graph.Sub(graph.Mul(graph.Exp(graph.Log(bars)), two), graph.Constant(1)), two)));

        Run(OnnxModelWriter.ToBytes(graph.Build()), [3, 8], [1, 2, 1]).Should().Equal([-2.5f, -7.5f], (a, b) => MathF.Abs(a - b) < 1e-5f);
    }

    [Fact]
    public void ToBytes_InputOrTensorThatIsAnOutputTwice_IsCopied()
    {
        var graph = new GraphBuilder("copies");
        var bars = graph.Input("bars", 2);
        var doubled = graph.Add(bars, bars);
        graph.Output("same", bars);
        graph.Output("price", doubled);
        graph.Output("again", doubled);
        graph.Output("later", graph.Mul(doubled, doubled));

        using var session = new InferenceSession(OnnxModelWriter.ToBytes(graph.Build()));
        using var input = OrtValue.CreateTensorValueFromMemory([1f, 3f], [2]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["bars"], [input], ["same", "price", "again", "later"]);

        outputs.Select(output => output.GetTensorDataAsSpan<float>().ToArray()).Should()
            .BeEquivalentTo(new float[][] { [1, 3], [2, 6], [2, 6], [4, 36] }, options => options.WithStrictOrdering());
    }

    private static OnnxGraph AffineModel()
    {
        var graph = new GraphBuilder("affine");
        var bars = graph.Input("bars", GraphBuilder.AnySize, 2, 1);
        var weights = graph.Initializer("weights", [2, 1], [0.5f, 2f]);
        graph.Output("price", graph.Add(graph.MatMul(graph.Reshape(bars, GraphBuilder.AnySize, 2), weights), graph.Constant(10)));
        return graph.Build();
    }

    private static float[] Run(byte[] model, float[] bars, long[] shape)
    {
        using var session = new InferenceSession(model);
        using var input = OrtValue.CreateTensorValueFromMemory(bars, shape);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["bars"], [input], ["price"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
