using TradingBot.Training.Onnx;

namespace TradingBot.Training;

/// <summary>The scaling that an exported file carries inside: from raw bars to what the network was trained on, and from its output back to prices.</summary>
public abstract class GraphScaling
{
    /// <summary>Gets the scaling of networks that were trained on raw bars.</summary>
    public static GraphScaling None { get; } = new Raw();

    /// <summary>Gets how many bars more than the network's window the scaling reads.</summary>
    public virtual int ExtraBars => 0;

    /// <summary>Appends the scaling of the input.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="bars">Raw bars, [batch, window + <see cref="ExtraBars"/>, features].</param>
    /// <returns>What the network reads, [batch, window, features].</returns>
    public abstract OnnxValue Scale(GraphBuilder graph, OnnxValue bars);

    /// <summary>Appends the way back of the output.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="output">What the network puts out, [batch, steps].</param>
    /// <param name="bars">The raw bars that it came from, [batch, window + <see cref="ExtraBars"/>, features].</param>
    /// <returns>Prices, [batch, steps].</returns>
    public abstract OnnxValue ToPrices(GraphBuilder graph, OnnxValue output, OnnxValue bars);

    private sealed class Raw : GraphScaling
    {
        public override OnnxValue Scale(GraphBuilder graph, OnnxValue bars) => bars;

        public override OnnxValue ToPrices(GraphBuilder graph, OnnxValue output, OnnxValue bars) => output;
    }
}
