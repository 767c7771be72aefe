using TradingBot.Training.Onnx;

namespace TradingBot.Training.Optimization;

/// <summary>Appends losses to a graph.</summary>
internal static class Losses
{
    /// <summary>Appends the loss of every round.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="loss">The function of the error.</param>
    /// <param name="forecasts">[rounds, batch, steps].</param>
    /// <param name="targets">[rounds or 1, batch, steps].</param>
    /// <param name="weights">[rounds or 1, batch]: each sample's share of the mean.</param>
    /// <returns>[rounds].</returns>
    public static OnnxValue Append(GraphBuilder graph, LossFunction loss, OnnxValue forecasts, OnnxValue targets, OnnxValue weights)
    {
        var errors = graph.Sub(forecasts, targets);
        var perSample = graph.ReduceMean(OfError(graph, loss, errors), [2]);
        return graph.ReduceSum(graph.Mul(perSample, weights), [1]);
    }

    private static OnnxValue OfError(GraphBuilder graph, LossFunction loss, OnnxValue error)
    {
        switch (loss)
        {
            case LossFunction.MeanSquaredError:
                return graph.Mul(error, error);
            case LossFunction.MeanAbsoluteError:
                return graph.Abs(error);
            case LossFunction.Huber:
                // With q = min(|e|, 1), q^2 / 2 + (|e| - q) is both branches at once.
                var size = graph.Abs(error);
                var inner = graph.Min(size, graph.Constant(1));
                return graph.Add(graph.Mul(graph.Mul(inner, inner), graph.Constant(0.5)), graph.Sub(size, inner));
            default:
                throw new ArgumentOutOfRangeException(nameof(loss), loss, "Expected MeanSquaredError, MeanAbsoluteError or Huber.");
        }
    }
}
