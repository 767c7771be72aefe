using TradingBot.Training.Differentiation;
using TradingBot.Training.Networks;
using TradingBot.Training.Onnx;

namespace TradingBot.Training.Optimization;

/// <summary>The graphs that training runs, and the names of what goes in and out.</summary>
internal static class TrainingGraph
{
    /// <summary>[rounds, window, batch, features].</summary>
    public const string Samples = "samples";

    /// <summary>[rounds, batch, steps].</summary>
    public const string Targets = "targets";

    /// <summary>[rounds, batch]: each sample's share of the mean; 0 fills up a batch.</summary>
    public const string Weights = "weights";

    /// <summary>A scalar: Adam's rate of the step.</summary>
    public const string Rate = "rate";

    /// <summary>All dropout masks in a row; absent where nothing is dropped.</summary>
    public const string Masks = "masks";

    /// <summary>[rounds, parameters].</summary>
    public const string Parameters = "parameters";

    /// <summary>[rounds, parameters]: Adam's mean of gradients.</summary>
    public const string FirstMoment = "first_moment";

    /// <summary>[rounds, parameters]: Adam's mean of squared gradients.</summary>
    public const string SecondMoment = "second_moment";

    /// <summary>What a state's name begins with when it comes out.</summary>
    public const string Next = "next_";

    /// <summary>[rounds]: the loss before the step.</summary>
    public const string Loss = "loss";

    /// <summary>Builds the graph of one step: forward, loss, gradient, update.</summary>
    public static OnnxGraph Step(NetworkPlan plan, TrainingOptions options, int batch)
    {
        var graph = new GraphBuilder(plan.Architecture.Name + " training step");
        var (rounds, shape) = (options.Rounds, plan.Shape);
        var samples = graph.Input(Samples, rounds, shape.Window, batch, shape.Features);
        var targets = graph.Input(Targets, rounds, batch, shape.Steps);
        var weights = graph.Input(Weights, rounds, batch);
        var rate = graph.Input(Rate);
        var masks = plan.MaskLength > 0 ? graph.Input(Masks, plan.MaskLength) : null;
        var parameters = graph.Input(Parameters, rounds, plan.ParameterCount);
        var first = graph.Input(FirstMoment, rounds, plan.ParameterCount);
        var second = graph.Input(SecondMoment, rounds, plan.ParameterCount);

        var forecasts = plan.Build(graph, new FlatTensors(graph, plan, parameters, masks), samples);
        var loss = Losses.Append(graph, options.Loss, forecasts, targets, weights);
        var gradient = ReverseMode.AppendGradients(graph, loss, [parameters])[0];
        var next = Adam.Append(graph, parameters, first, second, gradient, rate, options.GradientNorm);
        graph.Output(Loss, loss);
        graph.Output(Next + Parameters, next.Parameters);
        graph.Output(Next + FirstMoment, next.First);
        graph.Output(Next + SecondMoment, next.Second);
        return graph.Build();
    }

    /// <summary>Builds the graph of the loss on samples that all rounds share: "samples" [1, window, count, features] and "targets" [1, count, steps].</summary>
    public static OnnxGraph Validation(NetworkPlan plan, TrainingOptions options, int count)
    {
        var graph = new GraphBuilder(plan.Architecture.Name + " validation");
        var samples = graph.Input(Samples, 1, plan.Shape.Window, count, plan.Shape.Features);
        var targets = graph.Input(Targets, 1, count, plan.Shape.Steps);
        var parameters = graph.Input(Parameters, options.Rounds, plan.ParameterCount);
        var forecasts = plan.Build(graph, new FlatTensors(graph, plan, parameters, masks: null), samples);
        graph.Output(Loss, Losses.Append(graph, options.Loss, forecasts, targets, graph.Constant(1d / count)));
        return graph.Build();
    }
}
