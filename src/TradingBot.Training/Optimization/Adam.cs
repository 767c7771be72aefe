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

    /// <summary>Appends the update of parameters and of both moments, all [rounds, parameters], by a gradient of which each round's is shortened to a norm where it is longer.</summary>
    /// <remarks>Every operator here passes over all parameters. The squares serve the norm and the second moment, and the shortening is part of the moments' weights.</remarks>
    public static (OnnxValue Parameters, OnnxValue First, OnnxValue Second) Append(
        GraphBuilder graph, OnnxValue parameters, OnnxValue first, OnnxValue second, OnnxValue gradient, OnnxValue rate, double? norm)
    {
        var squares = graph.Mul(gradient, gradient);
        var (firstShare, secondShare) = (graph.Constant(1 - FirstDecay), graph.Constant(1 - SecondDecay));
        if (norm is { } longest)
        {
            var limit = graph.Constant(longest);
            var length = graph.Sqrt(graph.ReduceSum(squares, [1], keepDimensions: true));
            var scale = graph.Div(limit, graph.Max(length, limit));
            (firstShare, secondShare) = (graph.Mul(scale, firstShare), graph.Mul(graph.Mul(scale, scale), secondShare));
        }

        var nextFirst = graph.Add(graph.Mul(first, graph.Constant(FirstDecay)), graph.Mul(gradient, firstShare));
        var nextSecond = graph.Add(graph.Mul(second, graph.Constant(SecondDecay)), graph.Mul(squares, secondShare));
        var direction = graph.Div(nextFirst, graph.Add(graph.Sqrt(nextSecond), graph.Constant(Epsilon)));
        return (graph.Sub(parameters, graph.Mul(direction, rate)), nextFirst, nextSecond);
    }
}
