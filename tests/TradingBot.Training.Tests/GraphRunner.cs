using Microsoft.ML.OnnxRuntime;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Tests;

/// <summary>Runs small graphs.</summary>
internal static class GraphRunner
{
    /// <summary>Runs a graph of 64-bit numbers without inputs and reads its one output.</summary>
    public static double[] Evaluate(Func<GraphBuilder, OnnxValue> expression)
    {
        var graph = new GraphBuilder("evaluate", OnnxElementType.Float64);
        graph.Output("result", expression(graph));
        using var session = new InferenceSession(OnnxModelWriter.ToBytes(graph.Build()));
        using var options = new RunOptions();
        using var outputs = session.Run(options, [], [], ["result"]);
        return outputs[0].GetTensorDataAsSpan<double>().ToArray();
    }

    /// <summary>Runs a model file that takes "bars" and puts out "price".</summary>
    public static float[] Forecast(byte[] model, float[] bars, params long[] shape)
    {
        using var session = new InferenceSession(model);
        using var input = OrtValue.CreateTensorValueFromMemory(bars, shape);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["bars"], [input], ["price"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
