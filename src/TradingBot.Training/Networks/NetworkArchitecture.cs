using TradingBot.Training.Onnx;

namespace TradingBot.Training.Networks;

/// <summary>A network as a composition of layers. Derive from it and compose your own in <see cref="Build"/>.</summary>
/// <remarks>The same instance is built several times and must compose the same layers each time.</remarks>
/// <example>
/// <code>
/// public sealed class TwoLayers : NetworkArchitecture
/// {
///     public override string Name => "two-layers";
///
///     public override OnnxValue Build(NetworkBuilder network, OnnxValue window, int steps) =>
///         network.Dense(network.Dense(network.Flatten(window), 32, Activation.Tanh), steps);
/// }
/// </code>
/// </example>
public abstract class NetworkArchitecture
{
    /// <summary>Gets the name, such as "conv-lstm"; it becomes the exported graph's name.</summary>
    public abstract string Name { get; }

    /// <summary>Composes the layers.</summary>
    /// <param name="network">Adds layers; its <see cref="NetworkBuilder.Graph"/> adds any other operator.</param>
    /// <param name="window">The scaled bars, [rounds, window, batch, features] with the oldest bar first.</param>
    /// <param name="steps">How many bars ahead the network forecasts.</param>
    /// <returns>The forecasts in the scale of the targets, [rounds, batch, steps].</returns>
    public abstract OnnxValue Build(NetworkBuilder network, OnnxValue window, int steps);
}
