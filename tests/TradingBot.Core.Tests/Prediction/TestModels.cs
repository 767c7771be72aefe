using TradingBot.Market;
using TradingBot.Prediction;
using TradingBot.Training.Onnx;

namespace TradingBot.Core.Tests.Prediction;

/// <summary>Small ONNX models, and their cards.</summary>
internal static class TestModels
{
    public static ModelCard CardOf(int window, params BarFeature[] features) => new()
    {
        Name = "test-model",
        Features = features,
        Window = window,
        Horizon = 1,
        Interval = Interval.OneDay,
    };

    /// <summary>A file with a graph from its input to its output.</summary>
    public static ModelFile Of(
        long[] inputShape, Func<GraphBuilder, OnnxValue, OnnxValue> body, ModelCard? card = null, OnnxElementType type = OnnxElementType.Float32)
    {
        var graph = new GraphBuilder("test", type);
        graph.Output("price", body(graph, graph.Input("bars", inputShape)));
        return FileOf(graph, card);
    }

    public static ModelFile FileOf(GraphBuilder graph, ModelCard? card = null) =>
        new("test.onnx", OnnxModelWriter.ToBytes(graph.Build(), card is null ? null : ModelCardMetadata.ToMetadata(card)));

    /// <summary>Puts out the last close of raw bars; reads the card's features, close among them.</summary>
    public static ModelFile LastClose(ModelCard card, bool withCard = true) =>
        LastValue([GraphBuilder.AnySize, card.Window, card.Features.Count], card, withCard ? card : null);

    public static ModelFile LastValue(long[] inputShape, ModelCard card, ModelCard? carried = null) =>
        Of(inputShape, (g, x) => g.Squeeze(g.Slice(g.Slice(x, 1, card.Window - 1, 1), 2, card.Features.ToList().IndexOf(BarFeature.Close), 1), 2), carried);

    /// <summary>Puts out every number of its input, so that a test can look at each by <see cref="OnnxPredictorOptions.OutputStep"/>.</summary>
    public static ModelFile Echo(int window, int features) =>
        Of([GraphBuilder.AnySize, window, features], (g, x) => g.Reshape(x, GraphBuilder.AnySize, window * features));

    /// <summary>Puts out the same number for every window.</summary>
    public static ModelFile Always(double value, ModelCard card, bool withCard = false) =>
        Of(
            [GraphBuilder.AnySize, card.Window, card.Features.Count],
            (g, x) => g.Add(g.Mul(g.Slice(g.Reshape(x, GraphBuilder.AnySize, card.Window * card.Features.Count), 1, 0, 1), g.Constant(0)), g.Constant(value)),
            withCard ? card : null);

    /// <summary>A recurrent network on the log returns of raw closes, with its scaling inside: sums, products, exponentials and logarithms, whose
    /// last bits are those that differ between batches.</summary>
    public static ModelFile Recurrent(int window, long batch = GraphBuilder.AnySize, ModelCard? card = null)
    {
        const int Hidden = 13;
        var random = new Random(5);
        float[] Weights(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.5) * 0.8))];
        return Of(
            [batch, window, 1],
            (g, x) =>
            {
                var closes = g.Squeeze(x, 2);
                var returns = g.Log(g.Div(g.Slice(closes, 1, 1, window - 1), g.Slice(closes, 1, 0, window - 1)));
                var (input, recurrent) = (g.Initializer("w", [1, Hidden], Weights(Hidden)), g.Initializer("r", [Hidden, Hidden], Weights(Hidden * Hidden)));
                OnnxValue? state = null;
                for (var i = 0; i < window - 1; i++)
                {
                    var sum = g.MatMul(g.Mul(g.Slice(returns, 1, i, 1), g.Constant(50)), input);
                    sum = state is null ? sum : g.Add(sum, g.MatMul(state, recurrent));
                    state = g.Div(g.Constant(1), g.Add(g.Exp(g.Neg(sum)), g.Constant(1)));
                }

                var growth = g.Exp(g.Mul(g.Log(g.MatMul(state!, g.Initializer("o", [Hidden, 1], [.. Weights(Hidden).Select(Math.Abs)]))), g.Constant(0.05)));
                return g.Mul(g.Slice(closes, 1, window - 1, 1), growth);
            },
            card ?? CardOf(window, BarFeature.Close) with { Horizon = 1 });
    }
}
