using TradingBot.Training.Onnx;

namespace TradingBot.Training.Optimization;

/// <summary>Adam (Kingma and Ba 2015), in the form in which the bias corrections are part of the rate, with Keras' defaults.</summary>
internal static class Adam
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const double Epsilon = 1e-7;

    /// <summary>Computes the rate of a step from the learning rate; steps count from 1.</summary>
    public static double Rate(double learningRate, int step) =>
        learningRate * Math.Sqrt(1 - Math.Pow(SecondDecay, step)) / (1 - Math.Pow(FirstDecay, step));

    /// <summary>Appends the update of parameters and of both moments, all [rounds, parameters].</summary>
    public static (OnnxValue Parameters, OnnxValue First, OnnxValue Second) Append(
        GraphBuilder graph, OnnxValue parameters, OnnxValue first, OnnxValue second, OnnxValue gradient, OnnxValue rate)
    {
        var nextFirst = graph.Add(first, graph.Mul(graph.Sub(gradient, first), graph.Constant(1 - FirstDecay)));
        var nextSecond = graph.Add(second, graph.Mul(graph.Sub(graph.Mul(gradient, gradient), second), graph.Constant(1 - SecondDecay)));
        var direction = graph.Div(nextFirst, graph.Add(graph.Sqrt(nextSecond), graph.Constant(Epsilon)));
        return (graph.Sub(parameters, graph.Mul(direction, rate)), nextFirst, nextSecond);
    }

    /// <summary>Appends the gradient, [rounds, parameters], with each round's shortened to a norm where it is longer.</summary>
    public static OnnxValue AppendClipping(GraphBuilder graph, OnnxValue gradient, double norm)
    {
        var limit = graph.Constant(norm);
        var length = graph.Sqrt(graph.ReduceSum(graph.Mul(gradient, gradient), [1], keepDimensions: true));
        return graph.Mul(gradient, graph.Div(limit, graph.Max(length, limit)));
    }
}
