using Microsoft.ML.OnnxRuntime;
using TradingBot.Training.Differentiation;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Tests.Differentiation;

/// <summary>Compares the gradients that differentiation appends with central differences, in 64 bits.</summary>
internal static class GradientCheck
{
    private const double Step = 1e-5;

    /// <summary>Checks an expression of inputs of given shapes.</summary>
    /// <param name="expression">Composes the expression.</param>
    /// <param name="shapes">The shapes of the inputs.</param>
    /// <param name="low">The least value of an input.</param>
    /// <param name="high">The largest value of an input.</param>
    /// <param name="tolerance">The largest difference, relative to the larger of 1 and the gradient.</param>
    /// <param name="most">How many elements of an input to check at most, evenly spread.</param>
    public static void Verify(
        Func<GraphBuilder, OnnxValue[], OnnxValue> expression, long[][] shapes, double low = -2, double high = 2, double tolerance = 1e-7, int most = int.MaxValue)
    {
        var random = new Random(20240519);
        var graph = new GraphBuilder("check", OnnxElementType.Float64);
        OnnxValue[] inputs = [.. shapes.Select((shape, i) => graph.Input($"x{i}", shape))];
        var values = shapes.Select(shape => Uniform(random, shape, low, high)).ToArray();

        // Unequal weights, so that a gradient given to the wrong element shows.
        var result = expression(graph, inputs);
        var weights = graph.Constant(result.Shape, [.. Uniform(random, result.Shape, 0.5, 1.5).Select(weight => (float)weight)]);
        var weighted = graph.Mul(result, weights);
        var loss = result.Rank == 0 ? weighted : graph.ReduceSum(weighted, [.. Enumerable.Range(0, result.Rank)]);
        var gradients = ReverseMode.AppendGradients(graph, loss, inputs);
        graph.Output("loss", loss);
        for (var i = 0; i < inputs.Length; i++)
        {
            gradients[i].Shape.ToArray().Should().Equal(shapes[i]);
            graph.Output($"g{i}", gradients[i]);
        }

        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(OnnxModelWriter.ToBytes(graph.Build()), options);
        var outcome = Run(session, shapes, values);
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = 0; j < values[i].Length; j += Math.Max(1, values[i].Length / most))
            {
                var expected = (LossAt(+Step) - LossAt(-Step)) / (2 * Step);
                outcome[i + 1][j].Should().BeApproximately(expected, tolerance * Math.Max(1, Math.Abs(expected)), $"it is the derivative by element {j} of input {i}");

                double LossAt(double shift)
                {
                    var kept = values[i][j];
                    values[i][j] = kept + shift;
                    var shifted = Run(session, shapes, values)[0][0];
                    values[i][j] = kept;
                    return shifted;
                }
            }
        }

        outcome.Skip(1).SelectMany(gradient => gradient).Should().Contain(element => element != 0, "a check of zeros only would prove little");
    }

    private static double[] Uniform(Random random, ReadOnlySpan<long> shape, double low, double high)
    {
        var count = 1L;
        foreach (var size in shape)
        {
            count *= size;
        }

        return [.. Enumerable.Range(0, (int)count).Select(_ => low + ((high - low) * random.NextDouble()))];
    }

    private static double[][] Run(InferenceSession session, long[][] shapes, double[][] values)
    {
        var inputs = shapes.Select((shape, i) => OrtValue.CreateTensorValueFromMemory(values[i], shape)).ToArray();
        using var options = new RunOptions();
        using var outputs = session.Run(options, [.. shapes.Select((_, i) => $"x{i}")], inputs, session.OutputNames);
        var result = outputs.Select(output => output.GetTensorDataAsSpan<double>().ToArray()).ToArray();
        Array.ForEach(inputs, input => input.Dispose());
        return result;
    }
}
